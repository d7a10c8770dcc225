/// The confidence interval of a median, between two values of the sample.
///
/// For any distribution, a value is above the median half of the time. The number of values below
/// it is therefore binomial, and the k-th smallest and k-th largest values bound it; David and
/// Nagaraja, "Order Statistics", 2003, section 7.1.
package enum MedianInterval {
  /// The smallest number of values that have an interval: 6 at 95 %, since 5 values are all on one
  /// side 6.25 % of the time; 8 at 99 %.
  ///
  /// - Returns: nil for a confidence of 1, which no number of values reaches.
  package static func fewestValues(confidence: Double = UsualLevel.confidence) -> Int? {
    (1...1000).first { rank(count: $0, confidence: confidence) > 0 }
  }

  /// The rank k, from 1, of the value at which the interval begins; it ends at the k-th largest.
  ///
  /// k is the largest for which P(B ≤ k - 1) is at most (1 - confidence) / 2, where B is the number
  /// of heads in `count` throws of a coin.
  ///
  /// - Returns: 0 if there are too few values for an interval.
  static func rank(count: Int, confidence: Double) -> Int {
    // This tolerance compensates the rounding error of 1 - 0.95.
    let most = (1 - confidence) / 2 * (1 + 1e-9)
    // 2^-1000 is still a normal floating-point number; above, the normal curve is as good.
    guard count <= 1000 else {
      let reach = NormalCurve.exceeded(by: most) * Double(count).squareRoot()
      return max(0, Int((Double(count) / 2 - reach / 2).rounded(.down)))
    }
    var (rank, ways) = (0, 1.0)
    var all = 1.0
    for _ in 0..<count { all *= 2 }
    var tail = ways / all
    while tail <= most, rank < count / 2 {
      ways = ways * Double(count - rank) / Double(rank + 1)
      rank += 1
      tail += ways / all
    }
    return rank
  }
}

extension Sample {
  /// The interval of the median; nil for fewer values than
  /// ``MedianInterval/fewestValues(confidence:)``.
  ///
  /// - Parameter confidence: In 0...1.
  package func medianInterval(confidence: Double = UsualLevel.confidence) -> ClosedRange<Double>? {
    let rank = MedianInterval.rank(count: count, confidence: confidence)
    return rank == 0 ? nil : sorted[rank - 1]...sorted[count - rank]
  }
}
