package import Measurements

extension Policy {
  /// Returns the budgets that limit a series, one for each figure: first the one that limits the
  /// median, then those of percentiles, then those that only warn.
  ///
  /// - Parameter peers: The metrics of its benchmark that have the same unit.
  package func budgets(for series: Series, among peers: [String]) -> [Budget] {
    var best: [Budget.Figure: Budget] = [:]
    for next in budgets where next.applies(to: series, among: peers) {
      if let other = best[next.figure], other.isMoreSpecific(than: next) { continue }
      best[next.figure] = next
    }
    return best.values.sorted {
      ($0.isWarning ? 1 : 0, $0.percentile ?? 0) < ($1.isWarning ? 1 : 0, $1.percentile ?? 0)
    }
  }

  /// True if a budget can fail.
  package var hasBudgets: Bool { budgets.contains { !$0.isWarning } }
}
