/// Whether a launch takes longer or shorter for being the second of a pair.
///
/// Of two sides that take turns, each is the first one in every other round. If its place does not
/// matter, its values as first and as second are of one distribution, whatever the other side is like.
package struct OrderEffect: Hashable, Sendable {
  /// As second / as first.
  package let ratio: Double
  /// Two-sided, of Mann and Whitney's test.
  package let p: Double

  /// - Parameters:
  ///   - values: Of one side, one for each round in the order of measuring.
  ///   - startsFirst: Whether it was the first one in the first round.
  /// - Returns: nil for too few rounds, or values without a ratio.
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
