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

/// The facts that all runs of one session share: the session itself, the machine and its load.
struct MeasuredSession {
  let id: String
  let seed: Int64
  let order: LaunchOrder?
  let suite: String
  /// The load of the machine when measuring began.
  let before: Conditions
  /// The load average before each round.
  let roundLoads: [Double]

  /// The numbers of a commit.
  struct Numbers {
    let commit: Commit
    let reading: ParsedResults
    /// The reason why they are a part of their suite; nil for the whole suite.
    let part: String?
  }

  /// Stores the numbers of each commit on it, all in one step.
  ///
  /// - Returns: The runs, in the order of the numbers.
  /// - Throws: ``Diagnostic`` that names the file with all runs if they cannot be stored. A run that
  ///   is already stored is not doubled when that file is imported.
  func store(
    _ numbers: [Numbers], in workspace: Workspace, _ call: CommandContext<some CommonSettings>
  ) throws -> [StoredRun] {
    let conditions = RunConditions(
      from: before, to: call.process.conditions(), roundLoads: roundLoads)
    let runs = numbers.map { numbers in
      Run(
        commit: numbers.commit.id.description, tree: numbers.commit.tree.description,
        recordedAt: Timestamp(Date.now.formatted(.iso8601)), session: id, suite: suite,
        seed: seed, order: order, tool: call.tool, environment: workspace.machine,
        conditions: conditions, series: numbers.reading.series,
        failures: numbers.reading.failures, part: numbers.part)
    }
    let lines = runs.map { RunLine($0) }
    let ofCommits = zip(numbers, lines).map { ($0.commit, [$1]) }
    do {
      try workspace.store().add(
        Dictionary(ofCommits, uniquingKeysWith: +), pause: Pause.afterLostRace)
    } catch {
      throw Diagnostic(error).withUnstoredRuns(
        in: try call.keepUnstored(lines, as: id, of: workspace.repository))
    }
    return try runs.map { try StoredRun($0) }
  }
}
