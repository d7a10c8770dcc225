package import Measurements

/// The range in which the values of a metric are believed, as in `100..10000`, `..5s` or `100..`.
///
/// A value outside is told. It never changes a verdict: what is implausible is a fault of the
/// measurement, and only a person can see which.
package struct PlausibleRange: Hashable, Sendable, CustomStringConvertible {
  /// The smallest value; nil if any value is large enough.
  package let lower: Quantity?
  /// The largest value; nil if any value is small enough.
  package let upper: Quantity?
  /// The text as it was written.
  package let description: String

  /// Parses a range.
  package init(_ text: String) throws(Problem) {
    guard let dots = text.firstRange(of: "..") else { throw .notTwoEnds }
    func end(_ part: Substring) throws(Problem) -> Quantity? {
      let words = part.drop { $0 == " " }
      guard !words.isEmpty else { return nil }
      guard let end = Quantity(String(words)) else { throw .noAmount(String(words)) }
      return end
    }
    lower = try end(text[..<dots.lowerBound].trimmed)
    upper = try end(text[dots.upperBound...].trimmed)
    description = text
    guard lower != nil || upper != nil else { throw .notTwoEnds }
    if let lower, let upper {
      guard lower.unit == upper.unit else { throw .units(lower, upper) }
      guard lower.value <= upper.value else { throw .order(lower, upper) }
    }
  }

  /// The unit of the values.
  package var unit: Unit { (lower ?? upper)?.unit ?? .one }

  package func contains(_ value: Double) -> Bool { excess(of: value) == 0 }

  /// Returns how far a value is outside; 0 for one that is inside.
  func excess(of value: Double) -> Double {
    max(0, (lower?.value ?? value) - value, value - (upper?.value ?? value))
  }

  package enum Problem: Error, Hashable {
    case notTwoEnds
    case noAmount(String)
    case units(Quantity, Quantity)
    case order(Quantity, Quantity)
  }
}

extension Substring {
  /// The text without spaces at its end.
  fileprivate var trimmed: Substring {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}

/// The plausible range of a metric of some benchmarks.
package struct PlausibleRule: Hashable, Sendable {
  package let benchmark: Pattern
  package let metric: Pattern
  package let range: PlausibleRange
  /// The file and line that declare the range: `.perfconfig:12`.
  package let place: String

  package init(benchmark: Pattern, metric: Pattern, range: PlausibleRange, place: String = "") {
    self.benchmark = benchmark
    self.metric = metric
    self.range = range
    self.place = place
  }

  /// True if the rule is more specific than another one. The benchmarks are compared first.
  fileprivate func isMoreSpecific(than other: PlausibleRule) -> Bool {
    if benchmark.isMoreSpecific(than: other.benchmark) { return true }
    if other.benchmark.isMoreSpecific(than: benchmark) { return false }
    return metric.isMoreSpecific(than: other.metric)
  }
}

/// The values of a series that are outside of their plausible range.
package struct Implausible: Hashable, Sendable {
  package let range: PlausibleRange
  /// The number of values outside, and of all.
  package let outside: Int
  package let count: Int
  /// The value that is farthest outside.
  package let extreme: Double

  package init(range: PlausibleRange, outside: Int, count: Int, extreme: Double) {
    self.range = range
    self.outside = outside
    self.count = count
    self.extreme = extreme
  }

  /// - Returns: nil if all values are plausible.
  package init?(_ series: Series, in range: PlausibleRange) {
    let values = series.rounds.flatMap(\.samples)
    let outside = values.filter { !range.contains($0) }
    guard let extreme = outside.max(by: { range.excess(of: $0) < range.excess(of: $1) }) else {
      return nil
    }
    self.init(range: range, outside: outside.count, count: values.count, extreme: extreme)
  }
}

extension Policy {
  /// Returns the plausible range of a series: that of the most specific rule that has its unit; of
  /// equals the last one. nil if there is none.
  package func plausible(for benchmark: String, _ metric: Metric) -> PlausibleRange? {
    let fitting = plausible.filter {
      $0.range.unit == metric.unit && $0.benchmark.matches(benchmark)
        && $0.metric.matches(metric.name)
    }
    return fitting.reduce(nil) { (best: PlausibleRule?, next) in
      best.map { $0.isMoreSpecific(than: next) ? $0 : next } ?? next
    }?.range
  }

  /// Returns the implausible values of a series; nil if there are none.
  package func implausible(_ series: Series) -> Implausible? {
    guard !plausible.isEmpty else { return nil }
    return plausible(for: series.benchmark.name, series.metric)
      .flatMap { Implausible(series, in: $0) }
  }
}
