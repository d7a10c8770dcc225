/// A run as the rows of an export have it.
package struct ExportedRun: Sendable {
  package let id: String
  package let commit: String?
  /// The time of the recording, in seconds since 1970.
  package let time: Int64?
  package let home: Home

  /// The suite, machine and branch, which many rows share. A time-series store has them as labels.
  package struct Home: Hashable, Sendable {
    package let suite: String
    package let machine: String?
    /// The branch that the run stands on; nil for a run off the branch.
    package let branch: String?

    package init(suite: String, machine: String?, branch: String?) {
      self.suite = suite
      self.machine = machine
      self.branch = branch
    }
  }

  package init(id: String, commit: String?, time: Int64?, home: Home) {
    self.id = id
    self.commit = commit
    self.time = time
    self.home = home
  }
}

/// The numbers of a row.
package enum ExportedNumbers: Hashable, Sendable {
  /// The figures of all rounds of a run. Pruning leaves a number of several; then the extent is
  /// unknown.
  case figures(n: Int, median: Double, extent: Extent?)
  /// The median of one round, which is counted from 1.
  case round(Int, value: Double, isSummary: Bool)

  package struct Extent: Hashable, Sendable {
    package let minimum: Double
    package let maximum: Double

    package init(minimum: Double, maximum: Double) {
      self.minimum = minimum
      self.maximum = maximum
    }
  }

  /// The number of the round; nil for the figures of all.
  package var round: Int? { if case .round(let number, _, _) = self { number } else { nil } }

  /// The median, or the value of the round.
  package var value: Double {
    switch self {
    case .figures(_, let median, _): median
    case .round(_, let value, _): value
    }
  }
}

/// A row of an export. What several rows share is text already, because an export has millions of
/// rows.
package struct ExportRow: Sendable {
  /// The series as ``ExportFormat/series`` has written it.
  package let series: [UInt8]
  /// The run as ``ExportFormat/run`` has written it.
  package let run: [UInt8]
  /// The time of the point in milliseconds since 1970: that of the recording, or the next free one
  /// where a row of the same labels has it already.
  package let time: Int64
  package let numbers: ExportedNumbers

  package init(series: [UInt8], run: [UInt8], time: Int64, numbers: ExportedNumbers) {
    self.series = series
    self.run = run
    self.time = time
    self.numbers = numbers
  }
}
