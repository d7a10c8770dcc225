import Measurements
import Statistics
import TestSupport
import Testing
import Verdicts

@Suite("a commit against itself")
struct AACheckTests {
  private func check(
    _ pooled: [Series], runs: [[Series]] = [], _ policy: Policy = Policy(), seed: UInt64 = 1
  ) -> AACheck {
    var generator = SeededGenerator(seed: seed)
    return AACheck(
      pooled: pooled, runs: runs.isEmpty ? [pooled] : runs, policy: policy, generator: &generator)
  }

  /// Five series of twenty rounds at a noise of 2 %.
  private func noisy() throws -> [Series] {
    var random = SeededGenerator(seed: 3)
    return try (0..<5).map { index in
      try series((0..<20).map { _ in 100 * (1 + 0.02 * random.normal()) }, name: "b\(index)")
    }
  }

  /// Two means of ten rounds differ by 2 % · √(2/10) = .89 % as a rule, and 19 times in 20 by less
  /// than 1.96 times that, 1.75 %; an estimate by ranks needs a little more, and the noise of twenty
  /// rounds is itself known to a sixth.
  @Test("differs by its noise, and hardly ever by the threshold")
  func noise() throws {
    let check = try check(noisy())
    #expect(check.splits == 200)
    #expect(check.pairs == 0)
    #expect(check.rows.map(\.rounds) == [20, 20, 20, 20, 20])
    let tallies = check.rows.compactMap(\.split)
    #expect(tallies.map(\.comparisons) == [200, 200, 200, 200, 200])
    #expect(tallies.map(\.alarms) == [0, 0, 0, 0, 0])
    let floors = tallies.map(\.floor)
    #expect(floors.allSatisfy { (0.011...0.026).contains($0) }, "\(floors)")
    #expect((0.015...0.021).contains(floors.reduce(0, +) / 5), "\(floors)")
    #expect(check.total(.splits)?.floor == floors.max())
    #expect(check.total(.splits)?.comparisons == 1000)
    #expect(check.total(.runs) == nil)
  }

  /// The interval of ten rounds is some 2 % to either side, so five are enough for a threshold of
  /// 10 %: the least that can be significant among five series, 2/252 ≤ .05/5.
  @Test("has a threshold above its noise recommended, and rounds for the one in force")
  func advice() throws {
    let check = try check(noisy())
    let worst = try #require(check.rows.compactMap(\.split?.floor).max())
    let threshold = try #require(check.threshold)
    #expect(threshold > worst && threshold < worst + 0.0101)
    #expect(isClose((threshold * 100).rounded() / 100, threshold))
    #expect(check.rows.map(\.roundsNeeded) == [5, 5, 5, 5, 5])
    #expect(check.roundsNeeded?.rounds == 5)
  }

  /// A threshold of nothing leaves the test alone, which errs in at most one family of twenty, and
  /// there in one of five series or two.
  @Test("is flagged as seldom as the test allows where no threshold helps")
  func alarms() throws {
    let total = try #require(check(noisy(), .threshold(0)).total(.splits))
    #expect(total.alarms > 0)
    #expect(total.alarms < 20, "\(total.alarms) of \(total.comparisons)")
  }

  @Test("is dealt out the same way for the same seed, and another way for another")
  func seeds() throws {
    let series = try noisy()
    #expect(check(series, seed: 1).rows == check(series, seed: 1).rows)
    #expect(check(series, seed: 1).rows != check(series, seed: 2).rows)
  }

  @Test("is not split into halves that can show nothing", arguments: [7, 8])
  func fewRounds(_ rounds: Int) throws {
    let check = check([try series(times(rounds, 100))])
    #expect(check.splits == (rounds < 8 ? 0 : 200))
    #expect((check.rows.first?.split == nil) == (rounds < 8))
    #expect(check.rows.map(\.between) == [nil])
    #expect((check.threshold == nil) == (rounds < 8))
    #expect((check.roundsNeeded == nil) == (rounds < 8))
  }

  @Test("that moved between its runs is a false alarm there")
  func runs() throws {
    func run(_ value: Double) throws -> [Series] {
      try ["a", "b"].map { try series(times(5, $0 == "a" ? value : 100), name: $0) }
    }
    let runs = [try run(120), try run(100), try run(100)]
    let check = check(
      [try series(times(5, 1), name: "a"), try series(times(5, 1), name: "b")],
      runs: runs)
    #expect(check.pairs == 3)
    #expect(check.rows.map(\.split) == [nil, nil])
    #expect(check.rows.map(\.between?.alarms) == [2, 0])
    #expect(check.rows.map(\.between?.comparisons) == [3, 3])
    #expect(isClose(check.rows.first?.between?.floor, 0.2))
    #expect(check.rows.last?.between?.floor == 0)
    #expect(check.total(.runs)?.alarms == 2)
    #expect(check.threshold == 0.2)
  }

  @Test("has no noise to find in what is exact, whoever says so")
  func exact() throws {
    let both = [try series(times(10, 100)), try series(times(10, 100), metric: .instructions)]
    #expect(check(both).rows.map(\.id.metric) == ["wall_time"])
    let policy = Policy.with {
      $0.exactness = [
        .init(pattern: Pattern("wall_time"), value: true),
        .init(pattern: Pattern("instructions"), value: false),
      ]
    }
    #expect(check(both, policy).rows.map(\.id.metric) == ["instructions"])
  }

  @Test("is looked at without permissions, limits and names of others")
  func bare() throws {
    let policy = try Policy.with {
      $0.waivers = [
        Waiver(
          benchmark: Pattern("*"), metric: nil, ceiling: 1, expires: try day("2026-12-31"),
          reason: "")
      ]
      $0.today = try day("2026-01-01")
      $0.aliases = [Alias(old: "b", new: "c")]
      $0.budgets = [Budget(benchmark: Pattern("*"), metric: nil, limit: try amount("1ns"))]
    }
    let runs = [[try series(times(5, 120))], [try series(times(5, 100))]]
    let check = check(runs[0], runs: runs, policy)
    #expect(check.rows.map(\.id.benchmark.name) == ["b"])
    #expect(check.rows.map(\.between?.alarms) == [1])
  }

  @Test("that is always zero has neither noise nor alarms; one that is sometimes, alarms")
  func zero() throws {
    let still = check([try series(times(10, 0))])
    #expect(still.rows.map(\.split?.comparisons) == [200])
    #expect(still.rows.map(\.split?.alarms) == [0])
    #expect(still.rows.map(\.split?.floor) == [0])
    let runs = [[try series(times(5, 3))], [try series(times(5, 0))]]
    #expect(check(runs[0], runs: runs).rows.map(\.between?.alarms) == [1])
  }
}
