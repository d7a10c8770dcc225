package import Measurements

/// A change of the level of one strand.
package struct SeriesChange: Sendable, Hashable {
  package let series: SeriesName
  /// The place on the axis of the last value of the old level.
  package let last: Int
  /// The place of the first value of the new level. Between them nothing was measured.
  package let first: Int
  package let size: Size
  /// The numbers of rounds in the values that were compared.
  package let rounds: Sides<Int>
  /// The place of the first value of a later level that is the old one again; nil if there is none.
  package let returned: Int?

  /// The strand that changed, without its numbers.
  package struct SeriesName: Sendable, Hashable {
    package let benchmark: Benchmark
    package let metric: Metric
    package let suite: String
    package let machine: String?

    package init(benchmark: Benchmark, metric: Metric, suite: String, machine: String?) {
      self.benchmark = benchmark
      self.metric = metric
      self.suite = suite
      self.machine = machine
    }

    package var id: Series.ID { Series.ID(benchmark: benchmark, metric: metric.name) }
  }

  /// The amount of a change.
  package struct Size: Sendable, Hashable {
    /// The old and the new level, in the unit of the metric: the medians of the commits' values, or
    /// the rates of outcomes.
    package let levels: Sides<Double>
    /// The relative change; of outcomes the difference of the rates. nil for a change from zero.
    package let change: Double?
    /// The 95 % interval of the change; nil for metrics without noise, and for too few values.
    package let interval: ClosedRange<Double>?
    /// The two-sided p; nil for metrics without noise.
    package let p: Double?
    /// True if ``change`` is the difference of two rates.
    package let isOfRates: Bool

    package init(
      levels: Sides<Double>, change: Double?, interval: ClosedRange<Double>?, p: Double?,
      isOfRates: Bool = false
    ) {
      self.isOfRates = isOfRates
      self.levels = levels
      self.change = change
      self.interval = interval
      self.p = p
    }
  }

  package init(
    series: SeriesName, last: Int, first: Int, size: Size, rounds: Sides<Int>, returned: Int?
  ) {
    self.series = series
    self.last = last
    self.first = first
    self.size = size
    self.rounds = rounds
    self.returned = returned
  }

  /// True if the new level is worse than the old one.
  package var isWorse: Bool {
    (size.levels.new > size.levels.old) == (series.metric.better == .lower)
  }

  /// The size of the change for sorting: the factor between the levels, whichever is larger, less 1.
  package var magnitude: Double {
    guard let change = size.change else { return .infinity }
    if size.isOfRates { return change.magnitude }
    return change >= 0 ? change : change / max(1 + change, 1e-9) * -1
  }
}

/// A value of the time before, and one of the time after.
package struct Sides<Value: Sendable & Hashable>: Sendable, Hashable {
  package let old: Value
  package let new: Value

  package init(old: Value, new: Value) {
    self.old = old
    self.new = new
  }
}

extension Strand {
  /// The name of the strand.
  package var name: SeriesChange.SeriesName {
    SeriesChange.SeriesName(
      benchmark: benchmark, metric: metric, suite: suite, machine: machine)
  }
}
