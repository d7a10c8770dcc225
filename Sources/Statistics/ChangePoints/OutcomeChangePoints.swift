#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The places at which the rate of solved attempts changes in a series.
///
/// The series is divided with the largest likelihood less a penalty for each change,
/// ``OptimalSegmentation``, at least three points a level. Then the changes that are too small or too
/// uncertain are removed, the weakest first. One bad session is not a level: without the point
/// of either side that speaks most for it, a change must still be one at .05.
///
/// The places come out of a search, so their p are not those of independent tests. A change is
/// therefore kept only for a p of at most .05 / n, for n points: Bonferroni's correction for all
/// places. Attempts must be independent of each other: a fleet whose rate differs from session to
/// session by more than chance shows more changes.
///
/// Simulated, unchanged rates of .5 and .9 with 1, 3 and 20 attempts a point: no point in 1,000
/// series of 1,000 each, and one in 80 to 800 series of 50. A drop from .9 to .7 in the middle of
/// 1,000 points is found in all; of 60 points in 9, 60 and 100 % with 1, 3 and 20 attempts. A change
/// of just the margin is found half of the time.
package struct OutcomeChangePoints: Hashable, Sendable {
  package let points: [OutcomeChangePoint]
  /// The attempts of the levels between them, one more than points; none if there are no attempts.
  package let levels: [TaskAttempts.Side]

  /// The smallest difference of two rates that counts if nobody says otherwise: ten points.
  package static let usualMargin = 0.1
  /// The fewest points of a level.
  package static let fewestPoints = 3
  /// The penalty of a change is this factor times ln n: half of that of ``ChangePoints``, whose cost
  /// is twice a negative log-likelihood.
  private static let penaltyFactor = 1.5

  /// Finds the changes of a series.
  ///
  /// - Parameters:
  ///   - series: The attempts of each commit or period, in their order; nil for a gap.
  ///   - margin: The smallest difference of rates that counts, in 0...1.
  /// - Complexity: O(n · pieces): 10,000 points take about 10 ms.
  package init(in series: [TaskAttempts.Side?], margin: Double = usualMargin) {
    let indices = series.indices.filter { series[$0] != nil }
    let known = series.compactMap(\.self)
    guard !known.isEmpty else {
      (points, levels) = ([], [])
      return
    }
    let count = Double(known.count)
    let candidates = OptimalSegmentation<BinomialDeviance>(
      known, penalty: Self.penaltyFactor * log(count), fewest: Self.fewestPoints,
      levels: BinomialDeviance.levels
    ).changes
    let pruning = OutcomePruning(
      candidates, of: known, largestP: UsualLevel.alpha / count, margin: margin)
    levels = pruning.levels.map(\.sum)
    points = zip(pruning.places, pruning.changes).compactMap { place, change in
      RateDifference([change.sides]).map {
        OutcomeChangePoint(index: indices[place], change: $0, test: change.test)
      }
    }
  }
}
