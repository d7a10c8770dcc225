import Foundation
import Statistics
import TestSupport
import Testing

@Suite("values compared within blocks of rounds that were launched in turns")
struct BlocksTests {
  @Test("have the known answers, ties included")
  func golden() throws {
    let cases = try BlockCase.all
    #expect(cases.count == 5)
    for golden in cases {
      let name = Comment(rawValue: golden.name)
      #expect(Blocks.sizes(rounds: golden.x.count) == golden.blocks, name)
      var tables = UDistributions()
      let blocks = try Blocks(
        old: Sample(golden.x), new: Sample(golden.y), sizes: golden.blocks)
      let test = MannWhitney(blocks, tables: &tables)
      #expect(test.u == golden.u && test.isExact, name)
      #expect(test.less.isClose(to: golden.less), name)
      #expect(test.greater.isClose(to: golden.greater), name)
      #expect(test.twoSided.isClose(to: golden.twoSided), name)
      let effect = HodgesLehmann(blocks, tables: &tables)
      #expect(effect.estimate.isClose(to: golden.estimate), name)
      #expect(try #require(effect.interval).lowerBound.isClose(to: golden.interval[0]), name)
      #expect(try #require(effect.interval).upperBound.isClose(to: golden.interval[1]), name)
      let distribution = UDistribution(
        blocks: golden.blocks.map { UDistribution.Sizes(old: $0, new: $0) })
      #expect(distribution.pairs == golden.ratios, name)
      #expect(distribution.intervalRank(confidence: 0.95) == golden.rank, name)
    }
  }

  struct Reach: CustomTestStringConvertible, Sendable {
    let rounds: Int
    let pairs: Int
    let smallest: Double
    /// The rank at which the interval begins at 95 %, and at the confidence of the look of that many.
    let rank: Int
    let rankOfLook: Int
    /// The probability that p comes down to the cut-off of the look.
    let attained: Double

    var testDescription: String { "\(rounds) rounds" }

    static let all = [
      Reach(rounds: 5, pairs: 25, smallest: 0.0079, rank: 3, rankOfLook: 1, attained: 0.0079),
      Reach(rounds: 10, pairs: 52, smallest: 3.1e-5, rank: 12, rankOfLook: 8, attained: 0.0069),
      Reach(rounds: 20, pairs: 80, smallest: 1.2e-9, rank: 25, rankOfLook: 22, attained: 0.0156),
      Reach(rounds: 40, pairs: 160, smallest: 7.1e-19, rank: 59, rankOfLook: 56, attained: 0.0247),
    ]
  }

  @Test("have the documented ranks, smallest p, and levels at the looks", arguments: Reach.all)
  func reach(_ reach: Reach) throws {
    let sizes = Blocks.sizes(rounds: reach.rounds).map { UDistribution.Sizes(old: $0, new: $0) }
    let distribution = UDistribution(blocks: sizes)
    let look = try #require(GroupSequentialDesign().all.first { $0.rounds == reach.rounds })
    #expect(distribution.pairs == reach.pairs)
    #expect((2 * distribution.atMost(0)).isClose(to: reach.smallest, within: 0.02))
    #expect(distribution.intervalRank(confidence: 0.95) == reach.rank)
    #expect(distribution.intervalRank(confidence: look.confidence) == reach.rankOfLook)
    let rejected = (0...reach.pairs).last { 2 * distribution.atMost($0) <= look.alpha } ?? 0
    #expect((2 * distribution.atMost(rejected) - reach.attained).magnitude < 0.00005)
  }

