/// The way in which a new value is compared with an old one.
package enum PairwiseComparison: Hashable, Sendable {
  /// The ratio new / old, which has no unit; only for positive values.
  case ratio
  /// The difference new - old, in the unit of the values.
  case difference

  /// Compares two values. The result grows with `new` and falls with `old`, rounding included.
  func callAsFunction(old: Double, new: Double) -> Double {
    switch self {
    case .ratio: new / old
    case .difference: new - old
    }
  }

  /// The middle of two comparisons of this kind: the geometric mean for ratios.
  func middle(_ a: Double, _ b: Double) -> Double {
    guard a != b else { return a }
    return switch self {
    case .ratio: a.squareRoot() * b.squareRoot()
    case .difference: a / 2 + b / 2
    }
  }
}
