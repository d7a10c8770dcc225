import Measurements
import Statistics

extension Judge {
  /// Returns the candidate's inherited regression: the candidate compared with its marked
  /// merge-base adds nothing to it. By itself the candidate is unchanged or better, and its numbers
  /// show that.
  ///
  /// Series that cannot be compared, or were measured with other work, show nothing.
  func inherited(
    _ pair: Pair, _ standing: Standing, _ limit: Limit, tables: inout UDistributions
  ) -> Comparison? {
    guard standing.markedBase.count == 1, pair.new.count == 1 else { return nil }
    let (base, new) = (standing.markedBase[0], pair.new[0])
    guard base.metric.unit == new.metric.unit, base.metric.better == new.metric.better,
      !base.isOtherWork(than: new), !base.isOfOtherPrices(than: new),
      let own = try? Comparison(
        old: base, new: new, isExact: policy.isExact(base.metric, new.metric),
        confidence: stage.level.confidence, tables: &tables)
    else { return nil }
    return addsNothing(
      own, Bounds(better: new.metric.better, limit: limit, oldMedian: own.old.median))
      ? own : nil
  }

  private func addsNothing(_ own: Comparison, _ bounds: Bounds) -> Bool {
    switch own.evidence {
    case .exact where bounds.countsAny:
      bounds.better == .lower ? own.new.median <= own.old.median : own.new.median >= own.old.median
    case .exact: !bounds.isWorse(own.effect)
    case .summary: false
    case .samples where policy.requiresRounds: false
    case .rounds, .samples, .tasks: bounds.excludesRegression(own.effect)
    }
  }
}

extension Series {
  /// True if both sides name what was launched, and the two differ.
  func isOtherWork(than other: Series) -> Bool {
    guard let definition, let other = other.definition, definition.digest != other.digest,
      let work = definition.work, let others = other.work
    else { return false }
    return work != others
  }
}
