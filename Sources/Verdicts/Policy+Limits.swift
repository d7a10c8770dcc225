package import Measurements

extension Policy {
  /// Returns the budget that limits a series.
  ///
  /// - Parameter peers: The metrics of its benchmark that have the same unit.
  package func budget(for series: Series, among peers: [String]) -> Budget? {
    budgets.filter { $0.applies(to: series, among: peers) }.reduce(nil) { best, next in
      best.map { $0.isMoreSpecific(than: next) ? $0 : next } ?? next
    }
  }
}
