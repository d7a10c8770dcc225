/// The positions of the new values among the old ones.
struct Ranking {
  let old: Sample
  let new: Sample
  /// Twice the number of pairs in which the new value is larger, where each tie counts as half a
  /// pair. It is doubled to be a whole number.
  let doubledU: Int
  /// The sum of t³ - t over groups of t equal values; 0 means that no two values are equal.
  let tieTerm: Double

  /// Counts the pairs of two samples.
  ///
  /// - Complexity: O(n) in both sizes together, without allocations.
  init(old: Sample, new: Sample) {
    var oldBefore = 0
    var doubledU = 0
    var tieTerm = 0.0
    for group in TieGroups(old: old, new: new) {
      doubledU += group.new * (2 * oldBefore + group.old)
      oldBefore += group.old
      tieTerm += group.tieTerm
    }
    self.old = old
    self.new = new
    self.doubledU = doubledU
    self.tieTerm = tieTerm
  }

  /// The number of pairs of an old and a new value, the largest possible U.
  var pairs: Int { old.count * new.count }
  var u: Double { Double(doubledU) / 2 }
  var hasTies: Bool { tieTerm > 0 }
  /// The numbers of equal pooled values, from the smallest value to the largest.
  var groupSizes: [Int] { TieGroups(old: old, new: new).map(\.size) }
}

/// A group of equal values of both sides.
private struct TieGroup {
  let old: Int
  let new: Int

  var size: Int { old + new }

  var tieTerm: Double {
    let t = Double(size)
    return t * t * t - t
  }
}

/// The pooled values of two samples, in ascending order, one group for each different value.
private struct TieGroups: Sequence, IteratorProtocol {
  private let old: [Double]
  private let new: [Double]
  private var oldIndex = 0
  private var newIndex = 0

  init(old: Sample, new: Sample) {
    self.old = old.sorted
    self.new = new.sorted
  }

  mutating func next() -> TieGroup? {
    guard let value = smallest else { return nil }
    let (oldStart, newStart) = (oldIndex, newIndex)
    while oldIndex < old.count, old[oldIndex] == value { oldIndex += 1 }
    while newIndex < new.count, new[newIndex] == value { newIndex += 1 }
    return TieGroup(old: oldIndex - oldStart, new: newIndex - newStart)
  }

  private var smallest: Double? {
    guard oldIndex < old.count else { return newIndex < new.count ? new[newIndex] : nil }
    guard newIndex < new.count else { return old[oldIndex] }
    return Swift.min(old[oldIndex], new[newIndex])
  }
}
