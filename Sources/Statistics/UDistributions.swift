/// The distributions that a gate has needed so far, each computed once.
///
/// A value, passed along by whoever compares; there is no process-wide state.
package struct UDistributions: Sendable {
  private struct Sizes: Hashable {
    let old: Int
    let new: Int
  }

  private var known: [Sizes: UDistribution] = [:]

  package init() {}

  package mutating func distribution(old: Int, new: Int) -> UDistribution {
    let sizes = Sizes(old: old, new: new)
    if let distribution = known[sizes] { return distribution }
    let distribution = UDistribution(old: old, new: new)
    known[sizes] = distribution
    return distribution
  }
}
