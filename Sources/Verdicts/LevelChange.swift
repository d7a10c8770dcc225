package import Measurements

/// A change from one level of a series to another, both known from several recordings.
package struct LevelChange: Sendable {
  package let id: Series.ID
  package let metric: Metric
  /// The levels, in the unit of the metric.
  package let old: Double
  package let new: Double
  /// The relative change; of rates their difference. nil for a change from zero.
  package let change: Double?
  package let isOfRates: Bool
  /// True for the sum of many small changes.
  package let isSum: Bool
  /// The names of all metrics that the benchmark was measured by.
  package let measured: Set<String>

  package init(
    id: Series.ID, metric: Metric, old: Double, new: Double, change: Double?, isOfRates: Bool,
    isSum: Bool, measured: Set<String>
  ) {
    self.measured = measured
    self.id = id
    self.metric = metric
    self.old = old
    self.new = new
    self.change = change
    self.isOfRates = isOfRates
    self.isSum = isSum
  }
}

extension Policy {
  /// True for a change that would fail a gate that compares both levels: worse, beyond the limit, of a
  /// metric that decides, and neither waived nor only warned of.
  ///
  /// Whether the levels differ at all is not asked: the search for changes has answered that.
  package func fails(_ level: LevelChange) -> Bool {
    let better = direction(for: level.metric) ?? level.metric.better
    let isWorse = (level.new > level.old) == (better == .lower)
    guard isWorse, decides(level.metric, among: level.measured), isBeyondLimit(level),
      severities.response(to: .regression, of: level.id) ?? .fail == .fail
    else { return false }
    guard let size = level.change?.magnitude else { return true }
    return !waivers.contains { waiver in
      waiver.concerns(level.id) && !waiver.isExpired(on: today)
        && waiver.ceiling.map { size <= $0 } ?? false
    }
  }

  private func isBeyondLimit(_ level: LevelChange) -> Bool {
    guard !level.isOfRates else {
      return (level.new - level.old).magnitude >= outcomeMargin(for: level.id).value
    }
    let limit = limit(
      for: level.id, level.metric,
      isOfLaunches: Metric.ofLaunches.contains(level.metric.name))
    if let floor = limit.floor?.value.value, (level.new - level.old).magnitude <= floor {
      return false
    }
    // A sum was held against the threshold when it was found.
    guard !level.isSum, let size = level.change?.magnitude else { return true }
    return size > limit.threshold.value
  }
}
