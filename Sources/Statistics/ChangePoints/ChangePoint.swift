/// A place in a series from which on the values have another level.
package struct ChangePoint: Hashable, Sendable {
  /// The index of the first value of the new level.
  package let index: Int
  /// The comparison of the values before and after it: a ratio for positive values, otherwise a
  /// difference, with its 95 % interval. The interval is nil if a side has too few values for one.
  package let change: HodgesLehmann
  /// The test of the same values. Its two-sided p belongs into the family of all points of a query.
  ///
  /// A place that was chosen because it separates the values is no independent test: this p is
  /// smaller than one of a place that was known before. The rules of ``ChangePoints`` make up for
  /// that, ``FamilyCorrection`` only for the number of points.
  package let test: MannWhitney
  /// The numbers of values that were compared, at most ``ChangePoints/mostNeighbours`` on each side.
  package let compared: UDistribution.Sizes

  /// The exact or approximated two-sided p of the change.
  package var p: Double { test.twoSided }
}
