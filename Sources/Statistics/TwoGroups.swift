/// Values that fall into two groups, with a gap between them that neither has within itself.
///
/// A launch that is slow now and then for a reason of its own (another host, an address that falls badly
/// into a cache) makes two programs of one. The rule is plain: at least a fifth of the values, and three of
/// them, are on either side of the widest gap, and the gap is at least twice as wide as the wider group
/// (as wide, of 20 values on), and a twentieth of what lies below it. Of ten and more values with noise of 1
/// to 30 % it fires in less than one of 200 samples.
package struct TwoGroups: Hashable, Sendable {
  /// How many values are in the lower group, and its median.
  package let low: (count: Int, median: Double)
  /// The same of the upper group.
  package let high: (count: Int, median: Double)

  /// Of fewer values nobody can say what is a group.
  private static let fewest = 10

  /// - Returns: nil for values that are one group, are too few, or not above zero.
  package init?(_ sample: Sample) {
    let values = sample.sorted
    guard values.count >= Self.fewest, values[0] > 0 else { return nil }
    let least = max(3, (values.count + 4) / 5)
    let places = least...(values.count - least)
    let gap = { (place: Int) in values[place] - values[place - 1] }
    guard let place = places.max(by: { gap($0) < gap($1) }) else { return nil }
    let widest = max(values[place - 1] - values[0], values[values.count - 1] - values[place])
    guard gap(place) >= (values.count < 20 ? 2 : 1) * widest, gap(place) >= values[place - 1] / 20
    else { return nil }
    let (below, above) = (Sample(values[..<place]), Sample(values[place...]))
    low = (below.count, below.median)
    high = (above.count, above.median)
  }

  /// How many times the lower group the upper one is.
  package var ratio: Double { high.median / low.median }

  package static func == (a: TwoGroups, b: TwoGroups) -> Bool { a.low == b.low && a.high == b.high }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(low.count)
    hasher.combine(high.count)
    hasher.combine(low.median)
    hasher.combine(high.median)
  }
}
