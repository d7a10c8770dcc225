/// Between which values of a sample the true median lies.
///
/// Whatever the distribution, each value is above its median half of the time. So the number below
/// it is binomial, and the k-th smallest and k-th largest values bound it; David and Nagaraja, "Order
/// Statistics", 2003, section 7.1.
package enum MedianInterval {
  /// The fewest values that have an interval at 95 %: of 5, all are on one side 6.25 % of the time.
  package static let fewestValues = 6

  /// The rank k, from 1, of the value at which the interval begins; it ends at the k-th largest.
  ///
  /// k is the largest for which P(B ≤ k - 1) is at most .025, for B of `count` throws of a coin.
  ///
  /// - Returns: 0 where there are too few values for an interval.
  static func rank(count: Int) -> Int {
    // 2^-1000 is still a number; above, the normal curve is as good.
    guard count <= 1000 else {
      return Int((Double(count) / 2 - 1.959964 * Double(count).squareRoot() / 2).rounded(.down))
    }
    var (rank, ways) = (0, 1.0)
    var all = 1.0
    for _ in 0..<count { all *= 2 }
    var tail = ways / all
    while tail <= 0.025, rank < count / 2 {
      ways = ways * Double(count - rank) / Double(rank + 1)
      rank += 1
      tail += ways / all
    }
    return rank
  }
}

extension Sample {
  /// The interval of the median at 95 %; nil for fewer than ``MedianInterval/fewestValues``.
  package var medianInterval: ClosedRange<Double>? {
    let rank = MedianInterval.rank(count: count)
    return rank == 0 ? nil : sorted[rank - 1]...sorted[count - rank]
  }
}
