import Git
import History
import Measurements
import Reports

/// The candidate with all runs that were recorded for it.
struct SelectedRuns {
  let name: String
  /// The parts of the candidate: one for each suite and machine, in their order.
  let parts: [RecordedPart]
  /// The commit from which the search for a baseline starts; nil outside a repository.
  let stand: Commit?
  /// The commit that the runs belong to:
  /// ``stand``, or the head of the pull request whose merge ``stand`` is; nil outside a repository.
  let home: Commit?
  /// True if the content of a commit was measured, false if uncommitted changes were.
  let isCommitted: Bool
  /// Lines that cannot be read and may be runs of the candidate.
  let unreadable: [UnreadableLine]
  /// The last commit of a shallow clone, if runs of the candidate may lie beyond it; else nil.
  let cut: ObjectID?
  /// Commits with the same relevant content, whose runs count for the candidate.
  let lenders: [Commit]
  let warnings: [String]

  /// The description of the candidate and a part of its runs, for a report.
  func party(_ part: RecordedPart?) -> SideDescription {
    let commit = isCommitted ? home ?? stand : nil
    return SideDescription(
      name: name, commit: commit?.id.description, tree: commit?.tree.description,
      runs: part?.pool.runs.map(\.id.description) ?? [], environment: part?.environment,
      conditions: part?.pool.runs.conditions ?? PeakConditions())
  }

  /// The part of a suite that a machine measured; if it measured none, the part that was
  /// recorded last.
  func part(of suite: String, on machine: Environment?) -> RecordedPart? {
    let own = parts.filter { $0.suite == suite }
    return own.first { $0.environment?.key == machine?.key }
      ?? own.max {
        Timestamp.isLater(
          $1.pool.runs.first?.run.recordedAt, than: $0.pool.runs.first?.run.recordedAt)
      }
  }
}

extension SideDescription {
  /// The description of a side of which nothing is known.
  static let none = SideDescription(
    name: "none", commit: nil, tree: nil, runs: [], environment: nil)

  init(_ baseline: Baseline, name: String) {
    self.init(
      name: name, commit: baseline.commit.id.description,
      tree: baseline.commit.tree.description, runs: baseline.runs.map(\.id.description),
      environment: baseline.environment, conditions: baseline.runs.conditions)
  }
}

extension [StoredRun] {
  /// The highest load of the machine while any of the runs was measured.
  var conditions: PeakConditions { PeakConditions(of: compactMap(\.run.conditions)) }
}
