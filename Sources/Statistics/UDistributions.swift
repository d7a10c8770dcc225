/// The distributions that a gate has needed so far, each computed once.
///
/// It is a value that each comparison passes on; there is no process-wide state.
package struct UDistributions: Sendable {
  private var known: [UDistribution.Sizes: UDistribution] = [:]
  /// The distributions of several blocks.
  private var sums: [[UDistribution.Sizes]: UDistribution] = [:]

  package init() {}

  package mutating func distribution(old: Int, new: Int) -> UDistribution {
    let sizes = UDistribution.Sizes(old: old, new: new)
    if let distribution = known[sizes] { return distribution }
    let distribution = UDistribution(blocks: [sizes])
    known[sizes] = distribution
    return distribution
  }

  mutating func distribution(of blocks: Blocks) -> UDistribution {
    guard blocks.count > 1 else {
      return distribution(old: blocks.first.old.count, new: blocks.first.new.count)
    }
    let sizes = blocks.sizes
    if let distribution = sums[sizes] { return distribution }
    let distribution = UDistribution(blocks: sizes)
    sums[sizes] = distribution
    return distribution
  }
}
