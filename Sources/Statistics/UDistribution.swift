/// The distribution of Mann and Whitney's U by chance alone if no two values are equal.
///
/// U is the number of pairs in which the new value is larger; for several blocks it is the sum of
/// theirs. It depends only on the sizes, so one distribution serves all series of a gate: see
/// ``UDistributions``.
package struct UDistribution: Hashable, Sendable {
  /// The number of pairs up to which U is counted and not approximated: those of 50 values per
  /// side.
  ///
  /// There the normal curve is within 5 % of p = .01, and counting takes a millisecond. The bound
  /// is on the product, because the error of the curve is as large for few values against many as
  /// for few against few: a third for 5 against 60.
  package static let mostExactPairs = 2500

  /// The number of values of each side of a block.
  package struct Sizes: Hashable, Sendable {
    package let old: Int
    package let new: Int

    package init(old: Int, new: Int) {
      self.old = old
      self.new = new
    }

    var pairs: Int { old * new }
  }

  /// The sizes of each block.
  package let blocks: [Sizes]
  /// The largest possible U.
  package let pairs: Int
  /// P(U ≤ u) for the lower half of all u; the upper half follows by symmetry. Empty if not exact.
  private let lowerHalf: [Double]

  /// Computes the distribution for one block.
  ///
  /// - Precondition: Sizes are not negative.
  /// - Complexity: O(pairs²), about a millisecond at the most; O(1) above ``mostExactPairs``.
  package init(old: Int, new: Int) {
    self.init(blocks: [Sizes(old: old, new: new)])
  }

  /// Computes the distribution of a sum over independent blocks.
  ///
  /// - Precondition: Sizes are not negative.
  /// - Complexity: O(pairs² / blocks) in addition to that of the blocks.
  package init(blocks: [Sizes]) {
    precondition(
      blocks.allSatisfy { $0.old >= 0 && $0.new >= 0 }, "a side cannot have fewer than no values")
    self.blocks = blocks
    pairs = blocks.reduce(0) { $0 + $1.pairs }
    guard Self.isExact(pairs: pairs) else {
      lowerHalf = []
      return
    }
    let (first, others) = (blocks[0], blocks.dropFirst())
    lowerHalf =
      others.isEmpty
      ? Self.cumulated(
        Self.ways(first.old, first.new), of: binomial(first.old + first.new, first.new))
      : Self.cumulated(Chances.sum(of: blocks.map(Self.chances))[...(pairs / 2)], of: 1)
  }

  static func isExact(pairs: Int) -> Bool { pairs <= mostExactPairs }

  package static func isExact(old: Int, new: Int) -> Bool { isExact(pairs: old * new) }

  package var isExact: Bool { Self.isExact(pairs: pairs) }

  /// P(U ≤ u), in 0...1; by symmetry it is also P(U ≥ pairs - u).
  package func atMost(_ u: Int) -> Double {
    guard u >= 0 else { return 0 }
    guard u < pairs else { return 1 }
    guard isExact else { return NormalApproximation(blocks).atMost(Double(u)) }
    return u < lowerHalf.count ? lowerHalf[u] : 1 - lowerHalf[pairs - u - 1]
  }
}

extension UDistribution {
  /// The number of ways in which each U of the lower half arises.
  ///
  /// If the largest value is new, it is above all old ones; if it is old, it adds nothing. Hence
  /// ways(i, j, u) = ways(i - 1, j, u - j) + ways(i, j - 1, u) for i new and j old values: the
  /// recursion of Mann and Whitney, 1947. The outer loop is over j, and the table has a row for
  /// each i.
  private static func ways(_ old: Int, _ new: Int) -> ArraySlice<Double> {
    let (rows, columns) = (min(old, new), max(old, new))
    let half = old * new / 2
    let width = half + 1
    var table = Array(repeating: 0.0, count: (rows + 1) * width)
    for row in 0...rows { table[row * width] = 1 }
    guard rows > 0 else { return table[...] }
    for column in 1...columns where column <= half {
      for row in 1...rows {
        for u in column...max(column, min(row * column, half)) {
          table[row * width + u] += table[(row - 1) * width + u - column]
        }
      }
    }
    return table[(rows * width)...]
  }

  /// The probability of each U of a block; its upper half mirrors the lower one.
  private static func chances(of block: Sizes) -> [Double] {
    let all = binomial(block.old + block.new, block.new)
    let lower = ways(block.old, block.new).map { $0 / all }
    return lower + lower.prefix(block.pairs + 1 - lower.count).reversed()
  }

  private static func cumulated(_ ways: ArraySlice<Double>, of all: Double) -> [Double] {
    var sum = 0.0
    return ways.map { count in
      sum += count
      return sum / all
    }
  }
}
