/// All series that one recording produced, and where they came from.
package struct Run: Hashable, Sendable {
  /// The version of the stored form that this program reads and writes.
  package static let version = 1

  package let version: Int
  /// The measured commit, in hexadecimal; nil for numbers that belong to none, such as those of a
  /// work tree with changes.
  package let commit: String?
  package let tree: String?
  package let recordedAt: Timestamp?
  /// Runs measured together, interleaved, on one machine share it.
  package let session: String?
  package let suite: String
  /// Of the order in which benchmarks were launched; nil where nothing was shuffled.
  package let seed: Int64?
  package let tool: String
  package let environment: Environment?
  package let series: [Series]
  /// What was to be measured and failed.
  package let failures: [Failure]
  /// Runs, by their ids, that are to be no baseline; whoever says so measured nothing.
  package let rejects: [String]
  /// nil where one job recorded all.
  package let shard: Shard?

  package init(
    commit: String?, tree: String?, recordedAt: Timestamp?, session: String?,
    suite: String = Run.defaultSuite, seed: Int64? = nil, tool: String, environment: Environment?,
    series: [Series],
    failures: [Failure] = [], rejects: [String] = [], shard: Shard? = nil
  ) {
    self.version = Self.version
    self.commit = commit
    self.tree = tree
    self.recordedAt = recordedAt
    self.session = session
    self.suite = suite
    self.seed = seed
    self.tool = tool
    self.environment = environment
    self.series = series
    self.failures = failures
    self.rejects = rejects
    self.shard = shard
  }

  package static let defaultSuite = "default"
}

extension Run {
  /// The same numbers as those of a commit, or of none.
  package func placed(commit: String?, tree: String?) -> Run {
    Run(
      commit: commit, tree: tree, recordedAt: recordedAt, session: session, suite: suite,
      seed: seed, tool: tool, environment: environment, series: series, failures: failures,
      rejects: rejects, shard: shard)
  }

  /// The same numbers as those of a machine.
  package func measured(on environment: Environment) -> Run {
    Run(
      commit: commit, tree: tree, recordedAt: recordedAt, session: session, suite: suite,
      seed: seed, tool: tool, environment: environment, series: series, failures: failures,
      rejects: rejects, shard: shard)
  }
}
