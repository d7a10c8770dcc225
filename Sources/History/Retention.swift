package import Git
package import Measurements

/// The rules for how long runs stay unchanged.
package struct Retention: Sendable {
  /// Runs that were recorded at this time or later stay.
  package let keepsSince: Timestamp
  /// Runs that were recorded before this time keep one number of each series.
  package let summarizesBefore: Timestamp
  /// The tips of branches and tags that are only in other repositories.
  package let tips: Set<ObjectID>
  /// Commits whose runs stay, besides those of tags, and the trees of these commits.
  package let pinned: Set<ObjectID>
  /// Reduces a run to one number for each of its series.
  package let summary: @Sendable (RunRecord) -> RunRecord

  package init(
    keepsSince: Timestamp, summarizesBefore: Timestamp, tips: Set<ObjectID> = [],
    pinned: Set<ObjectID>,
    summary: @escaping @Sendable (RunRecord) -> RunRecord
  ) {
    self.keepsSince = keepsSince
    self.summarizesBefore = summarizesBefore
    self.tips = tips
    self.pinned = pinned
    self.summary = summary
  }

  /// True if a run is older than the limit. A run without a time is not old.
  func isOld(_ time: Timestamp?) -> Bool { time.map { $0 < keepsSince } ?? false }
}

/// The action that pruning takes for a run.
package enum PruneAction: Sendable {
  case kept
  /// A newer run of the same commit has all benchmarks of this one.
  case superseded
  /// No reference reaches the run's commit or any other commit with the same content.
  case vanished
  /// The run is replaced by a line with one number for each series.
  case summarized(RunLine)
}
