/// The difference between the new side and the old.
package enum Effect: Hashable, Sendable {
  /// The ratio new / old, with its interval if the sizes allow one.
  case ratio(Double, ClosedRange<Double>?)
  /// The difference new - old if there is no ratio: old is zero, or both are rates.
  case fromZero(Double, ClosedRange<Double>?)

  /// The estimate on its own scale: 1 or 0 if nothing changed.
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

  /// The relative change, new / old - 1.
  package var change: Double? {
    guard case .ratio(let ratio, _) = self else { return nil }
    return ratio - 1
  }

  /// The difference new - old if old is zero or rates are compared, with its interval.
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
