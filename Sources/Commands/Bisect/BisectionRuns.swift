import CommandLine
import Git
import History
import Measurements
import Runner

/// Stores what a bisection measured as ordinary runs, one for each commit and session.
///
/// Each is a part of its suite, so that nobody waits for the rest.
struct BisectionRuns {
  let call: CommandContext<BisectSettings>
  let workspace: Workspace

  /// The reason why the runs are parts.
  static let part = "perf-bisect"

  /// Stores the numbers of all sessions that are not stored yet.
  ///
  /// - Parameter before: The load of the machine when measuring began; nil if it is not known.
  func store(_ state: BisectionState, since before: Conditions? = nil) throws {
    var lines: [Commit: [RunLine]] = [:]
    for (place, session) in state.sessions.enumerated() where !session.isStored {
      let isLast = place == state.sessions.count - 1
      for (id, launches) in state.launches(of: place) {
        let conditions = (isLast ? before : nil).flatMap {
          RunConditions(
            from: $0, to: call.process.conditions(), roundLoads: launches.compactMap(\.load))
        }
        let commit = try workspace.home(of: workspace.repository.commit(id))
        let run = Run(
          commit: commit.id.description, tree: commit.tree.description,
          recordedAt: session.startedAt, session: session.id, suite: launches[0].run.suite,
          tool: call.tool, environment: workspace.machine, conditions: conditions,
          series: launches.flatMap(\.run.series).pooled(), part: Self.part)
        lines[commit, default: []].append(RunLine(run))
      }
    }
    guard !lines.isEmpty else { return }
    do {
      try workspace.store().add(lines, pause: Pause.afterLostRace)
    } catch {
      throw Diagnostic(error).withUnstoredRuns(
        in: try call.keepUnstored(
          lines.values.flatMap(\.self), as: state.sessions.last?.id ?? "bisect",
          of: workspace.repository))
    }
  }
}
