/// The smallest true change that would be shown, at the noise that was seen.
///
/// A change is shown when its estimate is beyond a limit, and far enough from no change for the
/// test; the latter is where the interval at 1 - alpha excludes none. The estimate itself falls short
/// of the truth by more than half the width of an interval at 60 % in a fifth of all cases. So a true
/// change that far beyond both is shown four times out of five, whatever the noise is shaped like:
/// the width of the intervals is the noise.
package struct DetectableEffect: Hashable, Sendable {
  /// new / old or new - old, the worse way: as ``HodgesLehmann/comparison`` says.
  package let estimate: Double

  /// The power at which a change is called detectable.
  package static let power = 0.8

  /// - Parameters:
  ///   - limit: What the estimate must exceed, on the scale of the comparison: a ratio, or a
  ///     difference; not below 1 (or 0), or not above it for a fall.
  ///   - isFall: Whether smaller values are searched for.
  ///   - alpha: What p must not exceed.
  /// - Returns: nil where no data of these sizes could be significant, and for a fall to a ratio
  ///   of 0 or less, which there is not.
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

/// Effects as distances from no change: ratios multiply where differences add.
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
