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

  /// The ratio at which a regression begins.
  var limit: Double { better == .lower ? 1 + threshold : 1 - threshold }

  private func isWorse(_ ratio: Double) -> Bool { better == .lower ? ratio > limit : ratio < limit }

  private func isBetter(_ ratio: Double) -> Bool {
    better == .lower ? ratio < 1 - threshold : ratio > 1 + threshold
  }
}

extension ClosedRange<Double> {
  /// The end with the worse value.
  func farEnd(_ better: Direction) -> Double { better == .lower ? upperBound : lowerBound }

  /// The end with the better value.
  func nearEnd(_ better: Direction) -> Double { better == .lower ? lowerBound : upperBound }
}
