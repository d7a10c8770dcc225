#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// An assumption on how the noise of a launch depends on that of the launches before it.
///
/// The noise is a sum of two parts. One is independent in each launch. The other, the mood of the
/// machine, is an autoregressive process of order 1, so neighbouring launches share most of it.
struct NoiseCorrelation {
  /// The part of the variance that is the mood's, from 0 to below 1.
  let share: Double
  /// The correlation of the moods of two launches that follow each other, in 0...1.
  let correlation: Double
  /// True if each batch has a mood of its own. Each session always has.
  var isOfBatch = false
  /// The probability of this assumption before anything is measured.
  let prior: Double

  /// Launches that are independent of each other.
  static let independent = NoiseCorrelation(share: 0, correlation: 0, prior: 0.5)

  /// The assumptions that a bisection weighs against each other: independence; moods that last for
  /// five launches, fifty, and five hundred, of which the slow ones describe a drift; and moods that
  /// a batch has from its first launch to its last.
  static let all =
    [independent]
    + [
      (0.5, 0.8), (0.9, 0.8), (0.99, 0.8), (0.5, 0.98), (0.9, 0.98), (0.97, 0.98), (0.2, 0.998),
      (0.8, 0.998),
    ].map { NoiseCorrelation(share: $0, correlation: $1, prior: 0.4 / 8) }
    + [0.5, 0.9, 0.97].map {
      NoiseCorrelation(share: $0, correlation: 1, isOfBatch: true, prior: 0.1 / 3)
    }

  /// Computes the filter for launches in the order of measuring.
  ///
  /// It is Kalman's filter for a mood that is observed with independent noise: the mood's variance
  /// P, given the launches before, and the observation's F = P + (1 − share) / weight lead to the
  /// gain correlation · P / F. Kalman, "A New Approach to Linear Filtering and Prediction Problems",
  /// 1960; for the likelihood, Schweppe, "Evaluation of Likelihood Functions for Gaussian Signals",
  /// 1965.
  ///
  /// - Parameter weights: The weight of each launch: a weight of ¼ stands for an independent noise
  ///   of twice the standard deviation.
  func whitening(_ launches: [BisectionLaunch], weights: [Double]) -> Whitening {
    var (decays, gains, factors): ([Double], [Double], [Double]) = ([], [], [])
    var logDeterminant = 0.0
    var variance = share
    let square = correlation * correlation
    for (place, weight) in weights.enumerated() {
      let total = variance + (1 - share) / weight
      let next = min(place + 1, launches.count - 1)
      let isLast = isLast(launches[place], before: launches[next])
      decays.append(isLast ? 0 : correlation)
      gains.append(isLast ? 0 : correlation * variance / total)
      factors.append(1 / total.squareRoot())
      logDeterminant += log(total)
      variance =
        isLast ? share : square * variance * (1 - variance / total) + share * (1 - square)
    }
    return Whitening(
      decays: decays, gains: gains, factors: factors, logDeterminant: logDeterminant)
  }

  /// True if the mood of a launch ends before the next launch.
  private func isLast(_ launch: BisectionLaunch, before next: BisectionLaunch) -> Bool {
    launch.session != next.session || isOfBatch && launch.batch != next.batch
  }
}

/// A linear filter that turns correlated noise into independent noise of variance 1.
struct Whitening {
  /// The part of the mood expected in each launch that is expected in the next one too: the
  /// correlation, and 0 at the end of a session.
  let decays: [Double]
  /// The part of each launch's surprise that the next launch is expected to repeat.
  let gains: [Double]
  /// One divided by the standard deviation of each launch, given the launches before.
  let factors: [Double]
  /// The logarithm of the determinant of the covariance matrix, for a noise variance of 1.
  let logDeterminant: Double
}

extension Whitening {
  /// Filters one column of the model, eight variants of it at once.
  ///
  /// - Parameters:
  ///   - column: The values of a launch, by its place in the order of measuring.
  ///   - each: Receives the place and the filtered values.
  @inline(__always)
  func filter(
    _ column: (Int) -> SIMD8<Double>, each: (Int, SIMD8<Double>) -> Void
  ) {
    var mood = SIMD8<Double>.zero
    for place in gains.indices {
      let surprise = column(place) - mood
      mood = decays[place] * mood + gains[place] * surprise
      each(place, surprise * factors[place])
    }
  }

  /// Filters one column of the model.
  func filtered(_ column: [Double]) -> [Double] {
    var mood = 0.0
    return column.indices.map { place in
      let surprise = column[place] - mood
      mood = decays[place] * mood + gains[place] * surprise
      return surprise * factors[place]
    }
  }
}
