import Git
import History
import Measurements
import Reports

/// What is judged, with everything that was recorded for it.
struct SelectedRuns {
  let name: String
  /// One for each suite and machine, in their order.
  let parts: [RecordedPart]
  /// Where the walk to a baseline begins; nil outside a repository.
  let stand: Commit?
  /// What its runs belong to, where that is not the commit.
  let home: Commit?
  /// Whether the content of a commit was measured, and not changes on top of it.
  let isCommitted: Bool
  /// Lines that may be runs of it and cannot be read.
  let unreadable: [UnreadableLine]
  /// Where a shallow clone ends that may hide the numbers of a commit without any.
  let cut: ObjectID?
  /// Commits of the same content, as far as it matters, that lend it their numbers.
  let lenders: [Commit]
  let warnings: [String]

  /// How a report calls it and a part of its runs.
  func party(_ part: RecordedPart?) -> SideDescription {
    let commit = isCommitted ? home ?? stand : nil
    return SideDescription(
      name: name, commit: commit?.id.description, tree: commit?.tree.description,
      runs: part?.pool.runs.map(\.id.description) ?? [], environment: part?.environment,
      conditions: part?.pool.runs.conditions ?? PeakConditions())
  }

  /// The part of a suite that one machine measured: this one, else the one that measured last.
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
  /// A side that nothing is known of.
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
  /// How busy the machine was at most while any of them was measured.
  var conditions: PeakConditions { PeakConditions(of: compactMap(\.run.conditions)) }
}
