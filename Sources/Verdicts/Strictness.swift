import Measurements

/// The treatment of undecided series by a gate.
package enum Strictness: Hashable, Sendable {
  /// The doubt is reported, and the gate passes.
  case lenient
  /// The gate fails if the numbers leave room for a regression of this size, 0.5 for 50 %.
  case excluding(Double)
  /// The gate fails.
  case everything
}

extension Policy {
  /// Returns the outcome for a series that stays undecided. If its regression would pass, it passes
  /// too.
  func outcome(ofUndecided seriesResult: SeriesResult) -> Outcome {
    guard seriesResult.decides,
      severities.response(to: .regression, of: seriesResult.id) ?? .fail == .fail
    else {
      return .undecided
    }
    if seriesResult.isOfUnknownDirection {
      // An interval excludes no regression if nobody knows which direction is worse.
      return guessed == .fail || strictness != .lenient ? .inconclusive : .undecided
    }
    switch strictness {
    case .lenient: return .undecided
    case .everything: return .inconclusive
    case .excluding(let size): return seriesResult.excludes(size) ? .undecided : .inconclusive
    }
  }

  /// Returns the outcome for a budget that stays undecided.
  func outcome(ofUndecided ruling: BudgetRuling) -> Outcome {
    switch strictness {
    case .lenient: return .undecided
    case .everything: return .inconclusive
    case .excluding(let size): return ruling.excludes(size) ? .undecided : .inconclusive
    }
  }
}

extension SeriesResult {
  /// True if the series changed, and nobody states whether for the better.
  var isOfUnknownDirection: Bool {
    if case .inconclusive(.directionUnknown) = verdict { true } else { false }
  }

  /// True if the interval leaves no room for a regression of a size; without an interval, if no two
  /// values do.
  fileprivate func excludes(_ size: Double) -> Bool {
    guard let comparison else { return false }
    if comparison.isOfRates, let range = comparison.effect.range { return range.lowerBound > -size }
    let limit = Limit(threshold: Sourced(size, from: ""), floor: limit.floor)
    let bounds = Bounds(better: metric.better, limit: limit, oldMedian: comparison.old.median)
    return bounds.excludesRegression(
      comparison.effect, within: comparison.effect.range ?? comparison.span)
  }
}

extension BudgetRuling {
  /// True if the interval, or without one the values, leave no room for an excess of a size.
  fileprivate func excludes(_ size: Double) -> Bool {
    guard let range = interval ?? span else { return false }
    let limit = budget.limit.value
    return metric.better == .lower
      ? range.upperBound <= limit + size * limit.magnitude
      : range.lowerBound >= limit - Threshold.fall(size) * limit.magnitude
  }
}
