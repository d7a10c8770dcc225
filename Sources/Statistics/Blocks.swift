/// The values of two sides, grouped into blocks within which they may be compared.
///
/// Interleaved launches share the state of the machine, so each new value is compared only with the
/// old values of its own block. A block has four consecutive rounds; in the order ABBA ABBA each
/// side is then first as often as the other. Values that are not interleaved form one block.
package struct Blocks: Hashable, Sendable {
  /// The values of the first block.
  let first: Block
  /// The values of all other blocks. A single block needs no array.
  let others: [Block]

  package struct Block: Hashable, Sendable {
    package let old: Sample
    package let new: Sample

    package init(old: Sample, new: Sample) {
      self.old = old
      self.new = new
    }

    /// The number of values of each side.
    var sizes: UDistribution.Sizes { UDistribution.Sizes(old: old.count, new: new.count) }
  }

  /// Puts all values of both sides into one block.
  package init(old: Sample, new: Sample) {
    first = Block(old: old, new: new)
    others = []
  }

  /// Divides the rounds of both sides, which were launched in turns, into blocks.
  ///
  /// - Parameters:
  ///   - old: The old values, one per round.
  ///   - new: The new values, as many and in the same order.
  ///   - sizes: The number of rounds of each block, see ``sizes(rounds:sessionsFrom:)``. Their sum
  ///     is the number of rounds. An empty array makes a single block.
  package init(old: Sample, new: Sample, sizes: [Int]) {
    var (blocks, start) = ([Block](), 0)
    for size in sizes {
      let range = start..<start + size
      blocks.append(Block(old: Sample(old.values[range]), new: Sample(new.values[range])))
      start += size
    }
    first = blocks.first ?? Block(old: old, new: new)
    others = Array(blocks.dropFirst())
  }

  /// All blocks; no side of a block is empty.
  package var all: [Block] { [first] + others }

  package var count: Int { 1 + others.count }

  /// The numbers of rounds of the blocks of a session. Each block has four rounds, and the last one
  /// has the remaining four to seven. Fewer than eight rounds are one block.
  package static func sizes(rounds: Int) -> [Int] {
    guard rounds > 0 else { return [] }
    let whole = max(1, rounds / 4)
    return Array(repeating: 4, count: whole - 1) + [rounds - 4 * (whole - 1)]
  }

  /// The numbers of rounds of the blocks of several sessions. No block spans two sessions.
  ///
  /// - Parameter starts: The indices of the rounds with which sessions begin. The index of the
  ///   first session may be omitted.
  package static func sizes(rounds: Int, sessionsFrom starts: [Int]) -> [Int] {
    let ends = Set(starts.filter { 0 < $0 && $0 < rounds }).sorted() + [rounds]
    return zip([0] + ends, ends).flatMap { sizes(rounds: $1 - $0) }
  }

  /// The number of values of each side, for each block.
  var sizes: [UDistribution.Sizes] { all.map(\.sizes) }

  /// The number of pairs of an old and a new value of the same block.
  var pairs: Int { others.reduce(first.sizes.pairs) { $0 + $1.sizes.pairs } }

  /// The smallest two-sided p that these sizes can give.
  package var smallestTwoSided: Double { UDistribution.smallestTwoSided(sizes) }

  /// The comparison that all values allow: ratios if these can be computed, otherwise differences.
  package var comparison: PairwiseComparison {
    func isRatio(_ block: Block) -> Bool {
      HodgesLehmann.comparison(old: block.old, new: block.new) == .ratio
    }
    return isRatio(first) && others.allSatisfy(isRatio) ? .ratio : .difference
  }
}
