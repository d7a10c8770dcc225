import Measurements
import Statistics

/// A shift of most series together, which a program's own change seldom causes.
package struct CommonShift: Hashable, Sendable {
  /// The typical new / old, as a cost: above 1 for the worse, whichever direction is better.
  package let factor: Double
  /// The number of series that moved by this factor.
  package let moved: Int
  /// The number of series that were compared with the factor.
  package let count: Int
}

extension FamilyResult {
  /// The common factor by which most series of one kind moved: times and rates, or sizes, or any
  /// quantities that are measured in one unit. These are more than half of at least five series of
  /// at least three benchmarks, and moved by 5 % or more.
  ///
  /// If several units shifted, it is the one in which most series moved.
  package var machineShift: CommonShift? {
    let compared = seriesResults.filter { $0.comparison?.test != nil && $0.decides }
    return Dictionary(grouping: compared, by: \.metric.unit.dimension).values
      .compactMap(CommonShift.init)
      .max { ($0.moved, $0.factor) < ($1.moved, $1.factor) }
  }
}

extension CommonShift {
  fileprivate init?(_ seriesResults: [SeriesResult]) {
    let costs = seriesResults.compactMap { seriesResult in
      seriesResult.cost.map { (benchmark: seriesResult.id.benchmark, factor: $0) }
    }
    guard costs.count >= 5, let middle = costs.map(\.factor).median else { return nil }
    guard max(middle, 1 / middle) >= 1.05 else { return nil }
    // The accepted deviation: a third of the change in either direction, and never less than noise.
    let slack = 1 + max(0.03, (max(middle, 1 / middle) - 1) / 3)
    let moved = costs.filter { $0.factor <= middle * slack && $0.factor >= middle / slack }
    guard moved.count * 2 > costs.count, Set(moved.map(\.benchmark)).count >= 3 else { return nil }
    self.init(factor: middle, moved: moved.count, count: costs.count)
  }
}

extension SeriesResult {
  /// The new / old of the cost: the inverse if higher is better.
  fileprivate var cost: Double? {
    guard comparison?.tasks == nil, case .ratio(let ratio, _)? = comparison?.effect, ratio > 0
    else { return nil }
    return metric.better == .lower ? ratio : 1 / ratio
  }
}

extension Unit {
  /// The name for metrics that a faster or slower machine moves together: times, and everything
  /// that is counted per second.
  fileprivate var dimension: String {
    self == .nanoseconds || symbol.hasSuffix("/s") ? "time" : symbol
  }
}
