import Measurements
import Testing
import Verdicts

@Suite("what was not measured on both sides")
struct CoveragePolicyTests {
  @Test("is missing or new, and only what is missing fails the gate")
  func missingAndNew() throws {
    let old = [try series([1], name: "gone"), try series([1], name: "gone", metric: .maxRSS)]
    let seriesResults = FamilyResult(
      old: old, new: [try series([9], name: "here")], policy: Policy()
    ).seriesResults
    #expect(seriesResults.map(\.verdict) == [.missing, .missing, .new])
    #expect(seriesResults.map(\.response) == [.fail, .fail, .warn])
    #expect(seriesResults.map(\.id.metric) == ["max_rss", "wall_time", "wall_time"])
  }

  @Test("has no response where it was compared in earnest")
  func compared() throws {
    let familyResult = FamilyResult(
      old: [try series([1])], new: [try series([1])], policy: Policy())
    #expect(familyResult.seriesResults.map(\.response) == [nil])
  }

  @Test("follows the response for its state, where there is one for its name that one")
  func responses() throws {
    var ledger = CoveragePolicy()
    #expect(CoverageState.allCases.map { ledger.response(to: $0, of: "b") } == Self.defaults)
    ledger.common[.missing] = .ignore
    ledger.rules[.missing] = [
      .init(pattern: Pattern("parse/large"), value: .fail),
      .init(pattern: Pattern("parse/*"), value: .warn),
    ]
    #expect(ledger.response(to: .missing, of: "pack") == .ignore)
    #expect(ledger.response(to: .missing, of: "parse/small") == .warn)
    #expect(ledger.response(to: .missing, of: "parse/large") == .fail)
    #expect(ledger.response(to: .failed, of: "parse/small") == .fail)
  }

  /// Missing, failed, renamed, not measured; inherited, new, collapsed, redefined.
  private static let defaults: [Response] =
    [.fail, .fail, .fail, .fail] + [.warn, .warn, .warn, .warn]

  @Test("what was renamed counts as missing until it has a response of its own")
  func renamed() throws {
    var ledger = CoveragePolicy()
    ledger.common[.missing] = .warn
    ledger.rules[.missing] = [.init(pattern: Pattern("parse/*"), value: .ignore)]
    #expect(ledger.response(to: .renamed, of: "pack") == .warn)
    #expect(ledger.response(to: .renamed, of: "parse/small") == .ignore)
    ledger.common[.renamed] = .fail
    #expect(ledger.response(to: .renamed, of: "parse/small") == .fail)
  }
}

@Suite("what failed")
struct FailureTests {
  private func failure(_ name: String?, _ reason: String) -> Failure {
    Failure(name.map { Benchmark(name: $0) }, reason: reason)
  }

  private func seriesResults(
    _ old: [Series], _ new: [Series], _ failures: [Failure]
  ) -> [SeriesResult] {
    FamilyResult(old: old, new: new, failures: failures, policy: Policy()).seriesResults
  }

  @Test("has failed in all its metrics, whatever numbers it left")
  func wholly() throws {
    let old = [try series(times(5, 1)), try series(times(5, 1), metric: .maxRSS)]
    let seriesResults = seriesResults(old, [old[0]], [failure("b", "exit status 1")])
    #expect(seriesResults.map(\.id) == [old[1].id, old[0].id])
    #expect(
      seriesResults.map(\.verdict) == [
        .failed(reason: "exit status 1"), .failed(reason: "exit status 1"),
      ])
    #expect(seriesResults.map(\.response) == [.fail, .fail])
    #expect(seriesResults.map(\.comparison) == [nil, nil])
  }

  @Test("gives every reason once, in their order")
  func reasons() throws {
    let failures = [failure("b", "timed out"), failure("c", "gone"), failure("b", "signal 9")]
    let old = try ["b", "c"].map { try series([1], name: $0) }
    #expect(
      seriesResults(old, [], failures).map(\.verdict)
        == [.failed(reason: "timed out; signal 9"), .failed(reason: "gone")])
  }

  @Test("has a line of its own where neither side has numbers of it")
  func unheard() throws {
    let failures = [failure("x", "no such file"), failure(nil, "build failed")]
    let here = [try series(times(5, 1))]
    let seriesResults = seriesResults(here, here, failures)
    #expect(seriesResults.map(\.id.benchmark.name) == ["(unnamed)", "b", "x"])
    #expect(
      seriesResults.map(\.verdict)
        == [.failed(reason: "build failed"), .unchanged, .failed(reason: "no such file")])
  }

  @Test("is another benchmark where its labels differ")
  func labelled() throws {
    let old = [try series([1], labels: ["size": "1"]), try series([1], labels: ["size": "2"])]
    let failed = Failure(old[1].benchmark, reason: "timed out")
    #expect(
      seriesResults(old, [], [failed]).map(\.verdict) == [.missing, .failed(reason: "timed out")])
  }

  @Test("is looked for under its new name where an alias gives it one")
  func aliased() throws {
    let policy = Policy.with { $0.aliases = [Alias(old: "a", new: "b")] }
    let familyResult = FamilyResult(
      old: [try series([1], name: "a")], new: [], failures: [failure("b", "timed out")],
      policy: policy)
    #expect(familyResult.seriesResults.map(\.verdict) == [.failed(reason: "timed out")])
    #expect(familyResult.seriesResults.map(\.formerly) == ["a"])
  }

  @Test("has no numbers that break a budget, or differ from a fixed point")
  func partial() throws {
    let policy = try Policy.with {
      $0.budgets = [Budget(benchmark: Pattern("*"), metric: nil, limit: try amount("110ns"))]
    }
    func side(_ value: Double) throws -> [Series] {
      try ["b", "c"].map { try series(times(6, $0 == "b" ? value : 100), name: $0) }
    }
    let decision = GateResult(
      old: try side(120), new: try side(120), failures: [failure("b", "signal 9")],
      anchor: .series(try side(80)), policy: policy)
    #expect(decision.budgets.map(\.id.benchmark.name) == ["c"])
    #expect(
      decision.anchored?.seriesResults.map(\.verdict) == [.failed(reason: "signal 9"), .unchanged])
    #expect(decision.outcome(under: policy) == .incomplete)
  }

  @Test("is no part of a fixed point that has nothing of it")
  func anchor() throws {
    let here = [try series(times(5, 100))]
    let decision = GateResult(
      old: here, new: here, failures: [failure("x", "gone"), failure(nil, "no build")],
      anchor: .series(here), policy: Policy())
    #expect(decision.anchored?.seriesResults.map(\.verdict) == [.unchanged])
  }

  @Test("fails a gate that judges by budgets alone, too")
  func alone() throws {
    let policy = try Policy.with {
      $0.judgesAlone = true
      $0.budgets = [Budget(benchmark: Pattern("*"), metric: nil, limit: try amount("1s"))]
    }
    let decision = GateResult(
      old: [], new: [try series(times(6, 1))], failures: [failure(nil, "build failed")],
      policy: policy)
    #expect(decision.budgets.map(\.state) == [.kept])
    #expect(decision.outcome(under: policy) == .incomplete)
  }
}
