/// One side of a comparison in figures.
package struct Side: Hashable, Sendable {
  package let rounds: Int
  /// The median of the values that were compared, in the metric's unit.
  package let median: Double

  package init(rounds: Int, median: Double) {
    self.rounds = rounds
    self.median = median
  }
}
