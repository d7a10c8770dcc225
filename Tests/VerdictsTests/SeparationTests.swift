import Foundation
import Measurements
import Statistics
import TestSupport
import Testing
import Verdicts

/// Three rounds a side have no exact p below .1; what is far apart is seen all the same.
@Suite("sides that are separated")
struct SeparationTests {
  private func seriesResults(
    _ old: [Double], _ new: [Double], besides others: Int = 0, metric: Metric = .wallTime,
    policy: Policy = Policy()
  ) throws -> [SeriesResult] {
    let names = (0..<others).map { "other\($0)" }
    func side(_ values: [Double]) throws -> [Series] {
      try [series(values, metric: metric)]
        + names.map { try series([100.1, 99.7, 100.4], name: $0, metric: metric) }
    }
    return FamilyResult(old: try side(old), new: try side(new), policy: policy).seriesResults
  }

  private func verdict(
    _ old: [Double], _ new: [Double], besides others: Int = 0, metric: Metric = .wallTime,
    policy: Policy = Policy()
  ) throws -> Verdict {
    try #require(
      try seriesResults(old, new, besides: others, metric: metric, policy: policy).first?.verdict)
  }

  @Test("are a regression with three launches, also of a family, and never certain")
  func three() throws {
    let (old, new) = ([100.0, 101, 99], [2500.0, 2511, 2490])
    #expect(try verdict(old, new) == .regression(certain: false))
    #expect(try verdict(old, new, besides: 14) == .regression(certain: false))
    #expect(try verdict(old, new, besides: 500) == .regression(certain: false))
    #expect(try verdict(new, old, besides: 14).kind == .collapsed)
    #expect(try verdict(old, [50, 51, 49.5], besides: 14) == .improvement(certain: false))
  }

  @Test("say how far the nearest two values are apart, and what spoke")
  func told() throws {
    let seriesResult = try #require(try seriesResults([100, 101, 99], [135, 133, 134]).first)
    let separation = try #require(seriesResult.significance?.separation)
    #expect(isClose(separation.gap, 133.0 / 101 - 1))
    #expect(seriesResult.significance?.p == separation.p)
    #expect(seriesResult.comparison?.test?.p == 0.1)
    // Ten rounds speak for themselves, and certainly.
    let ten = try #require(
      try seriesResults(
        (0..<10).map { 100 + Double($0) / 10 }, (0..<10).map { 135 + Double($0) / 10 }
      )
      .first)
    #expect(ten.verdict == .regression(certain: true))
    #expect(ten.significance?.separation == nil)
  }

  @Test("are nothing where two values are within the threshold of each other, or too few")
  func near() throws {
    #expect(try verdict([100, 101, 99], [111, 130, 131]).kind == .inconclusive)
    #expect(try verdict([100, 101, 99], [111.2, 130, 131]).kind == .regression)
    #expect(try verdict([100, 101], [2500, 2510]).kind == .inconclusive)
    #expect(try verdict([100, 101, 99], [2500, 2510]).kind == .inconclusive)
  }

  @Test("never show that something is unchanged")
  func unchanged() throws {
    #expect(try verdict([100, 101, 99], [100, 100.5, 99.5]).kind == .inconclusive)
  }

  @Test("need two steps of what the metric shows, of all its series")
  func steps() throws {
    // Ticks: 10 ms became 20.
    let ticks = try verdict([10, 10, 10], [20, 20, 20])
    #expect(ticks.kind == .inconclusive)
    #expect(try verdict([10, 10, 20], [30, 40, 30]).kind == .inconclusive)
    // Another series shows that the metric is finer than that.
    #expect(try verdict([10, 10, 10], [20, 20, 20], besides: 1) == .regression(certain: false))
  }

  @Test("of a metric that is better higher are those below, and zero has no logarithm")
  func directions() throws {
    #expect(
      try verdict([100, 101, 99], [40, 41, 40.5], metric: .throughput)
        == .regression(certain: false))
    #expect(
      try verdict([100, 101, 99], [240, 241, 241.5], metric: .throughput)
        == .improvement(certain: false))
    #expect(try verdict([0, 1, 0.5], [240, 241, 241.5]).kind == .inconclusive)
  }

  @Test("are plain where all of the interval at 99 % is beyond the threshold, and then certain")
  func plain() throws {
    let (old, new) = ([100.0, 101, 99, 100.5, 99.5], [300.0, 301, 299, 300.5, 299.5])
    #expect(try verdict(old, new, besides: 500) == .regression(certain: true))
  }

  /// Three launches that all fell into the one mode, against three of the other, look like this; of 15
  /// series one does in 1 - (1 - 1/64)¹⁵ = 21 % of all gates.
  @Test("cannot be told from two modes")
  func modes() throws {
    var random = SeededGenerator(seed: 17)
    let gates = 1500
    func side() throws -> [Series] {
      try (0..<15).map { index in
        try series(
          (0..<3).map { _ in (Bool.random(using: &random) ? 100 : 150) + random.normal() / 10 },
          name: "b\(index)")
      }
    }
    let flagged = try (0..<gates).count { _ in
      FamilyResult(old: try side(), new: try side(), policy: Policy()).seriesResults.contains {
        $0.verdict.kind == .regression
      }
    }
    #expect((0.18...0.24).contains(Double(flagged) / Double(gates)), "\(flagged)")
  }

  /// The table of "Few rounds" in Statistics.md, of 15 unchanged series, lognormal noise: in per cent
  /// of all gates.
  @Test(
    "hardly ever are where nothing changed",
    arguments: [(0.1, 3, 3, 1.7), (0.2, 3, 3, 2.6), (0.2, 4, 4, 2.1), (0.2, 10, 3, 0.4)])
  func falsely(noise: Double, old: Int, new: Int, expected: Double) throws {
    var random = SeededGenerator(seed: 16)
    let gates = 1500
    func side(_ rounds: Int) throws -> [Series] {
      try (0..<15).map { index in
        try series(
          (0..<rounds).map { _ in 1e6 * exp(noise * random.normal()) }, name: "b\(index)")
      }
    }
    let flagged = try (0..<gates).count { _ in
      FamilyResult(old: try side(old), new: try side(new), policy: Policy()).seriesResults.contains
      {
        $0.verdict.kind == .regression
      }
    }
    let percent = 100 * Double(flagged) / Double(gates)
    // Three standard errors of so many draws.
    let error = 3 * (expected * (100 - expected) / Double(gates)).squareRoot()
    #expect(percent <= expected + error, "\(percent) %")
  }
}
