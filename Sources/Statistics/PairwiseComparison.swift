/// How a new value is compared with an old one.
package enum PairwiseComparison: Hashable, Sendable {
  /// new / old, which needs no unit; only for positive values.
  case ratio
  /// new - old, in the unit of the values.
  case difference

  /// Grows with `new` and falls with `old`, rounding included.
  func callAsFunction(old: Double, new: Double) -> Double {
    switch self {
    case .ratio: new / old
    case .difference: new - old
    }
  }

  /// Half way between two comparisons of the kind: ratios have a geometric mean.
  func middle(_ a: Double, _ b: Double) -> Double {
    guard a != b else { return a }
    return switch self {
    case .ratio: a.squareRoot() * b.squareRoot()
    case .difference: a / 2 + b / 2
    }
  }
}
