import CommandLine
import Formats
import Git
import History
import Measurements
import Runner

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Pairing {
  /// Each side's numbers on its commit, as one session.
  ///
  /// - Parameters:
  ///   - parts: Why each side is a part of its suite; nil for the whole of it.
  ///   - before: How busy the machine was when measuring began.
  ///   - roundLoads: The load average before each round.
  /// - Returns: The runs of base and head.
  /// - Throws: ``Diagnostic`` that says where both are kept when they cannot be stored; what is stored
  ///   already is not doubled when that is imported.
  func store(
    _ readings: [ParsedResults], session: String, seed: Int64, suite: String, parts: [String?],
    since before: Conditions, roundLoads: [Double], _ call: CommandContext<some CommonSettings>
  ) throws -> [StoredRun] {
    let conditions = RunConditions(
      from: before, to: call.process.conditions(), roundLoads: roundLoads)
    let sides = try [base, workspace.home(of: head)]
    let runs = zip(zip(sides, readings), parts).map { side, part in
      let (commit, reading) = side
      return Run(
        commit: commit.id.description, tree: commit.tree.description,
        recordedAt: Timestamp(Date.now.formatted(.iso8601)), session: session, suite: suite,
        seed: seed, order: .abba, tool: call.tool, environment: workspace.machine,
        conditions: conditions,
        series: reading.series, failures: reading.failures, part: part)
    }
    let lines = runs.map { RunLine($0) }
    do {
      try workspace.store().add(
        [sides[0]: [lines[0]], sides[1]: [lines[1]]], pause: Pause.afterLostRace)
    } catch {
      throw Diagnostic(error).withUnstoredRuns(
        in: try call.keepUnstored(lines, as: session, of: workspace.repository))
    }
    return try runs.map { try StoredRun($0) }
  }
}

extension Pairing {
  /// Says what is to be known of either side's numbers.
  func warn(of readings: [ParsedResults], _ call: CommandContext<some CommonSettings>) {
    for (reading, side) in zip(readings, sides) {
      for parseNote in reading.parseNotes where parseNote.weight == .warning {
        call.warn("\(side): \(parseNote)")
      }
    }
  }
}

extension Workspace {
  /// Says what differs from what somebody may expect, where commits are measured and not this work tree.
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
  /// What each side has given, each series with what was launched for it.
  func readings(of sides: [[BenchmarkJob]]) -> [ParsedResults] {
    zip(logs, sides).map { logs, jobs in
      zip(logs, jobs).map { $0.reading(of: $1.benchmark).defined(by: $1.define) }.merged()
    }
  }
}
