/// How much the new side differs from the old.
package enum Effect: Hashable, Sendable {
  /// new / old, with its interval where the sizes allow one.
  case ratio(Double, ClosedRange<Double>?)
  /// new - old where old is zero, so that there is no ratio.
  case fromZero(Double, ClosedRange<Double>?)

  /// The figure on its own scale: 1 or 0 where nothing changed.
  var estimate: Double {
    switch self {
    case .ratio(let estimate, _), .fromZero(let estimate, _): estimate
    }
  }

  /// The interval of ``estimate``.
  var range: ClosedRange<Double>? {
    switch self {
    case .ratio(_, let range), .fromZero(_, let range): range
    }
  }

  /// new / old - 1.
  package var change: Double? {
    guard case .ratio(let ratio, _) = self else { return nil }
    return ratio - 1
  }

  /// new - old, where old is zero, with its interval.
  package var difference: (estimate: Double, interval: ClosedRange<Double>?)? {
    guard case .fromZero(let difference, let interval) = self else { return nil }
    return (difference, interval)
  }

  /// The interval of ``change``.
  package var interval: ClosedRange<Double>? {
    guard case .ratio(_, let interval?) = self else { return nil }
    return interval.lowerBound - 1...interval.upperBound - 1
  }
}
