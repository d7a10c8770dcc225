import Intake
import Measurements
import Reports

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One comment, from the report's file to where it is read.
struct Commenting {
  let call: Call<CommentSettings>

  func run() throws -> ExitStatus {
    let text = try text()
    guard !call.settings.isDryRun else {
      call.out(text)
      return .success
    }
    let discussion = try Discussion(call)
    let curl = Curl(discussion, call)
    let comments = Comments(
      discussion: discussion, send: curl.send, now: { Date().timeIntervalSince1970 })
    let change = try persistently { try comments.put(text) }
    if call.settings.common.verbosity != .quiet {
      call.out.line(
        "\(change.rawValue): the comment of the \(discussion.label)".visible(limit: 500))
    }
    return .success
  }

  /// What it is to say.
  private func text() throws -> String {
    let file = call.operands[0]
    let text = Rendering.markdown.render(try report(file), Style())
    guard text.utf8.count <= Rendering.longestComment else {
      throw Complaint(
        .unusable, "'\(file)' has so much in it that it fits in no comment",
        hint: "perf-gate writes no such report")
    }
    return text
  }

  private func report(_ file: String) throws -> Report {
    let hint =
      "name what `perf-gate --report json=<file>` of this version has written, up to 64 MiB of it"
    do {
      let input =
        file == "-"
        ? try Input.standardInput(limit: Self.largest)
        : try Input(path: call.path(file), name: file, limit: Self.largest)
      guard input.file != nil else {
        throw Complaint(.unusable, "'\(file)' is a directory", hint: hint)
      }
      return try Report(json: input.bytes)
    } catch let error as JSONError {
      throw Complaint(.unusable, "'\(file)' is no report: \(error)", hint: hint)
    } catch let error as IntakeError {
      throw Complaint(error).hinting(hint)
    }
  }

  /// In bytes.
  private static let largest = 1 << 26
}

extension Commenting {
  /// Tries it up to five times, the longer apart the more often it came to nothing, and never sooner
  /// than the server asks for.
  private func persistently<Value>(_ body: () throws -> Value) throws -> Value {
    var pause = Duration.seconds(1)
    for _ in 1..<Self.mostAttempts {
      do {
        return try body()
      } catch let setback as Setback {
        try wait(setback, pause)
        pause *= 2
      }
    }
    do {
      return try body()
    } catch let setback as Setback {
      throw setback.complaint
    }
  }

  private static let mostAttempts = 5

  private func wait(_ setback: Setback, _ usual: Duration) throws {
    let longest = call.settings.longestPause
    let asked = setback.wait ?? .zero
    guard asked <= longest else {
      throw setback.complaint.hinting(
        "it asks to wait \(asked.components.seconds) s: try again then, or allow that with --max-wait"
      )
    }
    // By chance, so that jobs that failed together do not come back together.
    let pause = setback.wait ?? min(usual, longest) * Double.random(in: 0.5...1)
    call.warn("\(setback.complaint.message): trying again")
    Pause.lasting(pause)
  }
}
