/// The normal curve that replaces the distribution of U if counting takes too long.
///
/// Mann and Whitney, "On a Test of Whether one of Two Random Variables is Stochastically Larger
/// than the Other", 1947; the variance under ties is that of Lehmann, "Nonparametrics", 1975. Each
/// tail includes the observed U, so it begins half a step further out: the continuity correction.
/// Near p = .01 it is wrong by a half at 5 values per side and by a quarter at 10.
struct NormalApproximation {
  private let mean: Double
  private let deviation: Double

  /// Creates the curve of one block. `tieTerm` is the sum of t³ - t over groups of t equal values;
  /// 0 without ties.
  init(old: Int, new: Int, tieTerm: Double = 0) {
    self.init([UDistribution.Sizes(old: old, new: new)], tieTerms: [tieTerm])
  }

  /// Creates the curve of a sum over independent blocks, whose variances are added.
  init(_ blocks: [UDistribution.Sizes], tieTerms: [Double]? = nil) {
    var (mean, variance) = (0.0, 0.0)
    for (place, block) in blocks.enumerated() {
      let pairs = Double(block.old) * Double(block.new)
      let total = Double(block.old + block.new)
      let tieTerm = tieTerms?[place] ?? 0
      mean += pairs / 2
      variance += max(0, pairs / 12 * (total + 1 - tieTerm / (total * (total - 1))))
    }
    self.mean = mean
    deviation = variance.squareRoot()
  }

  /// P(U ≤ u); 1 if U can have only one value.
  func atMost(_ u: Double) -> Double {
    guard deviation > 0 else { return 1 }
    return NormalCurve.above((mean - u - 0.5) / deviation)
  }

  /// P(U ≥ u), by the symmetry of ``atMost(_:)``.
  func atLeast(_ u: Double) -> Double {
    atMost(2 * mean - u)
  }
}
