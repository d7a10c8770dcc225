/// The smallest true change that would be shown, at the noise that was measured.
///
/// A change is shown if its estimate exceeds a limit and is far enough from no change for the test,
/// which means that the interval at 1 - alpha excludes no change. The estimate falls short of the
/// true change by more than half the width of an interval at 60 % in a fifth of all cases. A true
/// change that exceeds both limits by that distance is therefore shown four times out of five,
/// whatever the distribution of the noise: the width of the intervals is the noise.
package struct DetectableEffect: Hashable, Sendable {
  /// The change as new / old or new - old, in the direction of a regression, as
  /// ``HodgesLehmann/comparison`` says.
  package let estimate: Double

  /// The power at which a change is called detectable.
  package static let power = 0.8

  /// Computes the effect from the noise of both sides.
  ///
  /// - Parameters:
  ///   - limit: The value that the estimate must exceed, on the scale of the comparison: a ratio or
  ///     a difference. It is not below 1 (or 0), or for a fall not above it.
  ///   - isFall: True if smaller values are searched for.
  ///   - alpha: The largest p that is significant.
  /// - Returns: nil if no data of these sizes could be significant, and for a fall to a ratio of 0
  ///   or less, which does not exist.
  package init?(
    _ blocks: Blocks, limit: Double, isFall: Bool, alpha: Double, tables: inout UDistributions
  ) {
    let strict = HodgesLehmann(blocks, confidence: 1 - alpha, tables: &tables)
    let loose = HodgesLehmann(blocks, confidence: 2 * Self.power - 1, tables: &tables)
    guard let reach = strict.interval, let shortfall = loose.interval else { return nil }
    let comparison = strict.comparison
    guard limit > 0 || comparison == .difference else { return nil }
    let bar = isFall ? comparison.opposite(limit) : limit
    let effect = comparison.sum(
      max(bar, comparison.halfWidth(reach)), comparison.halfWidth(shortfall))
    estimate = isFall ? comparison.opposite(effect) : effect
    guard estimate.isFinite else { return nil }
  }
}

/// Effects as distances from no change: ratios are multiplied, differences are added.
extension PairwiseComparison {
  fileprivate func sum(_ a: Double, _ b: Double) -> Double { self == .ratio ? a * b : a + b }

  fileprivate func opposite(_ effect: Double) -> Double { self == .ratio ? 1 / effect : -effect }

  fileprivate func halfWidth(_ interval: ClosedRange<Double>) -> Double {
    switch self {
    case .ratio: interval.upperBound.squareRoot() / interval.lowerBound.squareRoot()
    case .difference: interval.upperBound / 2 - interval.lowerBound / 2
    }
  }
}
