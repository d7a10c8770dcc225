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

  /// - Parameter values: All numbers of the metric. A metric that is better higher and has only zeros
  ///   and ones says whether something succeeded.
  package init(_ metric: Metric, values: some Sequence<Double>) {
    if metric.unit.isOfMoney || metric.unit == .one && Self.countsTokens(metric.name) {
      self = .amount
    } else if metric.unit == .one, metric.better == .higher,
      values.allSatisfy({ $0 == 0 || $0 == 1 })
    {
      self = .rate
    } else {
      self = .size
    }
  }

  private static func countsTokens(_ name: String) -> Bool {
    name.split { !$0.isLetter }.contains { $0 == "token" || $0 == "tokens" }
  }
}

extension Unit {
  /// True for a currency by its code of three capital letters (ISO 4217).
  fileprivate var isOfMoney: Bool {
    symbol.utf8.count == 3
      && symbol.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
  }
}
