/// The likelihood of each possible culprit, from the launches alone.
///
/// Candidates between two neighbouring measured positions explain the launches equally well, so
/// there is one likelihood per interval. ``init(values:step:)`` computes it for a metric, and
/// ``init(outcomes:)`` for outcomes; whatever follows is the same for both.
package struct BisectionEvidence: Sendable {
  /// The candidates after one measured position, up to and including the next one.
  struct Interval: Sendable {
    /// The last candidate of the interval, which is a measured position.
    let end: Int
    /// The logarithm of the likelihood of each candidate of the interval. Only differences between
    /// intervals have a meaning.
    let logLikelihood: Double
  }

  /// The intervals in ascending order. The last one ends with the bad end.
  let intervals: [Interval]
  /// The distance between the levels of the ends in standard deviations of one launch, at least 0.
  package let separation: Double
  private let launches: [Int: Int]

  init(_ launches: [BisectionLaunch], intervals: [Interval], separation: Double) {
    self.intervals = intervals
    self.separation = separation
    self.launches = launches.reduce(into: [:]) { $0[$1.position, default: 0] += 1 }
  }

  /// The number of launches at a position.
  package func launches(at position: Int) -> Int { launches[position, default: 0] }
}

extension [BisectionLaunch] {
  /// The measured positions in ascending order.
  ///
  /// - Precondition: The good end is among them, and another position, the bad end.
  var positions: [Int] {
    let positions = Set(map(\.position)).sorted()
    precondition(positions.count > 1 && positions[0] == 0, "both ends are measured")
    return positions
  }
}
