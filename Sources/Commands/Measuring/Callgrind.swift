import Intake
import Measurements

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Counts the instructions of a command and its children, by valgrind.
///
/// A process that executes another program goes on as that program, whose instructions are counted
/// only; one that forks begins with those of its parent.
struct Callgrind: Sendable {
  /// Where processes leave what they counted.
  let folder: Folder
  /// Begins the names of this command's files there.
  let prefix: String

  static let metric = Metric("instructions", .one, exact: true)

  /// The launch of a command that is counted.
  ///
  /// - Throws: ``LaunchError`` where there is no such command, ``Complaint`` where there is no
  ///   valgrind.
  func launch(
    _ command: Command, in surroundings: Surroundings, limits: Limits,
    keepingFailuresIn place: OutputPlace?
  ) throws -> Launch {
    _ = try command.path(in: surroundings)
    let file = "\(folder.path)/\(prefix)".split(separator: "%", omittingEmptySubsequences: false)
      .joined(separator: "%%")
    let counted = Command(
      "valgrind",
      [
        // Nothing of the user's or the repository's own settings.
        "--command-line-only=yes", "-q", "--vgdb=no", "--tool=callgrind", "--trace-children=yes",
        "--callgrind-out-file=\(file)%p",
        command.program,
      ] + command.arguments)
    do {
      return try Launch(
        counted, in: surroundings, limits: limits, keepingFailuresIn: place)
    } catch {
      guard case .notFound = error.reason else { throw error }
      throw Complaint(
        .unusable, "valgrind, which counts instructions, is not installed",
        hint: "install the package `valgrind`, or leave the metric out")
    }
  }

  /// Reads what each launch counted, all its processes together.
  func reader(of benchmark: Benchmark) -> Probe.Reader {
    { _ throws(IntakeError) in try reading(of: benchmark) }
  }

  private func reading(of benchmark: Benchmark) throws(IntakeError) -> Reading {
    defer { clear() }
    var sum: Int64 = 0
    for file in files {
      let bytes = FileManager.default.contents(atPath: file).map(Array.init)
      guard let count = bytes.flatMap(CallgrindProfile.instructions) else {
        throw IntakeError(
          "no count of instructions by one of the processes", input: "callgrind",
          hint: "one that is killed, or left running, counts nothing: let the program wait for it")
      }
      sum += count
    }
    guard sum > 0, let round = try? Round([Double(sum)]) else {
      throw IntakeError(
        "counted nothing", input: "valgrind",
        hint: "see whether `valgrind --tool=callgrind <command>` works by itself")
    }
    return Reading(series: [
      Series(benchmark: benchmark, metric: Self.metric, rounds: [round], source: "callgrind")
    ])
  }

  /// Forgets what a launch counted.
  func clear() { files.forEach(OutputFile.remove) }

  private var files: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasPrefix(prefix) }.sorted().map { "\(folder.path)/\($0)" }
  }
}

extension Callgrind {
  /// A folder for the time being, which goes away with whoever holds it.
  final class Folder: Sendable {
    let path: String

    init(in parent: String) throws {
      var random = SystemRandomNumberGenerator()
      path = "\(parent)/perf-\(Session.identifier(using: &random))-callgrind"
      unsafe Interrupts.warden?.adopt(path)
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o700])
    }

    deinit {
      try? FileManager.default.removeItem(atPath: path)
      unsafe Interrupts.warden?.release(path)
    }
  }
}
