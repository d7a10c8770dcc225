/// How Mann and Whitney's U is distributed by chance alone when no two values are equal.
///
/// U is the number of pairs in which the new value is larger. It depends on the two sizes only, so
/// one serves all series of a gate: see ``UDistributions``.
package struct UDistribution: Hashable, Sendable {
  /// The number of pairs up to which U is counted and not approximated: those of 50 values a side.
  ///
  /// There the normal curve is within 5 % of p = .01, and counting takes a millisecond. The bound
  /// is on the product, because the curve is as wrong for few values against many as for few
  /// against few: by a third for 5 against 60.
  package static let mostExactPairs = 2500

  package let old: Int
  package let new: Int
  /// P(U ≤ u) for the lower half of all u; the upper half is its mirror image. Empty if not exact.
  private let lowerHalf: [Double]

  /// - Precondition: Sizes are not negative.
  /// - Complexity: O(pairs²), about a millisecond at the most; O(1) above ``mostExactPairs``.
  package init(old: Int, new: Int) {
    precondition(old >= 0 && new >= 0, "a side cannot have fewer than no values")
    self.old = old
    self.new = new
    let isExact = Self.isExact(old: old, new: new)
    lowerHalf = isExact ? Self.cumulated(Self.ways(old, new), of: binomial(old + new, new)) : []
  }

  package static func isExact(old: Int, new: Int) -> Bool {
    old * new <= mostExactPairs
  }

  package var isExact: Bool { Self.isExact(old: old, new: new) }
  /// The largest that U can be.
  package var pairs: Int { old * new }

  /// P(U ≤ u), in 0...1; by symmetry it is also P(U ≥ pairs - u).
  package func atMost(_ u: Int) -> Double {
    guard u >= 0 else { return 0 }
    guard u < pairs else { return 1 }
    guard isExact else { return NormalApproximation(old: old, new: new).atMost(Double(u)) }
    return u < lowerHalf.count ? lowerHalf[u] : 1 - lowerHalf[pairs - u - 1]
  }
}

extension UDistribution {
  /// In how many ways each U of the lower half comes about.
  ///
  /// If the largest value is new, it is above all old ones; if it is old, it adds nothing. Hence
  /// ways(i, j, u) = ways(i - 1, j, u - j) + ways(i, j - 1, u) for i new and j old values: the
  /// recursion of Mann and Whitney, 1947. The loop has j outside and keeps a row for each i.
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

  private static func cumulated(_ ways: ArraySlice<Double>, of all: Double) -> [Double] {
    var sum = 0.0
    return ways.map { count in
      sum += count
      return sum / all
    }
  }
}
