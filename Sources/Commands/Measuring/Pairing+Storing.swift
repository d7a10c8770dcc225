import CommandLine
import Formats
import Git
import History
import Measurements
import Runner

extension Pairing {
  /// Stores the numbers of each side on its commit, as one session.
  ///
  /// - Parameters:
  ///   - parts: For each side, the reason why it is a part of its suite; nil for the whole suite.
  ///   - before: The load of the machine when measuring began.
  ///   - roundLoads: The load average before each round.
  /// - Returns: The runs of base and head.
  /// - Throws: ``Diagnostic`` that names the file with both runs if they cannot be stored. A run
  ///   that is already stored is not doubled when that file is imported.
  func store(
    _ readings: [ParsedResults], session: String, seed: Int64, suite: String, parts: [String?],
    since before: Conditions, roundLoads: [Double], _ call: CommandContext<some CommonSettings>
  ) throws -> [StoredRun] {
    let measured = MeasuredSession(
      id: session, seed: seed, order: .abba, suite: suite, before: before, roundLoads: roundLoads)
    let sides = try [base, workspace.home(of: head)]
    return try measured.store(
      zip(zip(sides, readings), parts).map { .init(commit: $0.0, reading: $0.1, part: $1) },
      in: workspace, call)
  }
}

extension Pairing {
  /// Prints the warnings about the numbers of each side.
  func warn(of readings: [ParsedResults], _ call: CommandContext<some CommonSettings>) {
    for (reading, side) in zip(readings, sides) {
      for parseNote in reading.parseNotes where parseNote.weight == .warning {
        call.warn("\(side): \(parseNote)")
      }
    }
  }
}

extension Workspace {
  /// Warns of differences from what a user may expect, as commits are measured and not this
  /// work tree.
  func warn(of plan: Plan, _ call: CommandContext<some CommonSettings>) throws {
    if try !modifiedFiles(call).isEmpty {
      call.warn("uncommitted changes are not measured: both sides are commits")
    }
    if let path = repository.workTree.flatMap(plan.fixedArgument(inside:)) {
      call.warn(
        "'\(path)' is the same on both sides: it lies in this work tree",
        hint: "write it as it stands from the top of the work tree, where it belongs to a commit")
    }
  }
}

extension BenchmarkRunner {
  /// The results of each side. Each series has the definition of what was launched for it.
  func readings(of sides: [[BenchmarkJob]]) -> [ParsedResults] {
    zip(logs, sides).map { logs, jobs in
      zip(logs, jobs).map {
        $0.reading(of: $1.benchmark, areSums: $1.sumsCalls).defined(by: $1.define)
      }.merged()
    }
  }
}
