/// The test of Mann and Whitney for a tendency of new values to be larger or smaller than old ones.
///
/// The test uses only the order of values, so neither outliers nor the distribution of the noise
/// mislead it. The values of a side must be independent of each other: one per round. The test is
/// exact, ties included, up to ``UDistribution/mostExactPairs``; beyond that it is a normal
/// approximation with tie and continuity correction.
package struct MannWhitney: Hashable, Sendable {
  /// The number of pairs in which the new value is larger, plus half of those in which it is equal.
  /// It is in 0...old · new, and half of that product if nothing changed.
  package let u: Double
  /// The probability of a U as small as this or smaller by chance; small if new values are smaller.
  package let less: Double
  /// The probability of a U as large as this or larger by chance; small if new values are larger.
  package let greater: Double
  /// The probability that a new value is larger than an old one, U / (old · new), in 0...1.
  ///
  /// It is the A of Vargha and Delaney, 2000; 0.5 if nothing changed.
  package let superiority: Double
  /// True if the probabilities are counted, not approximated.
  package let isExact: Bool

  /// The probability of a U at least this far out, to either side, by chance: twice the smaller
  /// tail, and at most 1. It is 1 if all values are equal.
  package var twoSided: Double { min(1, 2 * min(less, greater)) }
}

extension MannWhitney {
  /// Tests the values within blocks. U is the sum of the U of the blocks. By chance alone it is
  /// distributed as the sum of independent ones, each given the pooled values of its block.
  ///
  /// - Complexity: For R rounds in blocks of four, O(R) for a known distribution without ties; with
  ///   ties O(R²), 3 µs for 10 rounds.
  package init(_ blocks: Blocks, tables: inout UDistributions) {
    guard blocks.count > 1 else {
      self.init(old: blocks.first.old, new: blocks.first.new, tables: &tables)
      return
    }
    let rankings = blocks.all.map { Ranking(old: $0.old, new: $0.new) }
    let doubledU = rankings.reduce(0) { $0 + $1.doubledU }
    let pairs = rankings.reduce(0) { $0 + $1.pairs }
    let tails: Tails
    if !UDistribution.isExact(pairs: pairs) {
      let curve = NormalApproximation(blocks.sizes, tieTerms: rankings.map(\.tieTerm))
      let u = Double(doubledU) / 2
      tails = Tails(less: curve.atMost(u), greater: curve.atLeast(u))
    } else if rankings.contains(where: \.hasTies) {
      tails = Tails(ofDoubled: Chances.sum(of: rankings.map(TiedTails.chances)), at: doubledU)
    } else {
      let distribution = tables.distribution(of: blocks)
      tails = Tails(
        less: distribution.atMost(doubledU / 2),
        greater: distribution.atMost(pairs - doubledU / 2))
    }
    self.init(
      u: Double(doubledU) / 2, of: pairs, less: tails.less, greater: tails.greater,
      isExact: UDistribution.isExact(pairs: pairs))
  }

  private struct Tails {
    let less: Double
    let greater: Double

    init(less: Double, greater: Double) {
      self.less = less
      self.greater = greater
    }

    /// Adds up the probabilities of both tails.
    ///
    /// - Parameter chances: The probability of each doubled U.
    init(ofDoubled chances: [Double], at doubledU: Int) {
      less = min(1, chances[...doubledU].reduce(0, +))
      // The sum starts at the end, so that small probabilities are added first.
      greater = min(1, chances[doubledU...].reversed().reduce(0, +))
    }
  }

  /// Counts or approximates both tails. The distribution for these sizes is added to `tables` if it
  /// is needed and missing.
  ///
  /// - Complexity: O(n) in both sizes for a known distribution without ties; with ties O(n · pairs)
  ///   in the smaller size, 3 µs for 10 values per side and a millisecond for 50.
  package init(old: Sample, new: Sample, tables: inout UDistributions) {
    let ranking = Ranking(old: old, new: new)
    guard UDistribution.isExact(old: old.count, new: new.count) else {
      self.init(approximating: ranking)
      return
    }
    guard !ranking.hasTies else {
      let tails = TiedTails(of: ranking)
      self.init(ranking, less: tails.less, greater: tails.greater, isExact: true)
      return
    }
    let distribution = tables.distribution(old: old.count, new: new.count)
    let u = ranking.doubledU / 2
    self.init(
      ranking, less: distribution.atMost(u), greater: distribution.atMost(ranking.pairs - u),
      isExact: true)
  }

  /// Tests two samples by the normal approximation, whatever their sizes; for comparison with the
  /// exact test.
  package static func approximated(old: Sample, new: Sample) -> MannWhitney {
    MannWhitney(approximating: Ranking(old: old, new: new))
  }

  private init(approximating ranking: Ranking) {
    let curve = NormalApproximation(
      old: ranking.old.count, new: ranking.new.count, tieTerm: ranking.tieTerm)
    self.init(
      ranking, less: curve.atMost(ranking.u), greater: curve.atLeast(ranking.u), isExact: false)
  }

  private init(_ ranking: Ranking, less: Double, greater: Double, isExact: Bool) {
    self.init(u: ranking.u, of: ranking.pairs, less: less, greater: greater, isExact: isExact)
  }

  private init(u: Double, of pairs: Int, less: Double, greater: Double, isExact: Bool) {
    self.u = u
    self.less = less
    self.greater = greater
    superiority = u / Double(pairs)
    self.isExact = isExact
  }
}
