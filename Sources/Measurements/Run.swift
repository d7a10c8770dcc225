/// All series that one recording produced, and where they came from.
package struct Run: Hashable, Sendable {
  /// The version of the stored form that this program reads and writes.
  package static let version = 1

  package let version: Int
  /// The measured commit, in hexadecimal; nil for numbers that belong to none, such as those of a
  /// work tree with changes.
  package internal(set) var commit: String?
  package internal(set) var tree: String?
  package let recordedAt: Timestamp?
  /// Runs measured together, interleaved, on one machine share it.
  package let session: String?
  package let suite: String
  /// Of the order in which benchmarks were launched; nil where nothing was shuffled.
  package let seed: Int64?
  /// In which the sides of its session were launched; nil where it has one, or nobody knows.
  package let order: LaunchOrder?
  package let tool: String
  package internal(set) var environment: Environment?
  /// How busy the machine was; nil for imported numbers.
  package let conditions: RunConditions?
  package internal(set) var series: [Series]
  /// What was to be measured and failed.
  package let failures: [Failure]
  /// Runs, by their ids, that are to be no baseline; whoever says so measured nothing.
  package let rejects: [String]
  /// nil where one job recorded all.
  package let shard: Shard?
  /// Why this is a part of what the suite measures, such as "--name p"; nil for a whole recording.
  package let part: String?
  /// The digest of the files that the numbers were imported from; nil where they were measured.
  package let imported: String?
  /// Series that are to be no baseline; whoever says so measured nothing.
  package let marks: [Mark]
  /// Marks that hold no longer.
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
  /// The same numbers as those of a commit, or of none.
  package func placed(commit: String?, tree: String?) -> Run {
    changed {
      $0.commit = commit
      $0.tree = tree
    }
  }

  /// The same numbers as those of a machine.
  package func measured(on environment: Environment) -> Run {
    changed { $0.environment = environment }
  }

  /// Some of its numbers.
  package func keeping(_ isKept: (Series) -> Bool) -> Run {
    changed { $0.series = series.filter(isKept) }
  }

  private func changed(_ change: (inout Run) -> Void) -> Run {
    var copy = self
    change(&copy)
    return copy
  }
}
