import Measurements
import Testing
import Verdicts

@Suite("Values outside of a plausible range are told and change nothing")
struct PlausibleRangeTests {
  @Test(
    "both ends belong to the range, and either may be left out",
    arguments: [
      ("100..10000", 99.0, false), ("100..10000", 100, true), ("100..10000", 10_000, true),
      ("100..10000", 10_001, false), ("100..", 99, false), ("100..", 1e12, true),
      ("..5s", -1, true), ("..5s", 5e9, true), ("..5s", 5.1e9, false), ("1k .. 2k", 1500, true),
      ("-5..-1", -3, true), ("0.5..0.7", 0.6, true),
    ])
  func contains(_ text: String, value: Double, isInside: Bool) throws {
    let range = try PlausibleRange(text)
    #expect(range.contains(value) == isInside)
    #expect(range.description == text)
  }

  @Test(
    "what is no range is refused",
    arguments: ["", "..", " .. ", "5", "100-200", "10..5", "1s..5", "a..b", "1..2..3", "1m..30s"])
  func mistakes(text: String) {
    #expect(throws: PlausibleRange.Problem.self) { try PlausibleRange(text) }
  }

  @Test("the values outside are counted, and the farthest is named")
  func outside() throws {
    let range = try PlausibleRange("10..20")
    let values = try series(rounds: [[9, 12], [25], [15], [2]])
    #expect(
      Implausible(values, in: range)
        == Implausible(range: range, outside: 3, count: 5, extreme: 2))
    #expect(Implausible(try series([10, 20]), in: range) == nil)
  }

  @Test("the most specific rule with the unit counts, and of equals the last one")
  func rules() throws {
    func rule(_ benchmark: String, _ metric: String, _ range: String) throws -> PlausibleRule {
      PlausibleRule(
        benchmark: Pattern(benchmark), metric: Pattern(metric), range: try PlausibleRange(range))
    }
    let policy = try Policy.with {
      $0.plausible = [
        try rule("*", "wall_time", "1s..2s"), try rule("task-*", "wall_*", "3s..4s"),
        try rule("task-*", "wall_time", "5s..6s"), try rule("task-*", "wall_time", "7s.."),
        try rule("task-1", "wall_time", "1..2"),
      ]
    }
    func range(_ name: String) -> String? { policy.plausible(for: name, .wallTime)?.description }
    #expect(range("task-1") == "7s..")
    #expect(range("other") == "1s..2s")
    #expect(policy.plausible(for: "task-1", .maxRSS) == nil)
  }

  @Test("a verdict and its outcome stay as they are without the range")
  func verdict() throws {
    let (old, new) = (try series(times(10, 100)), try series([99] + times(9, 101)))
    let plain = GateResult(old: [old], new: [new], policy: Policy())
    let policy = try Policy.with {
      $0.plausible = [
        PlausibleRule(
          benchmark: Pattern("*"), metric: Pattern("*"), range: try PlausibleRange("100ns.."))
      ]
    }
    let told = GateResult(old: [old], new: [new], policy: policy)
    let (row, other) = (told.familyResult.seriesResults[0], plain.familyResult.seriesResults[0])
    #expect(row.verdict == other.verdict)
    #expect(row.implausible?.outside == 1 && other.implausible == nil)
    #expect(told.outcome(under: policy) == plain.outcome(under: Policy()))
    #expect(told.rowOutcomes(under: policy).series[0].place == .open)
  }
}
