import CommandLine
import Forges
import Formats
import Measurements
import Reports
import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads a report from its file and posts it as the comment of a pull request.
struct Commenting {
  let call: CommandContext<CommentSettings>

  func run() throws -> ExitStatus {
    let text = try text()
    guard !call.settings.isDryRun else {
      call.out(text)
      return .success
    }
    let forge = try ForgeRepository(call)
    let subject = try subject(forge)
    let curl = Curl(
      forge,
      in: Surroundings(directory: call.directory, environment: call.process.environment),
      timeout: call.settings.timeout, tool: call.tool)
    let api = API(forge: forge, send: curl.send, now: { Date().timeIntervalSince1970 })
    switch try place(subject, api) {
    case .pullRequest(let number):
      let change = try persistently { try Comments(api: api, number: number).put(text) }
      say("\(change.rawValue): the comment of the \(forge.label(number))")
    case .past(let number):
      say("left alone: the comment of the \(forge.label(number)), which has newer commits")
    }
    return .success
  }

  /// The pull request that `--pull-request` names, else the one that the pipeline names.
  private func subject(_ forge: ForgeRepository) throws -> ForgeKind.PullRequestReference {
    if let number = call.settings.number { return .number(number, commit: nil) }
    guard let subject = forge.service.subject(call.process.environment) else {
      throw UsageError(
        "nothing says which \(forge.service.request) it is",
        hint: "name it with `--pull-request <n>`")
    }
    return subject
  }

  private func place(_ subject: ForgeKind.PullRequestReference, _ api: API) throws
    -> PullRequestAnswer.Place
  {
    try persistently {
      switch subject {
      case .number(let number, let commit): try api.place(of: number, testedAt: commit)
      case .head(let head): try api.place(of: head)
      }
    }
  }

  private func say(_ text: String) {
    guard call.settings.common.verbosity != .quiet else { return }
    call.out.line(text.visible(limit: 500))
  }

  /// The text of the comment.
  private func text() throws -> String {
    let file = call.operands[0]
    let text = Rendering.markdown.render(try report(file), Style())
    guard text.utf8.count <= Rendering.longestComment else {
      throw Diagnostic(
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
        throw Diagnostic(.unusable, "'\(file)' is a directory", hint: hint)
      }
      return try Report(json: input.bytes)
    } catch let error as JSONError {
      // The message leaves out the value that was found instead: it can be anything, even a secret.
      let problem = error.description.split(separator: ", found")[0]
      throw Diagnostic(.unusable, "'\(file)' is no report: \(problem)", hint: hint)
    } catch let error as InputError {
      throw Diagnostic(error).hinting(hint)
    }
  }

  /// The largest report that is read, in bytes.
  private static let largest = 1 << 26
}

extension Commenting {
  /// Calls the body up to five times. The pause doubles after each failed attempt, and is never
  /// shorter than the server asks for.
  private func persistently<Value>(_ body: () throws -> Value) throws -> Value {
    var pause = Duration.seconds(1)
    for _ in 1..<Self.mostAttempts {
      do {
        return try body()
      } catch let retryable as RetryableError {
        try wait(retryable, pause)
        pause *= 2
      }
    }
    do {
      return try body()
    } catch let retryable as RetryableError {
      throw retryable.diagnostic
    }
  }

  private static let mostAttempts = 5

  private func wait(_ retryable: RetryableError, _ usual: Duration) throws {
    let longest = call.settings.longestPause
    let asked = retryable.wait ?? .zero
    guard asked <= longest else {
      throw retryable.diagnostic.hinting(
        "it asks to wait \(asked.components.seconds) s: try again then, or allow that with --max-wait"
      )
    }
    // The pause is random, so that jobs that failed together do not try again together.
    let pause = retryable.wait ?? min(usual, longest) * Double.random(in: 0.5...1)
    call.warn("\(retryable.diagnostic.message): trying again")
    Pause.lasting(pause)
  }
}
