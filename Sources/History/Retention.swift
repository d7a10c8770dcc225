package import Git
package import Measurements

/// How long runs stay as they are.
package struct Retention: Sendable {
  /// What was recorded then or later stays.
  package let keepsSince: Timestamp
  /// Of what was recorded earlier than this, one number is left of each series.
  package let summarizesBefore: Timestamp
  /// Commits of branches and tags that are elsewhere only.
  package let tips: Set<ObjectID>
  /// Commits whose runs stay, besides those of tags, and their trees.
  package let pinned: Set<ObjectID>
  /// A run with one number for each of its series.
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

  /// A run that does not say when it was recorded is not old.
  func isOld(_ time: Timestamp?) -> Bool { time.map { $0 < keepsSince } ?? false }
}

/// What becomes of a run that grows old.
package enum PruneAction: Sendable {
  case kept
  /// A newer run of its commit has all its benchmarks.
  case superseded
  /// No reference leads to its commit, and to no other one of the same content.
  case vanished
  /// By a line with one number for each series.
  case summarized(RunLine)
}
