/// A place in a series without noise from which on the values are others.
///
/// Counts of instructions or allocations are the same for the same code. So every change of them is
/// one of the code, however small it is, and no test is needed.
package struct ExactStep: Hashable, Sendable {
  /// The index of the first of the new values.
  package let index: Int
  package let before: Double
  package let after: Double

  /// All changes of a series, in ascending order. Values that are not finite are gaps.
  package static func all(in series: [Double]) -> [ExactStep] {
    let indices = series.indices.filter { series[$0].isFinite }
    return zip(indices, indices.dropFirst()).compactMap { before, after in
      guard series[before] != series[after] else { return nil }
      return ExactStep(index: after, before: series[before], after: series[after])
    }
  }
}
