import Measurements
import Testing
import Verdicts

@Suite("a change of level fails a branch where it would fail the gate")
struct LevelChangeTests {
  private static func change(
    _ metric: Metric = .wallTime, from old: Double = 1e9, to new: Double = 1.3e9,
    isOfRates: Bool = false, isSum: Bool = false, measured: Set<String> = []
  ) -> LevelChange {
    LevelChange(
      id: Series.ID(benchmark: Benchmark(name: "parse/large"), metric: metric.name),
      metric: metric, old: old, new: new,
      change: isOfRates ? new - old : old == 0 ? nil : new / old - 1, isOfRates: isOfRates,
      isSum: isSum, measured: measured.union([metric.name]))
  }

  @Test("worse and beyond the threshold, of the series or of all; of a sum whatever it is")
  func threshold() {
    #expect(Policy().fails(Self.change()))
    #expect(!Policy().fails(Self.change(to: 1.05e9)))
    #expect(!Policy().fails(Self.change(to: 0.5e9)))
    #expect(Policy().fails(Self.change(to: 1.05e9, isSum: true)))
    #expect(Policy().fails(Self.change(from: 0)))
    let loose = Policy.with { $0.threshold = Sourced(0.5, from: "") }
    #expect(!loose.fails(Self.change()))
  }

  @Test("in the direction that the policy says is worse")
  func direction() {
    let cost = Metric("cost", .dollars, better: .lower)
    let reversed = Policy.with {
      $0.directions = [.init(pattern: Pattern("cost"), value: .higher)]
    }
    #expect(Policy().fails(Self.change(cost)))
    #expect(!reversed.fails(Self.change(cost)))
    #expect(reversed.fails(Self.change(cost, to: 0.5e9)))
  }

  @Test("of a metric that decides: all do where a benchmark has none of those that are named")
  func deciding() {
    let policy = Policy.with { $0.deciding = [Pattern("max_rss")] }
    #expect(!policy.fails(Self.change(measured: ["max_rss"])))
    #expect(policy.fails(Self.change()))
    let parallel = Policy.with { $0.judgesTimes = false }
    #expect(!parallel.fails(Self.change()))
    #expect(parallel.fails(Self.change(Metric("cost", .dollars))))
    let outcome = Metric("success", .one, better: .higher, isOutcome: true)
    #expect(
      policy.fails(Self.change(outcome, from: 0.9, to: 0.6, isOfRates: true, measured: ["max_rss"]))
    )
    #expect(!policy.fails(Self.change(outcome, from: 0.9, to: 0.85, isOfRates: true)))
  }

  @Test("beyond the amount that counts: a tick of processor time is none")
  func floor() {
    #expect(!Policy().fails(Self.change(.userTime, from: 10e6, to: 40e6)))
    #expect(Policy().fails(Self.change(.userTime, from: 10e6, to: 90e6)))
  }

  @Test("unless it is only warned of, or waived up to its size and not longer than it holds")
  func permission() throws {
    let warned = Policy.with { $0.severities.common[.regression] = .warn }
    #expect(!warned.fails(Self.change()))
    let today = try #require(Day("2026-06-01"))
    func waived(_ ceiling: Double, _ expires: String) throws -> Policy {
      let waiver = Waiver(
        benchmark: Pattern("parse/*"), metric: nil, ceiling: ceiling, states: [],
        expires: try #require(Day(expires)), reason: "r")
      return Policy.with {
        $0.waivers = [waiver]
        $0.today = today
      }
    }
    #expect(try !waived(0.35, "2026-06-01").fails(Self.change()))
    #expect(try waived(0.25, "2026-06-01").fails(Self.change()))
    #expect(try waived(0.35, "2026-05-31").fails(Self.change()))
  }
}
