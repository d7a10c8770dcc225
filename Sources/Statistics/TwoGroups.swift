/// Values that form two groups, with a gap between them that neither group has within itself.
///
/// A launch that is sometimes slow for a reason of its own (another host, an address that is
/// unfavourable for a cache) behaves like two programs. The rule: at least a fifth of the values,
/// and at least three, are on either side of the widest gap, and the gap is at least twice as wide
/// as the wider group (as wide, from 20 values on), and at least a twentieth of the largest value
/// below it. For ten and more values with noise of 1 to 30 % the rule applies in less than one of
/// 200 samples.
package struct TwoGroups: Hashable, Sendable {
  /// The number of values in the lower group, and their median.
  package let low: (count: Int, median: Double)
  /// The number of values in the upper group, and their median.
  package let high: (count: Int, median: Double)

  /// The fewest values for which groups can be recognized.
  private static let fewest = 10

  /// Divides a sample into two groups.
  ///
  /// - Returns: nil for values that are one group, are too few, or are not above zero.
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

  /// The median of the upper group divided by that of the lower group.
  package var ratio: Double { high.median / low.median }

  package static func == (a: TwoGroups, b: TwoGroups) -> Bool { a.low == b.low && a.high == b.high }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(low.count)
    hasher.combine(high.count)
    hasher.combine(low.median)
    hasher.combine(high.median)
  }
}
