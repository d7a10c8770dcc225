import Measurements

/// How a change stands to a threshold, seen in the metric's direction.
struct Bounds {
  let better: Direction
  private let threshold: Double

  init(better: Direction, threshold: Double) {
    self.better = better
    self.threshold = threshold
  }

  func isWorse(_ effect: Effect) -> Bool {
    switch effect {
    case .ratio(let ratio, _): isWorse(ratio)
    case .fromZero(let difference, _): better == .lower ? difference > 0 : difference < 0
    }
  }

  func isBetter(_ effect: Effect) -> Bool {
    switch effect {
    case .ratio(let ratio, _): isBetter(ratio)
    case .fromZero(let difference, _): better == .lower ? difference < 0 : difference > 0
    }
  }

  /// Whether all of the interval is beyond the threshold, on the side where the estimate is.
  func isCertain(_ effect: Effect) -> Bool {
    switch effect {
    case .ratio(_, let interval?):
      isWorse(interval.nearEnd(better)) || isBetter(interval.farEnd(better))
    case .fromZero(_, let interval?): !interval.contains(0)
    case .ratio(_, nil), .fromZero(_, nil): false
    }
  }

  /// Whether the interval leaves no room for a regression beyond the threshold.
  func excludesRegression(_ effect: Effect) -> Bool {
    switch effect {
    case .ratio(_, let interval?): !isWorse(interval.farEnd(better))
    case .fromZero(_, let interval?):
      better == .lower ? interval.upperBound <= 0 : interval.lowerBound >= 0
    case .ratio(_, nil), .fromZero(_, nil): false
    }
  }

  private func isWorse(_ ratio: Double) -> Bool {
    better == .lower ? isAbove(ratio) : isBelow(ratio)
  }

  private func isBetter(_ ratio: Double) -> Bool {
    better == .lower ? isBelow(ratio) : isAbove(ratio)
  }

  private func isAbove(_ ratio: Double) -> Bool { ratio > 1 + threshold + Self.rounding }

  private func isBelow(_ ratio: Double) -> Bool { ratio < 1 - threshold - Self.rounding }

  /// What rounding may add to a ratio that is at the threshold, and so not beyond it: 136 / 100 is
  /// more than 1 + 0.36 in the last bit.
  private static let rounding = 1e-12
}

extension Bounds {
  /// About how many rounds a side would put the end of the interval at the limit, if the estimate
  /// stayed where it is: its width goes down with the square root of the rounds.
  ///
  /// - Returns: nil for more than anybody would run, as where the estimate is at the limit itself,
  ///   and where there is no interval.
  func roundsNeeded(_ comparison: Comparison) -> Int? {
    let effect = comparison.effect
    guard let interval = effect.range else { return nil }
    let end = isWorse(effect) ? interval.nearEnd(better) : interval.farEnd(better)
    let width = (end - effect.estimate).magnitude
    let room = (limit(effect) - effect.estimate).magnitude
    guard room > 0 else { return nil }
    let rounds = Double(min(comparison.sizes.old, comparison.sizes.new))
    let need = (rounds * (width / room) * (width / room)).rounded(.up)
    return need <= Self.mostRounds ? max(Int(need), Int(rounds) + 1) : nil
  }

  /// Nobody launches a benchmark more often than that to decide about one commit.
  private static let mostRounds = 1000.0

  /// Where a regression begins, on the effect's scale.
  private func limit(_ effect: Effect) -> Double {
    guard case .ratio = effect else { return 0 }
    return better == .lower ? 1 + threshold : 1 - threshold
  }
}

extension ClosedRange<Double> {
  /// The end with the worse value.
  fileprivate func farEnd(_ better: Direction) -> Double {
    better == .lower ? upperBound : lowerBound
  }

  /// The end with the better value.
  fileprivate func nearEnd(_ better: Direction) -> Double {
    better == .lower ? lowerBound : upperBound
  }
}
