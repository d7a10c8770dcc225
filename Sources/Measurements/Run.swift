/// All series that one recording produced, and their origin.
package struct Run: Hashable, Sendable {
  /// The version of the stored form that this program reads and writes.
  package static let version = 1

  package let version: Int
  /// The measured commit, in hexadecimal; nil for numbers that belong to no commit, such as those
  /// of a work tree with changes.
  package internal(set) var commit: String?
  package internal(set) var tree: String?
  package let recordedAt: Timestamp?
  /// The session. Runs that were measured together, interleaved, on one machine have the same
  /// session.
  package let session: String?
  package let suite: String
  /// The seed of the order in which benchmarks were launched; nil if nothing was shuffled.
  package let seed: Int64?
  /// The order in which the sides of its session were launched; nil if the session has only one
  /// side, or if the order is unknown.
  package let order: LaunchOrder?
  package let tool: String
  package internal(set) var environment: Environment?
  /// The load of the machine; nil for imported numbers.
  package let conditions: RunConditions?
  package internal(set) var series: [Series]
  /// The benchmarks that failed instead of being measured.
  package let failures: [Failure]
  /// The ids of runs that may not be a baseline. A run that names such runs measured nothing.
  package let rejects: [String]
  /// The shard; nil if one job recorded everything.
  package let shard: Shard?
  /// The reason why this run is only a part of the suite, such as "--name p"; nil for a whole
  /// recording.
  package let part: String?
  /// The digest of the files that the numbers were imported from; nil if they were measured.
  package let imported: String?
  /// Series that may not be a baseline. A run with marks measured nothing.
  package let marks: [Mark]
  /// Marks that no longer hold.
  package let unmarks: [Mark]

  package init(
    commit: String?, tree: String?, recordedAt: Timestamp?, session: String?,
    suite: String = Run.defaultSuite, seed: Int64? = nil, order: LaunchOrder? = nil, tool: String,
    environment: Environment?,
    conditions: RunConditions? = nil,
    series: [Series], failures: [Failure] = [], rejects: [String] = [], shard: Shard? = nil,
    part: String? = nil, imported: String? = nil, marks: [Mark] = [], unmarks: [Mark] = []
  ) {
    self.version = Self.version
    self.commit = commit
    self.tree = tree
    self.recordedAt = recordedAt
    self.session = session
    self.suite = suite
    self.seed = seed
    self.order = order
    self.tool = tool
    self.environment = environment
    self.conditions = conditions
    self.series = series
    self.failures = failures
    self.rejects = rejects
    self.shard = shard
    self.part = part
    self.imported = imported
    self.marks = marks
    self.unmarks = unmarks
  }

  package static let defaultSuite = "default"
}

extension Run {
  /// A copy of the run whose numbers belong to another commit, or to none.
  package func placed(commit: String?, tree: String?) -> Run {
    changed {
      $0.commit = commit
      $0.tree = tree
    }
  }

  /// A copy of the run whose numbers belong to the given machine.
  package func measured(on environment: Environment) -> Run {
    changed { $0.environment = environment }
  }

  /// The run with only some of its series.
  package func keeping(_ isKept: (Series) -> Bool) -> Run {
    changed { $0.series = series.filter(isKept) }
  }

  private func changed(_ change: (inout Run) -> Void) -> Run {
    var copy = self
    change(&copy)
    return copy
  }
}
