import Measurements

/// How a gate takes what stays undecided.
package enum Strictness: Hashable, Sendable {
  /// It is told, and passes.
  case lenient
  /// It fails where its numbers leave room for a regression of this size, 0.5 for 50 %.
  case excluding(Double)
  /// It fails.
  case everything
}

extension Policy {
  /// What a gate says of a series that stays undecided; one whose regression would pass passes too.
  func outcome(ofUndecided seriesResult: SeriesResult) -> Outcome {
    guard seriesResult.decides,
      severities.response(to: .regression, of: seriesResult.id) ?? .fail == .fail
    else {
      return .undecided
    }
    if seriesResult.isOfUnknownDirection {
      // An interval excludes no regression where nobody knows which way that is.
      return guessed == .fail || strictness != .lenient ? .inconclusive : .undecided
    }
    switch strictness {
    case .lenient: return .undecided
    case .everything: return .inconclusive
    case .excluding(let size): return seriesResult.excludes(size) ? .undecided : .inconclusive
    }
  }

  /// What it says of a budget that stays undecided.
  func outcome(ofUndecided ruling: BudgetRuling) -> Outcome {
    switch strictness {
    case .lenient: return .undecided
    case .everything: return .inconclusive
    case .excluding(let size): return ruling.excludes(size) ? .undecided : .inconclusive
    }
  }
}

extension SeriesResult {
  /// Whether it changed, and nobody says whether for the better.
  var isOfUnknownDirection: Bool {
    if case .inconclusive(.directionUnknown) = verdict { true } else { false }
  }

  /// Whether the interval leaves no room for a regression of a size; where there is none, whether no
  /// two values do.
  fileprivate func excludes(_ size: Double) -> Bool {
    guard let comparison else { return false }
    let limit = Limit(threshold: Sourced(size, from: ""), floor: limit.floor)
    let bounds = Bounds(better: metric.better, limit: limit, oldMedian: comparison.old.median)
    return bounds.excludesRegression(
      comparison.effect, within: comparison.effect.range ?? comparison.span)
  }
}

extension BudgetRuling {
  /// Whether the interval, or where there is none the values, leave no room for an excess of a size.
  fileprivate func excludes(_ size: Double) -> Bool {
    guard let range = interval ?? span else { return false }
    let limit = budget.limit.value
    return metric.better == .lower
      ? range.upperBound <= limit + size * limit.magnitude
      : range.lowerBound >= limit - Threshold.fall(size) * limit.magnitude
  }
}