  @Test("are fours, the last with what is left, and never of two sessions")
  func sizes() {
    #expect(Blocks.sizes(rounds: 0) == [])
    #expect((1...7).allSatisfy { Blocks.sizes(rounds: $0) == [$0] })
    #expect(
      (8...12).map { Blocks.sizes(rounds: $0) } == [[4, 4], [4, 5], [4, 6], [4, 7], [4, 4, 4]])
    #expect(Blocks.sizes(rounds: 20, sessionsFrom: [5]) == [5, 4, 4, 7])
    #expect(Blocks.sizes(rounds: 20, sessionsFrom: [0, 20, 25, -1]) == Blocks.sizes(rounds: 20))
    for rounds in 1...60 {
      let starts = [rounds / 3, rounds / 2, rounds / 2]
      #expect(Blocks.sizes(rounds: rounds, sessionsFrom: starts).reduce(0, +) == rounds)
    }
  }

  @Test("agree with all ways to deal out the values of each block")
  func enumeration() throws {
    var generator = SeededGenerator(seed: 16)
    for number in 0..<40 {
      let sizes = number.isMultiple(of: 2) ? [4, 4] : [2, 3, 3]
      // Of few different values, so that many are equal.
      let values = (0..<2).map { _ in
        (0..<8).map { _ in Double(Int.random(in: 1...(number % 5 + 2), using: &generator)) }
      }
      let blocks = try Blocks(old: Sample(values[0]), new: Sample(values[1]), sizes: sizes)
      var tables = UDistributions()
      let test = MannWhitney(blocks, tables: &tables)
      let (u, less, greater) = tails(values[0], values[1], sizes)
      #expect(test.u == u)
      #expect(test.less.isClose(to: less))
      #expect(test.greater.isClose(to: greater))
    }
  }

  /// By the definition: the sum of U over the blocks, each dealt out in every way.
  private func tails(
    _ old: [Double], _ new: [Double], _ sizes: [Int]
  ) -> (u: Double, less: Double, greater: Double) {
    var (sums, observed, start) = ([0.0: 1.0], 0.0, 0)
    for size in sizes {
      let range = start..<start + size
      let pooled = Array(old[range] + new[range])
      var counts: [Double: Double] = [:]
      for choice in 0..<(1 << pooled.count) where choice.nonzeroBitCount == size {
        let chosen = pooled.indices.filter { choice >> $0 & 1 == 1 }.map { pooled[$0] }
        let others = pooled.indices.filter { choice >> $0 & 1 == 0 }.map { pooled[$0] }
        counts[u(others, chosen), default: 0] += 1
      }
      observed += u(Array(old[range]), Array(new[range]))
      var next: [Double: Double] = [:]
      for (a, m) in sums { for (b, n) in counts { next[a + b, default: 0] += m * n } }
      (sums, start) = (next, start + size)
    }
    let all = sums.values.reduce(0, +)
    func part(_ isMeant: (Double) -> Bool) -> Double {
      sums.filter { isMeant($0.key) }.values.reduce(0, +) / all
    }
    return (observed, part { $0 <= observed }, part { $0 >= observed })
  }

  private func u(_ old: [Double], _ new: [Double]) -> Double {
    old.reduce(0) { sum, x in new.reduce(sum) { $0 + ($1 > x ? 1 : $1 == x ? 0.5 : 0) } }
  }

  @Test("that are one are the ordinary test and estimate")
  func oneBlock() throws {
    let (old, new) = try (Sample([3, 1, 2, 2, 5]), Sample([5, 2, 4, 6, 7]))
    var tables = UDistributions()
    let blocks = Blocks(old: old, new: new, sizes: [5])
    #expect(
      MannWhitney(blocks, tables: &tables) == MannWhitney(old: old, new: new, tables: &tables))
    #expect(
      HodgesLehmann(blocks, tables: &tables) == HodgesLehmann(old: old, new: new, tables: &tables))
  }

  @Test("of very many rounds are approximated, near to what is counted")
  func approximated() throws {
    var generator = SeededGenerator(seed: 3)
    let values = (0..<1200).map { _ in Double(Int.random(in: 100...140, using: &generator)) }
    let (old, new) = try (Sample(values), Sample(values.map { $0 + 1 }.shuffled(using: &generator)))
    var tables = UDistributions()
    func blocks(_ rounds: Int) throws -> Blocks {
      Blocks(
        old: try Sample(Array(old.values.prefix(rounds))),
        new: try Sample(Array(new.values.prefix(rounds))), sizes: Blocks.sizes(rounds: rounds))
    }
    let many = MannWhitney(try blocks(1200), tables: &tables)
    #expect(!many.isExact && many.twoSided > 0 && many.twoSided < 1)
    let (most, more) = (try blocks(624), try blocks(628))
    let counted = MannWhitney(most, tables: &tables)
    let curve = MannWhitney(more, tables: &tables)
    #expect(counted.isExact && !curve.isExact)
    #expect((counted.twoSided - curve.twoSided).magnitude < 0.1)
  }

  /// How often +20 % is found among 15 series, where the machine's mood differs by 20 %, in a thousand.
  struct Found: CustomTestStringConvertible, Sendable {
    let rounds: Int
    let withBlocks: Int
    let without: Int

    var testDescription: String { "\(rounds) rounds" }

    static let all = [
      Found(rounds: 10, withBlocks: 671, without: 529),
      Found(rounds: 20, withBlocks: 1000, without: 831),
      Found(rounds: 40, withBlocks: 1000, without: 973),
    ]
  }

  @Test("see through a machine whose mood changes, as the manual says", arguments: Found.all)
  func moods(_ found: Found) throws {
    var generator = SeededGenerator(seed: UInt64(found.rounds))
    var tables = UDistributions()
    var (within, without, falseOnes) = (0, 0, 0)
    let sizes = Blocks.sizes(rounds: found.rounds)
    for _ in 0..<1000 {
      let sides = Mood.sides(rounds: found.rounds, of: &generator)
      let slower = try Blocks(
        old: Sample(sides.old), new: Sample(sides.new.map { 1.2 * $0 }), sizes: sizes)
      let same = try Blocks(old: Sample(sides.old), new: Sample(sides.new), sizes: sizes)
      let alpha = 0.05 / 15
      if MannWhitney(slower, tables: &tables).twoSided <= alpha { within += 1 }
      let all = try MannWhitney(
        old: Sample(sides.old), new: Sample(sides.new.map { 1.2 * $0 }), tables: &tables)
      if all.twoSided <= alpha { without += 1 }
      if MannWhitney(same, tables: &tables).twoSided <= 0.05 { falseOnes += 1 }
    }
    #expect((within, without) == (found.withBlocks, found.without))
    // 5 % of 1,000 are 50, with a standard deviation of 7.
    #expect(falseOnes <= 65)
  }
}

