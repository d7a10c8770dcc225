package import Measurements

/// The numbers of one series of one suite on one machine, over several runs. Nothing else is
/// comparable from run to run.
package struct Strand: Sendable {
  package let values: RecordedSeries
  package let suite: String
  /// The key of the machine; nil for runs that name none.
  package let machine: String?
  package let kind: MetricKind

  package init(values: RecordedSeries, suite: String, machine: String?, kind: MetricKind) {
    self.values = values
    self.suite = suite
    self.machine = machine
    self.kind = kind
  }

  package var benchmark: Benchmark { values.benchmark }

  /// The strand without its numbers.
  package var withoutValues: Strand {
    Strand(
      values: RecordedSeries(benchmark: benchmark, metric: metric), suite: suite,
      machine: machine, kind: kind)
  }

  /// True if a run on an axis has left one number of several.
  func isThinned(on axis: Axis) -> Bool {
    values.entries.contains { $0.isSummary && axis.places[$0.run] != nil }
  }
  package var metric: Metric { values.metric }
}

/// The part of each run's history at which its numbers are shown: a commit, or a period of time.
package struct Axis: Sendable {
  /// The number of places.
  package let count: Int
  /// The place of each run; nil for a run that is no point.
  package let places: [Int?]

  package init(count: Int, places: [Int?]) {
    self.count = count
    self.places = places
  }

  /// The axis of one place, for questions that do not ask when.
  package static func single(of runs: [Bool]) -> Axis {
    Axis(count: 1, places: runs.map { $0 ? 0 : nil })
  }
}
