/// The order in which the commits of a line are measured, so that one that is cut short is useful.
///
/// Places are counted from one end of the line. The two ends come first, because they show whether
/// anything changed. Then the line becomes finer: each step takes the middle of the largest gap
/// between places that are measured. The ranges of interest are finished before the rest.
package enum BackfillOrder {
  /// The places that are not measured, in the order in which to measure them.
  ///
  /// The gap with the lowest places is first among equal ones. Time and memory grow with the count.
  ///
  /// - Parameters:
  ///   - count: The number of places on the line.
  ///   - measured: The places that have numbers.
  ///   - interest: Ranges of places to measure before the others, such as those around change points.
  ///     They may overlap, and lie partly beyond the line.
  package static func places(
    count: Int, measured: Set<Int> = [], interest: [Range<Int>] = []
  ) -> [Int] {
    guard count > 0 else { return [] }
    var known = [Bool](repeating: false, count: count)
    for place in measured where known.indices.contains(place) { known[place] = true }
    var order: [Int] = []
    func take(_ places: [Int]) {
      for place in places where !known[place] {
        known[place] = true
        order.append(place)
      }
    }
    take([0, count - 1])
    var isInteresting = [Bool](repeating: false, count: count)
    for range in interest {
      for place in range.clamped(to: 0..<count) { isInteresting[place] = true }
    }
    take(middles(of: gaps(in: count) { !known[$0] && isInteresting[$0] }))
    take(middles(of: gaps(in: count) { !known[$0] }))
    return order
  }

  /// The maximal ranges of places that are in a gap.
  private static func gaps(in count: Int, _ isGap: (Int) -> Bool) -> [Range<Int>] {
    var gaps: [Range<Int>] = []
    var start: Int?
    for place in 0...count {
      if place < count, isGap(place) {
        start = start ?? place
      } else if let first = start {
        gaps.append(first..<place)
        start = nil
      }
    }
    return gaps
  }

  /// All places of some gaps: the middle of the largest gap, then that of the largest of those that
  /// are left.
  private static func middles(of gaps: [Range<Int>]) -> [Int] {
    // The parts of a gap are smaller than it, so each length is complete when its turn comes.
    var ofLength: [[Range<Int>]] = Array(repeating: [], count: (gaps.map(\.count).max() ?? 0) + 1)
    for gap in gaps { ofLength[gap.count].append(gap) }
    var middles: [Int] = []
    for length in ofLength.indices.dropFirst().reversed() {
      for gap in ofLength[length].sorted(by: { $0.lowerBound < $1.lowerBound }) {
        let middle = gap.lowerBound + (gap.count - 1) / 2
        middles.append(middle)
        for part in [gap.lowerBound..<middle, middle + 1..<gap.upperBound] where !part.isEmpty {
          ofLength[part.count].append(part)
        }
      }
    }
    return middles
  }
}
