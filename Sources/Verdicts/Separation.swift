import Measurements
import Statistics

/// The separation of two sides: every value of one side is beyond every value of the other by more
/// than the limit.
///
/// Three rounds a side have no exact p below .1, and a family of many series asks for less than
/// five can have. In these cases a t test on logarithms decides about sides that are so far apart.
/// The distance alone does not protect a family from false alarms: of 100 unchanged series with a
/// noise of 20 %, some are apart in 81 % of all gates with three rounds a side.
package struct Separation: Hashable, Sendable {
  /// The p of the t test, two-sided.
  package let p: Double
  /// The effect of the two values that are nearest to each other, new / old - 1: the least that
  /// changed.
  package let gap: Double

  package init(p: Double, gap: Double) {
    self.p = p
    self.gap = gap
  }

  /// The fewest rounds a side; fewer show no spread to reason about.
  private static let fewestRounds = 3

  /// - Parameter step: The smallest difference that the metric shows.
  /// - Returns: nil if the sides are not so far apart, or have too few rounds.
  init?(_ comparison: Comparison, _ bounds: Bounds, step: () -> Double) {
    let (old, new) = (comparison.samples.old, comparison.samples.new)
    guard comparison.evidence == .rounds, min(old.count, new.count) >= Self.fewestRounds,
      min(old.minimum, new.minimum) > 0,
      bounds.isCertain(.ratio(comparison.effect.estimate, comparison.span)),
      let p = LogarithmicT.twoSided(old: old, new: new)
    else { return nil }
    let isAbove = new.minimum > old.maximum
    let (near, far) = isAbove ? (new.minimum, old.maximum) : (new.maximum, old.minimum)
    guard (near - far).magnitude >= 2 * step() else { return nil }
    self.init(p: p, gap: near / far - 1)
  }
}

extension Comparison {
  /// True if no value of one side is within those of the other.
  var isApart: Bool {
    samples.new.minimum > samples.old.maximum || samples.new.maximum < samples.old.minimum
  }
}

/// The resolution of each metric of a comparison: ticks of a clock, pages of memory.
struct Steps {
  private struct Kind: Hashable {
    let name: String
    let unit: Unit
  }

  private let findings: [(metric: Metric, comparison: Comparison)]
  private var known: [Kind: Double] = [:]

  init(_ findings: [(metric: Metric, comparison: Comparison)]) { self.findings = findings }

  /// Returns the smallest difference between any two values of a metric, of all its series on both
  /// sides; infinite if all values are equal.
  mutating func step(of metric: Metric) -> Double {
    let kind = Kind(name: metric.name, unit: metric.unit)
    if let step = known[kind] { return step }
    let values = findings.filter { $0.metric.name == kind.name && $0.metric.unit == kind.unit }
      .flatMap { $0.comparison.samples.old.values + $0.comparison.samples.new.values }.sorted()
    let step = zip(values, values.dropFirst()).map { $1 - $0 }.filter { $0 > 0 }.min() ?? .infinity
    known[kind] = step
    return step
  }
}
