import Measurements
import Statistics

/// Turns the figures of one series into its verdict.
struct Court {
  /// What a corrected p must not exceed.
  let alpha: Double
  /// What a p must come down to if it is to be significant whatever the rest of the family shows.
  let strictestAlpha: Double
  let threshold: Double

  func verdict(on finding: Finding, _ pair: Pair, _ pCorrected: Double?) -> Verdict {
    switch finding {
    case .new: return .new
    case .missing: return .missing
    case .mismatch(let mismatch): return .incomparable(mismatch)
    case .compared(let comparison):
      let bounds = Bounds(better: pair.metric.better, threshold: threshold)
      guard let pCorrected else { return Self.exact(comparison.effect, bounds) }
      return tested(comparison, bounds, isSignificant: pCorrected <= alpha)
    }
  }

  /// Numbers without chance: the change is what it is.
  private static func exact(_ effect: Effect, _ bounds: Bounds) -> Verdict {
    if bounds.isWorse(effect) { return .regression(certain: true) }
    if bounds.isBetter(effect) { return .improvement(certain: true) }
    return .unchanged
  }

  private func tested(
    _ comparison: Comparison, _ bounds: Bounds, isSignificant: Bool
  ) -> Verdict {
    let effect = comparison.effect
    if isSignificant, bounds.isWorse(effect) {
      return .regression(certain: bounds.isCertain(effect))
    }
    if isSignificant, bounds.isBetter(effect) {
      return .improvement(certain: bounds.isCertain(effect))
    }
    if bounds.excludesRegression(effect) { return .unchanged }
    return .inconclusive(doubt(comparison, bounds))
  }

  /// Rounds are what is missing unless there are several, enough for significance and an interval.
  private func doubt(_ comparison: Comparison, _ bounds: Bounds) -> Doubt {
    let sizes = comparison.sizes
    let smallest = UDistribution.smallestTwoSided(old: sizes.old, new: sizes.new)
    let hasRounds = comparison.evidence == .rounds
    let noise = hasRounds ? bounds.roundsNeeded(comparison) : nil
    if hasRounds, smallest <= strictestAlpha, comparison.effect.range != nil {
      return .tooNoisy(need: noise)
    }
    let need = UDistribution.sizeNeeded(alpha: strictestAlpha)
      .map { max($0, Self.smallestForInterval, noise ?? 0) }
    return .tooFewRounds(old: comparison.old.rounds, new: comparison.new.rounds, need: need)
  }

  /// Below, there is no interval at 95 %, and nothing can be shown to be unchanged.
  private static let smallestForInterval = 4
}
