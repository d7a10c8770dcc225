/// The effect of being the second of a pair on the duration of a launch.
///
/// If two sides take turns, each is first in every second round. If the position does not matter,
/// the values of a side as first and as second have the same distribution, whatever the other side
/// does.
package struct OrderEffect: Hashable, Sendable {
  /// The values as second divided by the values as first.
  package let ratio: Double
  /// The two-sided p of Mann and Whitney's test.
  package let p: Double

  /// Compares the values of one side as first and as second.
  ///
  /// - Parameters:
  ///   - values: The values of one side, one per round in the order of measuring.
  ///   - startsFirst: True if the side was first in the first round.
  /// - Returns: nil for too few rounds, or for values without a ratio.
  package init?(_ values: [Double], startsFirst: Bool) {
    let odd = stride(from: 0, to: values.count, by: 2).map { values[$0] }
    let even = stride(from: 1, to: values.count, by: 2).map { values[$0] }
    let (first, second) = startsFirst ? (odd, even) : (even, odd)
    guard let first = try? Sample(first), let second = try? Sample(second) else { return nil }
    var tables = UDistributions()
    guard
      let ratio = HodgesLehmann(old: first, new: second, tables: &tables).ratio
    else { return nil }
    self.ratio = ratio
    p = MannWhitney(old: first, new: second, tables: &tables).twoSided
  }
}
