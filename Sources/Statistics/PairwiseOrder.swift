/// The comparisons of each new value with each old one, in ascending order.
struct PairwiseOrder {
  private let old: [Double]
  private let new: [Double]
  private let compare: PairwiseComparison
  /// All comparisons if they are few; nil if they are found one at a time.
  private let sorted: [Double]?

  /// The number of pairs, 30 values a side, up to which sorting all was measured to be faster than
  /// searching for the four that are needed.
  private static let mostSorted = 900

  init(old: Sample, new: Sample, compare: PairwiseComparison) {
    self.old = old.sorted
    self.new = new.sorted
    self.compare = compare
    let few = old.count * new.count <= Self.mostSorted
    sorted = few ? Self.sorted(old.sorted, new.sorted, compare) : nil
  }

  private static func sorted(
    _ old: [Double], _ new: [Double], _ compare: PairwiseComparison
  ) -> [Double] {
    var all: [Double] = []
    all.reserveCapacity(old.count * new.count)
    // From the largest old value down, the comparisons come nearly in their order.
    for x in old.reversed() {
      for y in new { all.append(compare(old: x, new: y)) }
    }
    all.sort()
    return all
  }

  var count: Int { old.count * new.count }

  /// The comparison with the given rank, from 1.
  ///
  /// - Complexity: O(1) if all are sorted, otherwise at most 64 passes over both sides. So 100,000
  ///   values a side are compared in full, without a list of 10,000,000,000 pairs.
  subscript(rank rank: Int) -> Double {
    if let sorted { return sorted[rank - 1] }
    var low = compare(old: old[old.count - 1], new: new[0]).place
    var high = compare(old: old[0], new: new[new.count - 1]).place
    while low < high {
      let middle = (low & high) + ((low ^ high) >> 1)
      if number(upTo: Double(place: middle)) >= rank { high = middle } else { low = middle + 1 }
    }
    return Double(place: low)
  }

  /// How many comparisons are not above the limit: as `old` grows, more of `new` are below it.
  private func number(upTo limit: Double) -> Int {
    var number = 0
    var below = 0
    for x in old {
      while below < new.count, compare(old: x, new: new[below]) <= limit { below += 1 }
      number += below
    }
    return number
  }
}

extension Double {
  /// A whole number that orders as the value does, so that a search can halve what lies between.
  ///
  /// The bits of a positive number already do (IEEE 754); those of a negative one are turned round.
  fileprivate var place: Int64 {
    Self.turned(Int64(bitPattern: bitPattern))
  }

  /// The value at a place; both zeros are the positive one.
  fileprivate init(place: Int64) {
    self = Double(bitPattern: UInt64(bitPattern: Self.turned(place))) + 0
  }

  private static func turned(_ bits: Int64) -> Int64 {
    bits >= 0 ? bits : bits ^ .max
  }
}