/// Times on a machine that others use now and then: moods of 20 % that last for some rounds.
private enum Mood {
  /// Both sides in the mood of the round, and with 5 % noise of their own.
  static func sides(
    rounds: Int, of generator: inout SeededGenerator
  ) -> (old: [Double], new: [Double]) {
    var mood = 0.2 * generator.normal()
    var sides: (old: [Double], new: [Double]) = ([], [])
    for _ in 0..<rounds {
      mood = 0.9 * mood + 0.2 * (1 - 0.81).squareRoot() * generator.normal()
      sides.old.append(exp(mood + 0.05 * generator.normal()))
      sides.new.append(exp(mood + 0.05 * generator.normal()))
    }
    return sides
  }
}

/// A known answer of the material beside the package.
private struct BlockCase: Decodable {
  let name: String
  let x: [Double]
  let y: [Double]
  let blocks: [Int]
  let u: Double
  let less: Double
  let greater: Double
  let twoSided: Double
  let estimate: Double
  let rank: Int
  let ratios: Int
  let interval: [Double]

  private enum CodingKeys: String, CodingKey {
    case name, x, y, blocks, estimate, ratios
    case u = "U_y"
    case less = "p_less"
    case greater = "p_greater"
    case twoSided = "p_two"
    case rank = "c95"
    case interval = "interval95"
  }

  private struct File: Decodable { let cases: [BlockCase] }

  static var all: [BlockCase] {
    get throws {
      let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures/blocks.json")
      return try JSONDecoder().decode(File.self, from: Data(contentsOf: file)).cases
    }
  }
}
