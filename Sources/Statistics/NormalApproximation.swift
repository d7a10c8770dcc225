/// The normal curve that stands in for the distribution of U where counting takes too long.
///
/// Mann and Whitney, "On a Test of Whether one of Two Random Variables is Stochastically Larger
/// than the Other", 1947; the variance under ties is that of Lehmann, "Nonparametrics", 1975. Each
/// tail includes the observed U, so it begins half a step further out: the continuity correction.
/// Near p = .01 it is wrong by a half at 5 values a side and by a quarter at 10.
struct NormalApproximation {
  private let mean: Double
  private let deviation: Double

  /// `tieTerm` is the sum of t³ - t over groups of t equal values; 0 without ties.
  init(old: Int, new: Int, tieTerm: Double = 0) {
    let pairs = Double(old) * Double(new)
    let total = Double(old + new)
    let variance = pairs / 12 * (total + 1 - tieTerm / (total * (total - 1)))
    mean = pairs / 2
    deviation = max(0, variance).squareRoot()
  }

  /// P(U ≤ u); 1 where U can have one value only.
  func atMost(_ u: Double) -> Double {
    guard deviation > 0 else { return 1 }
    return NormalCurve.above((mean - u - 0.5) / deviation)
  }

  /// P(U ≥ u), the mirror image of ``atMost(_:)``.
  func atLeast(_ u: Double) -> Double {
    atMost(2 * mean - u)
  }
}
