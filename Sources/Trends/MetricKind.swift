package import Measurements

/// The way in which numbers of a metric are joined to one.
package enum MetricKind: Hashable, Sendable {
  /// Solved or not: the part of the attempts that succeeded.
  case rate
  /// Money and tokens: what several attempts cost together is their sum.
  case amount
  /// Times, sizes and all others: the median. Those of different benchmarks cannot be joined, except
  /// as ratios.
  case size

  /// - Parameter values: All numbers of the metric. An outcome says whether something succeeded; so
  ///   does a metric that is better higher and has only zeros and ones.
  package init(_ metric: Metric, values: some Sequence<Double>) {
    func areOutcomes() -> Bool { values.allSatisfy { $0 == 0 || $0 == 1 } }
    if metric.isOutcome, areOutcomes() {
      self = .rate
    } else if metric.isAmount {
      self = .amount
    } else if metric.unit == .one, metric.better == .higher, areOutcomes() {
      self = .rate
    } else {
      self = .size
    }
  }
}
