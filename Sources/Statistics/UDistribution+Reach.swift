/// The limits of significance for given sizes.
extension UDistribution {
  /// The smallest two-sided p that these sizes can give: 2 / C(old + new, new), at most 1.
  ///
  /// It is reached if all new values are on one side of all old ones. For 3 values per side it is
  /// .1, for 4 .0286, for 5 .0079, for 10 .000011. If the test approximates, so does this function.
  package static func smallestTwoSided(old: Int, new: Int) -> Double {
    smallestTwoSided([Sizes(old: old, new: new)])
  }

  /// The smallest two-sided p of several blocks, reached if each block is at its extreme.
  static func smallestTwoSided(_ blocks: [Sizes]) -> Double {
    guard isExact(pairs: blocks.reduce(0) { $0 + $1.pairs }) else {
      return min(1, 2 * NormalApproximation(blocks).atMost(0))
    }
    return min(1, blocks.reduce(2) { $0 / binomial($1.old + $1.new, $1.new) })
  }

  /// The largest number of values per side that is considered. Nobody launches a benchmark as
  /// often.
  private static let mostValues = 10_000

  /// The smallest number of values per side with which p can be at most `alpha`.
  ///
  /// - Parameters:
  ///   - alpha: The limit in 0...1, divided by the family's size if there is a family.
  ///   - inTurns: True if the values are rounds that are compared in blocks.
  /// - Returns: nil for an alpha of 0, which p cannot reach.
  package static func sizeNeeded(alpha: Double, inTurns: Bool = false) -> Int? {
    guard alpha > 0 else { return nil }
    return (1...mostValues).first { rounds in
      let blocks = inTurns ? Blocks.sizes(rounds: rounds) : [rounds]
      return smallestTwoSided(blocks.map { Sizes(old: $0, new: $0) }) <= alpha
    }
  }

  /// The rank c, from 1, of the pairwise ratio at which the confidence interval begins; it ends at
  /// rank pairs + 1 - c.
  ///
  /// c is the largest for which P(U ≤ c - 1) is not above (1 - confidence) / 2; Lehmann,
  /// "Nonparametrics", 1975. At 95 % it is 1 for 4 values per side, 24 for 10. If U is
  /// approximated, so is c. With ties the interval covers at least as often.
  ///
  /// - Parameter confidence: The confidence, in 0...1; 1 has no interval.
  /// - Returns: 0 if the sizes are too small for an interval.
  package func intervalRank(confidence: Double) -> Int {
    // This tolerance compensates the rounding error of 1 - 0.9: 3 values per side have an interval
    // at 90 %, 1 / 20.
    let tail = (1 - confidence) / 2 * (1 + 1e-9)
    var (low, high) = (0, (pairs + 1) / 2)
    while low < high {
      let middle = (low + high + 1) / 2
      if atMost(middle - 1) <= tail { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
