/// What sizes can and cannot show.
extension UDistribution {
  /// The smallest two-sided p that these sizes can give: 2 / C(old + new, new), at most 1.
  ///
  /// It is reached when all new values are on one side of all old ones. For 3 values a side it is
  /// .1, for 4 .0286, for 5 .0079, for 10 .000011. Where the test approximates, so does this.
  package static func smallestTwoSided(old: Int, new: Int) -> Double {
    smallestTwoSided([Sizes(old: old, new: new)])
  }

  /// The same of blocks, of which each is at its end.
  static func smallestTwoSided(_ blocks: [Sizes]) -> Double {
    guard isExact(pairs: blocks.reduce(0) { $0 + $1.pairs }) else {
      return min(1, 2 * NormalApproximation(blocks).atMost(0))
    }
    return min(1, blocks.reduce(2) { $0 / binomial($1.old + $1.new, $1.new) })
  }

  /// The most values a side that are worth asking about: nobody launches a benchmark as often.
  private static let mostValues = 10_000

  /// The smallest number of values a side with which p can come down to `alpha`.
  ///
  /// - Parameters:
  ///   - alpha: In 0...1, after division by the family's size where there is one.
  ///   - inTurns: Whether they are rounds that are compared in blocks.
  /// - Returns: nil for an alpha of 0, which is out of reach.
  package static func sizeNeeded(alpha: Double, inTurns: Bool = false) -> Int? {
    guard alpha > 0 else { return nil }
    return (1...mostValues).first { rounds in
      let blocks = inTurns ? Blocks.sizes(rounds: rounds) : [rounds]
      return smallestTwoSided(blocks.map { Sizes(old: $0, new: $0) }) <= alpha
    }
  }

  /// The rank c, from 1, of the pairwise ratio at which the confidence interval begins; it ends
  /// at rank pairs + 1 - c.
  ///
  /// c is the largest for which P(U ≤ c - 1) is not above (1 - confidence) / 2; Lehmann,
  /// "Nonparametrics", 1975. At 95 % it is 1 for 4 values a side, 24 for 10. Where U is
  /// approximated, so is c. With ties the interval covers at least as often.
  ///
  /// - Parameter confidence: In 0...1; 1 has no interval.
  /// - Returns: 0 where the sizes are too small for an interval.
  package func intervalRank(confidence: Double) -> Int {
    // The slack gives back what 1 - 0.9 loses: 3 values a side have an interval at 90 %, 1 / 20.
    let tail = (1 - confidence) / 2 * (1 + 1e-9)
    var (low, high) = (0, (pairs + 1) / 2)
    while low < high {
      let middle = (low + high + 1) / 2
      if atMost(middle - 1) <= tail { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
