#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The model of a bisection: launches before the culprit have one level, the others another one.
///
/// Both levels and the scale of the noise are unknown. Their prior is flat for the levels and 1/σ
/// for the scale, the limit of the normal-inverse-gamma family without knowledge. Integrated over
/// all three, the likelihood of culprit k for T launches with covariance σ²·V is
///
///     log L(k) = −(T − 2)/2 · ln max(SSE(k), T·resolution²) − ½ ln |XᵀV⁻¹X| − ½ ln |V|
///
/// X has a column of ones and one that is 1 from the culprit on, and SSE is the sum of the squares
/// that generalized least squares leave (Zellner, "An Introduction to Bayesian Inference in
/// Econometrics", 1971, chapter 3). For independent launches of weight 1, |XᵀV⁻¹X| is the number
/// of launches before the culprit times the number from it on.
struct TwoLevels {
  /// The values in the order of measuring, with a mean near 0 to keep precision.
  let values: [Double]
  /// The index of the launch's position among the measured positions, from 0 for the good end.
  let ranks: [Double]
  /// The number of intervals between measured positions.
  let intervals: Int
  /// The smallest standard deviation of the noise: no value is known better.
  let resolution: Double

  /// The log likelihood of each interval, if the noise is correlated as assumed.
  ///
  /// - Complexity: O(launches · intervals), eight intervals at a time.
  func logLikelihoods(_ whitening: Whitening) -> [Double] {
    let y = whitening.filtered(values)
    let ones = whitening.filtered(Array(repeating: 1, count: values.count))
    return stride(from: 1, through: intervals, by: 8).flatMap { first in
      let starts = SIMD8<Double>(0, 1, 2, 3, 4, 5, 6, 7) + Double(first)
      let sums = Sums(whitening, y: y, ones: ones, ranks: ranks, starts: starts)
      return (0..<min(8, intervals - first + 1)).map { lane in
        logLikelihood(sums, lane) - whitening.logDeterminant / 2
      }
    }
  }

  private func logLikelihood(_ sums: Sums, _ lane: Int) -> Double {
    let count = Double(values.count)
    let (ii, ij, jj) = (sums.onesOnes, sums.onesNew[lane], sums.newNew[lane])
    let (iy, jy) = (sums.onesValues, sums.newValues[lane])
    let determinant = max(ii * jj - ij * ij, 1e-12 * ii * jj)
    let explained = (iy * iy * jj - 2 * iy * jy * ij + jy * jy * ii) / determinant
    let squares = max(sums.valuesValues - explained, count * resolution * resolution)
    return -(count - 2) / 2 * log(squares) - log(determinant) / 2
  }
}

/// The sums of products of the filtered columns: ones, new (1 from the culprit on), and values.
private struct Sums {
  var onesOnes = 0.0
  var onesValues = 0.0
  var valuesValues = 0.0
  var onesNew = SIMD8<Double>.zero
  var newNew = SIMD8<Double>.zero
  var newValues = SIMD8<Double>.zero

  init(
    _ whitening: Whitening, y: [Double], ones: [Double], ranks: [Double], starts: SIMD8<Double>
  ) {
    for place in y.indices {
      onesOnes += ones[place] * ones[place]
      onesValues += ones[place] * y[place]
      valuesValues += y[place] * y[place]
    }
    whitening.filter { place in
      SIMD8<Double>.zero.replacing(with: 1, where: starts .<= ranks[place])
    } each: { place, new in
      onesNew += ones[place] * new
      newNew += new * new
      newValues += y[place] * new
    }
  }
}
