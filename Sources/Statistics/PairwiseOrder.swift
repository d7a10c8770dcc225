/// The comparisons of each new value with each old one of its block, in ascending order.
struct PairwiseOrder {
  private let blocks: Blocks
  private let compare: PairwiseComparison
  /// All comparisons if they are few; nil if they are computed on demand.
  private let sorted: [Double]?
  /// The number of comparisons.
  let count: Int

  /// The number of pairs, 30 values per side, up to which sorting all of them was measured to be
  /// faster than searching for the four that are needed.
  private static let mostSorted = 900

  init(_ blocks: Blocks, compare: PairwiseComparison) {
    self.blocks = blocks
    self.compare = compare
    count = blocks.pairs
    sorted = count <= Self.mostSorted ? Self.sorted(blocks, count, compare) : nil
  }

  private static func sorted(
    _ blocks: Blocks, _ count: Int, _ compare: PairwiseComparison
  ) -> [Double] {
    var all: [Double] = []
    all.reserveCapacity(count)
    func append(_ block: Blocks.Block) {
      // From the largest old value downwards, the comparisons are almost in ascending order.
      for x in block.old.sorted.reversed() {
        for y in block.new.sorted { all.append(compare(old: x, new: y)) }
      }
    }
    append(blocks.first)
    blocks.others.forEach(append)
    all.sort()
    return all
  }

  /// The comparison with the given rank, from 1.
  ///
  /// - Complexity: O(1) if all are sorted, otherwise at most 64 passes over both sides. 100,000
  ///   values per side are therefore compared in full, without an array of 10,000,000,000 pairs.
  subscript(rank rank: Int) -> Double {
    if let sorted { return sorted[rank - 1] }
    var low = smallest.place
    var high = largest.place
    while low < high {
      let middle = (low & high) + ((low ^ high) >> 1)
      if number(upTo: Double(place: middle)) >= rank { high = middle } else { low = middle + 1 }
    }
    return Double(place: low)
  }

  private var smallest: Double {
    blocks.all.reduce(.infinity) { min($0, compare(old: $1.old.maximum, new: $1.new.minimum)) }
  }

  private var largest: Double {
    blocks.all.reduce(-.infinity) { max($0, compare(old: $1.old.minimum, new: $1.new.maximum)) }
  }

  /// The number of comparisons that do not exceed the limit. The larger an old value is, the more
  /// new values are below it.
  private func number(upTo limit: Double) -> Int {
    blocks.all.reduce(0) { number, block in
      var (number, below) = (number, 0)
      let new = block.new.sorted
      for x in block.old.sorted {
        while below < new.count, compare(old: x, new: new[below]) <= limit { below += 1 }
        number += below
      }
      return number
    }
  }
}

extension Double {
  /// A whole number with the same order as the value, so that a binary search can halve the range.
  ///
  /// The bits of a positive number already have this order (IEEE 754); those of a negative one are
  /// inverted.
  fileprivate var place: Int64 {
    Self.turned(Int64(bitPattern: bitPattern))
  }

  /// Creates the value with a given order number; both zeros become the positive one.
  fileprivate init(place: Int64) {
    self = Double(bitPattern: UInt64(bitPattern: Self.turned(place))) + 0
  }

  private static func turned(_ bits: Int64) -> Int64 {
    bits >= 0 ? bits : bits ^ .max
  }
}
