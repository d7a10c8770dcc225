import Formats
package import Measurements
import Synchronization
package import System

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Counts the instructions of a command and its children with valgrind.
///
/// If a process executes another program, only the instructions of that program are counted. A
/// process that is forked starts with the count of its parent.
package struct Callgrind: Sendable {
  /// The folder in which processes write their counts.
  let folder: Folder
  /// The prefix of the names of this command's files in the folder.
  let prefix: String

  package static let metric = Metric("instructions", .one, exact: true)

  package init(folder: Folder, prefix: String) {
    self.folder = folder
    self.prefix = prefix
  }

  /// The launch that counts a command.
  ///
  /// - Throws: ``LaunchError`` if the command or valgrind does not exist.
  package func launch(
    _ command: Command, in surroundings: Surroundings, limits: Limits,
    keepingFailuresIn place: OutputPlace?
  ) throws(LaunchError) -> Launch {
    try launch(
      command.program, for: command, in: surroundings, limits: limits, keepingFailuresIn: place)
  }

  /// The launch that counts a program.
  ///
  /// - Parameter program: The program that is executed, which may be a copy of the
  ///   command's program.
  private func launch(
    _ program: String, for command: Command, in surroundings: Surroundings, limits: Limits,
    keepingFailuresIn place: OutputPlace?
  ) throws(LaunchError) -> Launch {
    _ = try command.path(in: surroundings)
    let file = "\(folder.path)/\(prefix)".split(separator: "%", omittingEmptySubsequences: false)
      .joined(separator: "%%")
    let counted = Command(
      "valgrind",
      [
        // Valgrind must ignore the settings of the user and the repository.
        "--command-line-only=yes", "-q", "--vgdb=no", "--tool=callgrind", "--trace-children=yes",
        "--callgrind-out-file=\(file)%p",
        program,
      ] + command.arguments)
    do {
      return try Launch(
        counted, in: surroundings, limits: limits, keepingFailuresIn: place)
    } catch {
      guard case .notFound = error.reason else { throw error }
      throw LaunchError(
        counted,
        .missingTool(
          use: "counts instructions",
          advice: "install the package `valgrind`, or leave the metric out"))
    }
  }

  /// Returns a launch for programs whose debug information valgrind cannot read, such as those of
  /// Swift. It counts a copy without debug information.
  package func fallback(
    for command: Command, in surroundings: Surroundings, limits: Limits,
    keepingFailuresIn place: OutputPlace?
  ) -> BenchmarkJob.Fallback {
    { error in
      guard error.messages.contains("debuginfo reader"),
        let path = try? command.path(in: surroundings),
        let copy = folder.copyWithoutDebugInformation(of: surroundings.locate(path)),
        let launch = try? launch(
          copy, for: command, in: surroundings, limits: limits, keepingFailuresIn: place)
      else { return nil }
      return (
        launch,
        "valgrind cannot read the debug information of its program; a copy without it is counted"
      )
    }
  }

  /// Reads the count of each launch, summed over its processes.
  package func reader(of benchmark: Benchmark) -> BenchmarkJob.Reader {
    { _ throws(InputError) in try reading(of: benchmark) }
  }

  private func reading(of benchmark: Benchmark) throws(InputError) -> ParsedResults {
    defer { clear() }
    var sum = 0.0
    for file in files {
      let read = (try? Input(path: file)).flatMap { try? Format.callgrind.read($0) }
      let counted = read?.series.first { $0.metric.name == Self.metric.name }
      guard let count = counted?.rounds.first?.samples.first else {
        throw InputError(
          "no count of instructions by one of the processes", input: "callgrind",
          hint: "one that is killed, or left running, counts nothing: let the program wait for it")
      }
      sum += count
    }
    guard sum > 0, let round = try? Round([sum]) else {
      throw InputError(
        "counted nothing", input: "valgrind",
        hint: "see whether `valgrind --tool=callgrind <command>` works by itself")
    }
    return ParsedResults(series: [
      Series(benchmark: benchmark, metric: Self.metric, rounds: [round], source: "callgrind")
    ])
  }

  /// Removes the counts of a launch.
  package func clear() { for file in files { Platform.remove(file) } }

  private var files: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasPrefix(prefix) }.sorted().map { "\(folder.path)/\($0)" }
  }
}

extension Callgrind {
  /// A temporary folder, which is removed with this object.
  package final class Folder: Sendable {
    let path: String
    private let copies = Mutex<[TemporaryCopy]>([])

    package init(in parent: String) throws {
      var random = SystemRandomNumberGenerator()
      path = "\(parent)/perf-\(Session.identifier(using: &random))-callgrind"
      unsafe Interrupts.cleanupLauncher?.adopt(path)
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o700])
    }

    deinit {
      try? FileManager.default.removeItem(atPath: path)
      unsafe Interrupts.cleanupLauncher?.release(path)
    }

    /// Makes a copy of a program that exists as long as this folder. The copy is beside the
    /// program, where it finds the files that it needs, or else in the folder.
    ///
    /// - Returns: The path; nil if no copy can be made, for example without `objcopy`.
    func copyWithoutDebugInformation(of program: String) -> String? {
      let url = URL(filePath: program)
      for parent in [url.deletingLastPathComponent().path(percentEncoded: false), path] {
        if let copy = TemporaryCopy(of: program, in: parent) {
          copies.withLock { $0.append(copy) }
          return copy.path
        }
      }
      return nil
    }
  }

  /// A program without its debug information, which is removed with this object.
  private final class TemporaryCopy: Sendable {
    let path: String

    init?(of program: String, in parent: String) {
      var random = SystemRandomNumberGenerator()
      let name = URL(filePath: program).lastPathComponent
      path = "\(parent)/\(name)-perf-\(Session.identifier(using: &random))"
      unsafe Interrupts.cleanupLauncher?.adopt(path)
      for tool in ["objcopy", "llvm-objcopy"] {
        let command = Command(tool, ["--strip-debug", program, path])
        let surroundings = Surroundings(
          directory: parent, environment: ProcessInfo.processInfo.environment)
        let result = try? Launch(command, in: surroundings, limits: Limits()).run()
        if result?.ending == .exited(0) { return }
      }
      return nil
    }

    deinit {
      Platform.remove(path)
      unsafe Interrupts.cleanupLauncher?.release(path)
    }
  }
}
