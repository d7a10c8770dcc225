/// The values of two sides, as far as they may be compared with each other.
///
/// Launches that were interleaved share what the machine was like, so each new value is compared with the
/// old ones of its own block only: four rounds that follow each other, which in the order ABBA ABBA hold
/// each side first as often as the other. What is not interleaved is one block.
package struct Blocks: Hashable, Sendable {
  /// The values of the first block.
  let first: Block
  /// Those of all others; what is one block needs no list.
  let others: [Block]

  package struct Block: Hashable, Sendable {
    package let old: Sample
    package let new: Sample

    package init(old: Sample, new: Sample) {
      self.old = old
      self.new = new
    }

    /// How many values there are of either side.
    var sizes: UDistribution.Sizes { UDistribution.Sizes(old: old.count, new: new.count) }
  }

  /// All values of both sides as one block.
  package init(old: Sample, new: Sample) {
    first = Block(old: old, new: new)
    others = []
  }

  /// Rounds of both sides that were launched in turns.
  ///
  /// - Parameters:
  ///   - old: One value a round.
  ///   - new: As many, in the same order.
  ///   - sizes: How many rounds each block has, see ``sizes(rounds:sessionsFrom:)``; together as many as
  ///     there are. None for a single block.
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

  /// The values that are compared with each other; no side of one is empty.
  package var all: [Block] { [first] + others }

  package var count: Int { 1 + others.count }

  /// The rounds of each block of a session: four, and of the last block what is left, four to seven; fewer
  /// than eight rounds are one block.
  package static func sizes(rounds: Int) -> [Int] {
    guard rounds > 0 else { return [] }
    let whole = max(1, rounds / 4)
    return Array(repeating: 4, count: whole - 1) + [rounds - 4 * (whole - 1)]
  }

  /// The same of several sessions; no block reaches from one into another.
  ///
  /// - Parameter starts: The places of the rounds with which a session begins; the first need not be
  ///   named.
  package static func sizes(rounds: Int, sessionsFrom starts: [Int]) -> [Int] {
    let ends = Set(starts.filter { 0 < $0 && $0 < rounds }).sorted() + [rounds]
    return zip([0] + ends, ends).flatMap { sizes(rounds: $1 - $0) }
  }

  /// How many values each block has of either side.
  var sizes: [UDistribution.Sizes] { all.map(\.sizes) }

  /// The number of pairs of an old and a new value of one block.
  var pairs: Int { others.reduce(first.sizes.pairs) { $0 + $1.sizes.pairs } }

  /// The smallest two-sided p that these sizes can give.
  package var smallestTwoSided: Double { UDistribution.smallestTwoSided(sizes) }

  /// What all values allow: ratios where they are numbers, else differences.
  package var comparison: PairwiseComparison {
    func isRatio(_ block: Block) -> Bool {
      HodgesLehmann.comparison(old: block.old, new: block.new) == .ratio
    }
    return isRatio(first) && others.allSatisfy(isRatio) ? .ratio : .difference
  }
}
