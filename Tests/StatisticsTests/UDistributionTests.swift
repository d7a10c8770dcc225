import Statistics
import Testing

struct UDistributionTests {
  @Test(arguments: [
    (4, 1), (5, 3), (6, 6), (7, 9), (8, 14), (9, 18), (10, 24), (12, 38), (15, 65), (20, 128),
    (30, 318),
  ])
  func `a 95 % interval begins at the documented rank`(_ size: Int, _ rank: Int) {
    #expect(UDistribution(old: size, new: size).intervalRank(confidence: 0.95) == rank)
  }

  @Test(arguments: [(5, 1), (6, 3), (8, 8), (10, 17), (20, 106)])
  func `a 99 % interval begins at the documented rank`(_ size: Int, _ rank: Int) {
    #expect(UDistribution(old: size, new: size).intervalRank(confidence: 0.99) == rank)
  }

  @Test func `sizes that are too small have no interval`() {
    #expect(UDistribution(old: 3, new: 3).intervalRank(confidence: 0.95) == 0)
    #expect(UDistribution(old: 4, new: 4).intervalRank(confidence: 0.99) == 0)
    #expect(UDistribution(old: 1, new: 1).intervalRank(confidence: 0.95) == 0)
  }

  @Test func `an interval rank lies within its bounds for any confidence`() {
    let distribution = UDistribution(old: 5, new: 5)
    #expect(distribution.intervalRank(confidence: 1) == 0)
    #expect(distribution.intervalRank(confidence: 2) == 0)
    #expect(distribution.intervalRank(confidence: .nan) == 0)
    #expect(distribution.intervalRank(confidence: 0) == 13)
    #expect(distribution.intervalRank(confidence: -5) == 13)
  }

  @Test func `a tail that is met exactly counts as met`() {
    #expect(UDistribution(old: 3, new: 3).intervalRank(confidence: 0.9) == 1)
  }

  @Test(arguments: [
    (3, 0.1), (4, 0.0286), (5, 0.0079), (6, 0.0022), (7, 0.00058), (8, 0.00016), (10, 0.000011),
  ])
  func `the smallest p is the documented one`(_ size: Int, _ p: Double) {
    let smallest = UDistribution.smallestTwoSided(old: size, new: size)
    #expect((smallest / p - 1).magnitude < 0.03)
    let extreme = UDistribution(old: size, new: size).atMost(0)
    #expect((2 * extreme).isClose(to: smallest))
  }

  @Test(arguments: 1...6, 1...6)
  func `every U of small samples has its probability`(_ m: Int, _ n: Int) {
    let distribution = UDistribution(old: m, new: n)
    for u in 0...(m * n) {
      // Values that put exactly u pairs in order: the definition needs no more than that.
      let truth = BruteForce.withU(u, m, n)
      #expect(distribution.atMost(u).isClose(to: truth.less))
      #expect(distribution.atMost(m * n - u).isClose(to: truth.greater))
    }
  }

  @Test func `probabilities rise from 0 to 1`() {
    for (m, n) in [(1, 1), (1, 9), (10, 7), (50, 50), (60, 60)] {
      let distribution = UDistribution(old: m, new: n)
      let all = (-1...(m * n)).map(distribution.atMost)
      #expect(all.first == 0)
      #expect(all.last == 1)
      #expect(zip(all, all.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }

  @Test func `the rank where counting ends goes on smoothly`() {
    let ranks = (48...53).map { UDistribution(old: $0, new: $0).intervalRank(confidence: 0.95) }
    let steps = zip(ranks, ranks.dropFirst()).map { $1 - $0 }
    #expect(steps.allSatisfy { (36...46).contains($0) })
  }

  @Test func `tables are computed once and give the same distribution`() {
    var tables = UDistributions()
    let first = tables.distribution(old: 4, new: 6)
    #expect(tables.distribution(old: 4, new: 6) == first)
    #expect(tables.distribution(old: 6, new: 4) != first)
    #expect(first == UDistribution(old: 4, new: 6))
  }
}

struct ReachTests {
  @Test(
    arguments: [
      (0.1, 3), (0.05, 4), (0.01, 5), (0.05 / 100, 8), (0.05 / 1000, 9), (1, 1), (2, 1),
    ] as [(Double, Int)])
  func `the rounds needed are the documented ones`(_ alpha: Double, _ size: Int) {
    #expect(UDistribution.sizeNeeded(alpha: alpha) == size)
  }

  @Test func `what no number of rounds can reach is said`() {
    #expect(UDistribution.sizeNeeded(alpha: 0) == nil)
    #expect(UDistribution.sizeNeeded(alpha: -1) == nil)
    #expect(UDistribution.sizeNeeded(alpha: .nan) == nil)
  }
}

extension BruteForce {
  /// New values among the old ones 0, 1, 2 ... such that U is the given one and nothing is equal.
  static func withU(_ u: Int, _ m: Int, _ n: Int) -> BruteForce {
    let old = (0..<m).map(Double.init)
    let new = (0..<n).map { index in
      let below = max(0, min(m, u - index * m))
      return Double(below) - 0.5 + Double(n - index) / 100
    }
    return BruteForce(old, new)
  }
}
