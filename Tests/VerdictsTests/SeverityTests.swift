import Measurements
import Testing
import Verdicts

@Suite("the response to a change")
struct SeverityTests {
  private func seriesResult(_ value: Double, _ policy: Policy) throws -> SeriesResult {
    let familyResult = FamilyResult(
      old: [try series(times(10, 100), name: "parse/large")],
      new: [try series(times(10, value), name: "parse/large")], policy: policy)
    return try #require(familyResult.seriesResults.first)
  }

  private func outcome(_ value: Double, _ policy: Policy) throws -> Outcome {
    GateResult(
      old: [try series(times(10, 100), name: "parse/large")],
      new: [try series(times(10, value), name: "parse/large")], policy: policy
    ).outcome(under: policy)
  }

  private static func rule(_ pattern: String, _ response: Response) -> Policy.Rule<Response> {
    .init(pattern: Pattern(pattern), value: response)
  }

  @Test("is none unless somebody says so: a regression fails, an improvement passes")
  func defaults() throws {
    #expect(try seriesResult(200, Policy()).response == nil)
    #expect(try outcome(200, Policy()) == .regression)
    #expect(try seriesResult(50, Policy()).response == nil)
    #expect(try outcome(50, Policy()) == .pass)
  }

  @Test("lets a regression pass, which stays one", arguments: [Response.warn, .ignore])
  func warned(_ response: Response) throws {
    let policy = Policy.with { $0.severities.common[.regression] = response }
    #expect(try seriesResult(200, policy).verdict == .regression(certain: true))
    #expect(try seriesResult(200, policy).response == response)
    #expect(try outcome(200, policy) == .pass)
  }

  @Test("refuses an improvement that nobody wanted, as a change of its own kind")
  func improvement() throws {
    let policy = Policy.with { $0.severities.common[.improvement] = .fail }
    #expect(try outcome(50, policy) == .improvement)
    #expect(try outcome(50, policy).status == 1)
    #expect(try outcome(100, policy) == .pass)
    let warned = Policy.with { $0.severities.common[.improvement] = .warn }
    #expect(try outcome(50, warned) == .pass)
  }

  @Test("is that of the most specific pattern, a benchmark's before a metric's")
  func specificity() throws {
    func response(
      benchmarks: [(String, Response)] = [], metrics: [(String, Response)] = []
    ) throws -> Response? {
      let policy = Policy.with {
        $0.severities.common[.regression] = .fail
        $0.severities.benchmarks[.regression] = benchmarks.map { Self.rule($0.0, $0.1) }
        $0.severities.metrics[.regression] = metrics.map { Self.rule($0.0, $0.1) }
      }
      return try seriesResult(200, policy).response
    }
    #expect(try response() == .fail)
    #expect(try response(metrics: [("wall_*", .warn)]) == .warn)
    #expect(try response(metrics: [("wall_time", .ignore), ("wall_*", .warn)]) == .ignore)
    #expect(try response(benchmarks: [("*", .warn)], metrics: [("wall_time", .ignore)]) == .warn)
    #expect(try response(benchmarks: [("parse/l*", .warn), ("parse/*", .ignore)]) == .warn)
    #expect(try response(benchmarks: [("pack", .warn)], metrics: [("max_rss", .warn)]) == .fail)
  }

  @Test("to a regression decides what an undecided one may come to")
  func undecided() throws {
    func outcome(_ response: Response) throws -> Outcome {
      let policy = Policy.with {
        $0.strictness = .everything
        $0.severities.common[.regression] = response
      }
      let same = try series(times(5, 1), name: "same")
      return GateResult(
        old: [try series([1, 2]), same], new: [try series([2, 3]), same], policy: policy
      ).outcome(under: policy)
    }
    #expect(try outcome(.fail) == .inconclusive)
    #expect(try outcome(.warn) == .pass)
  }

  @Test("counts for what is compared with a fixed point, too")
  func anchor() throws {
    let policy = Policy.with { $0.severities.common[.regression] = .warn }
    let new = [try series(times(10, 200))]
    let decision = GateResult(
      old: new, new: new, anchor: .series([try series(times(10, 100))]), policy: policy)
    #expect(decision.anchored?.seriesResults.map(\.verdict.kind) == [.regression])
    #expect(decision.outcome(under: policy) == .pass)
  }
}
