import Statistics
import Testing

struct HodgesLehmannTests {
  @Test func `four values a side are worked through by hand`() throws {
    let effect = try HodgesLehmann([1, 2, 4, 8], [2, 4, 8, 16])
    #expect(effect.comparison == .ratio)
    #expect(effect.estimate == 2)
    #expect(effect.interval == 0.25...16)
  }

  @Test func `an even number of ratios has the geometric mean in the middle`() throws {
    let effect = try HodgesLehmann([1], [2, 8])
    #expect(effect.estimate.isClose(to: 4))
    #expect(effect.interval == nil)
  }

  @Test func `a value that is not positive makes it differences`() throws {
    let effect = try HodgesLehmann([0, 1, 2, 3], [10, 11, 12, 13])
    #expect(effect.comparison == .difference)
    #expect(effect.estimate == 10)
    #expect(effect.interval == 7...13)
    #expect(effect.ratio == nil)
    #expect(try HodgesLehmann([1, 2, 3, 4], [-1, 2, 3, 4]).comparison == .difference)
  }

  @Test(arguments: [5, 60])
  func `no difference is a plain zero`(_ count: Int) throws {
    let zeros = Array(repeating: 0.0, count: count)
    let effect = try HodgesLehmann(zeros, zeros)
    #expect(effect.estimate == 0)
    #expect(effect.estimate.sign == .plus)
    #expect(effect.interval == 0...0)
  }

  @Test func `ratios that no number can hold make it differences`() throws {
    #expect(try HodgesLehmann([1e-300], [1e300]).comparison == .difference)
    #expect(try HodgesLehmann([1e300], [1e-300]).comparison == .difference)
  }

  @Test func `scaling both sides leaves the ratio alone`() throws {
    var random = SeededGenerator(seed: 5)
    let (old, new) = (noisy(9, &random), noisy(12, &random))
    let plain = try HodgesLehmann(old, new)
    let scaled = try HodgesLehmann(old.map { $0 * 1e6 }, new.map { $0 * 1e6 })
    #expect(plain.estimate.isClose(to: scaled.estimate))
    let (a, b) = try (#require(plain.interval), #require(scaled.interval))
    #expect(a.lowerBound.isClose(to: b.lowerBound))
    #expect(a.upperBound.isClose(to: b.upperBound))
  }

  @Test(arguments: [(9, 12), (10, 10), (60, 80)])
  func `swapping the sides gives the reciprocal`(_ m: Int, _ n: Int) throws {
    var random = SeededGenerator(seed: 6)
    let (old, new) = (noisy(m, &random), noisy(n, &random))
    let effect = try HodgesLehmann(old, new)
    let swapped = try HodgesLehmann(new, old)
    #expect((effect.estimate * swapped.estimate).isClose(to: 1))
    let (a, b) = try (#require(effect.interval), #require(swapped.interval))
    #expect((a.lowerBound * b.upperBound).isClose(to: 1))
  }

  @Test func `the interval excludes 1 exactly where the test rejects`() throws {
    var random = SeededGenerator(seed: 7)
    for round in 0..<200 {
      let old = noisy(10, &random)
      let new = noisy(10, &random).map { $0 * (1 + Double(round % 10) / 100) }
      let interval = try #require(try HodgesLehmann(old, new).interval)
      let rejected = try MannWhitney(old, new).twoSided <= 0.05
      #expect(interval.contains(1) != rejected)
    }
  }

  @Test(arguments: [PairwiseComparison.ratio, .difference])
  func `searching among many pairs finds what sorting finds`(_ kind: PairwiseComparison) throws {
    var random = SeededGenerator(seed: 8)
    let shift = kind == .ratio ? 0.0 : 100
    let old = noisy(71, &random).map { ($0 - shift).rounded() }
    let new = noisy(51, &random).map { ($0 - shift).rounded() }
    let sorted = new.flatMap { y in old.map { x in kind == .ratio ? y / x : y - x } }.sorted()
    let effect = try HodgesLehmann(old, new)
    let rank = UDistribution(old: 71, new: 51).intervalRank(confidence: 0.95)
    #expect(effect.comparison == kind)
    #expect(effect.estimate == sorted.median)
    #expect(effect.interval == sorted[rank - 1]...sorted[sorted.count - rank])
  }

  @Test func `a hundred thousand values a side are compared in full`() throws {
    let old = (1...100_000).map { 1000 + Double($0) / 1000 }
    let effect = try HodgesLehmann(old, old.map { $0 * 1.25 })
    #expect(effect.estimate.isClose(to: 1.25))
    let interval = try #require(effect.interval)
    #expect(interval.contains(1.25))
    #expect(interval.upperBound - interval.lowerBound < 0.002)
  }

  private func noisy(_ count: Int, _ random: inout SeededGenerator) -> [Double] {
    (0..<count).map { _ in 100 * Double.random(in: 0.9...1.1, using: &random) }
  }
}

extension HodgesLehmann {
  /// The estimate from plain numbers, with tables of its own.
  init(_ old: [Double], _ new: [Double]) throws {
    var tables = UDistributions()
    try self.init(old: Sample(old), new: Sample(new), tables: &tables)
  }
}
