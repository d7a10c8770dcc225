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

  private func doubt(_ comparison: Comparison, _ bounds: Bounds) -> Doubt {
    let sizes = comparison.sizes
    let smallest = UDistribution.smallestTwoSided(old: sizes.old, new: sizes.new)
    guard smallest <= strictestAlpha, comparison.effect.hasInterval else {
      let need = UDistribution.sizeNeeded(alpha: strictestAlpha)
        .map { max($0, Self.smallestForInterval) }
      return .tooFewRounds(old: sizes.old, new: sizes.new, need: need)
    }
    return .tooNoisy(need: bounds.roundsNeeded(comparison))
  }

  /// Below, there is no interval at 95 %, and nothing can be shown to be unchanged.
  private static let smallestForInterval = 4
}

extension Effect {
  var hasInterval: Bool {
    switch self {
    case .ratio(_, let interval), .fromZero(_, let interval): interval != nil
    }
  }
}

extension Bounds {
  /// About how many rounds a side would put the end of the interval at the limit, if the estimate
  /// stayed where it is: its width goes down with the square root of the rounds.
  ///
  /// - Returns: nil for more than anybody would run, as where the estimate is at the limit itself.
  func roundsNeeded(_ comparison: Comparison) -> Int? {
    guard case .ratio(let ratio, let interval?) = comparison.effect else { return nil }
    let end = isWorse(comparison.effect) ? interval.nearEnd(better) : interval.farEnd(better)
    let (width, room) = ((end - ratio).magnitude, (limit - ratio).magnitude)
    let rounds = Double(min(comparison.sizes.old, comparison.sizes.new))
    guard room > 0 else { return nil }
    let need = (rounds * (width / room) * (width / room)).rounded(.up)
    return need <= 1000 ? max(Int(need), Int(rounds) + 1) : nil
  }
}
