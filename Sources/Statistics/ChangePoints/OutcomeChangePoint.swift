/// A place in a series of outcomes from which on attempts are solved at another rate.
package struct OutcomeChangePoint: Hashable, Sendable {
  /// The index of the first point of the new level.
  package let index: Int
  /// All attempts of the two levels, and the difference of their rates with its 95 % interval.
  package let change: RateDifference
  /// The exact test of the same attempts. The place was chosen because it separates them, so p is
  /// smaller than one of a place that was known before: see ``OutcomeChangePoints``.
  package let test: OutcomeTest

  package var p: Double { test.twoSided }
}
