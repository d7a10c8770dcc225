import Measurements
import Testing
import Verdicts

@Suite("what the history says of a row")
struct StandingTests {
  private func familyResult(
    old: [Double]? = times(10, 100), new: [Double], metric: Metric = .wallTime,
    _ standing: Standing = Standing(), policy: Policy = Policy()
  ) throws -> SeriesResult {
    let new = try series(new, metric: metric)
    let old = try old.map { [try series($0, metric: metric)] } ?? []
    let familyResult = FamilyResult(
      old: old, new: [new], context: BaselineContext(standings: [new.id: standing]), policy: policy)
    return try #require(familyResult.seriesResults.first)
  }

  @Test("a doubt leaves no verdict certain, and changes none", arguments: [200.0, 50, 5, 100])
  func doubts(_ value: Double) throws {
    let sure = try familyResult(new: times(10, value))
    let doubted = try familyResult(
      new: times(10, value), Standing(doubts: ["the alias is new"]))
    #expect(doubted.verdict.kind == sure.verdict.kind)
    #expect(!doubted.verdict.isCertain)
    #expect(sure.verdict.isCertain == (value != 100))
    #expect(doubted.standing.doubts == ["the alias is new"])
  }

  @Test("numbers of the history that cannot be used are incomparable, also where there are none")
  func trouble() throws {
    let standing = Standing(trouble: "last measured 63 recorded commits back")
    for old in [times(10, 100), nil] {
      let seriesResult = try familyResult(old: old, new: times(10, 300), standing)
      #expect(
        seriesResult.verdict == .incomparable(.history("last measured 63 recorded commits back")))
      #expect(seriesResult.outcome(under: Policy()) == .pass)
      #expect(seriesResult.comparison == nil)
    }
  }

  @Test("what failed has failed, whatever the history's numbers are")
  func failedInTrouble() throws {
    let old = [try series(times(5, 1))]
    let familyResult = FamilyResult(
      old: old, new: [], failures: [Failure(old[0].benchmark, reason: "signal 9")],
      context: BaselineContext(
        standings: [old[0].id: Standing(trouble: "unreadable")]),
      policy: Policy())
    #expect(familyResult.seriesResults.map(\.verdict) == [.failed(reason: "signal 9")])
  }

  @Test("where nothing differs that is measured, every row is unchanged, and budgets are judged")
  func sameByDefinition() throws {
    let policy = try Policy.with {
      $0.budgets = [Budget(benchmark: Pattern("b"), metric: nil, limit: try amount("150ns"))]
    }
    var same = Standing()
    same.isSame = true
    let new = [try series(times(10, 200)), try series(times(10, 1), name: "c")]
    let decision = GateResult(
      old: [try series(times(10, 100))], new: new,
      context: BaselineContext(standings: [new[0].id: same, new[1].id: same]), policy: policy)
    #expect(decision.familyResult.seriesResults.map(\.verdict) == [.unchanged, .unchanged])
    #expect(decision.outcome(under: policy) == .overBudget)
    #expect(decision.outcome(under: Policy()) == .overBudget)
  }

  @Test("what a part of the suite lacks was not measured here")
  func part() throws {
    func seriesResult(isPart: Bool) throws -> SeriesResult {
      let familyResult = FamilyResult(
        old: [try series([1], name: "gone"), try series(times(5, 1))],
        new: [try series(times(5, 1))], context: BaselineContext(candidateIsPart: isPart),
        policy: Policy())
      return try #require(familyResult.seriesResults.last)
    }
    #expect(try seriesResult(isPart: false).verdict == .missing)
    #expect(try seriesResult(isPart: true).verdict == .notMeasured)
    #expect(try seriesResult(isPart: true).outcome(under: Policy()) == .incomplete)
    let lenient = Policy.with { $0.ledger.common[.notMeasured] = .warn }
    let response = lenient.ledger.response(to: .notMeasured, of: "gone")
    #expect(response == .warn)
  }

  @Test("a candidate of which all is new passes where that is no wonder, else nothing was compared")
  func noBaseline() throws {
    func outcome(_ context: BaselineContext, _ failures: [Failure] = []) throws -> Outcome {
      GateResult(
        old: [], new: [try series(times(5, 1)), try series(times(5, 1), name: "c")],
        failures: failures, context: context, policy: Policy()
      ).outcome(under: Policy())
    }
    let first = BaselineContext(allowsNoBaseline: true)
    #expect(try outcome(first) == .noBaseline)
    #expect(try outcome(BaselineContext()) == .incomparable)
    #expect(try outcome(first, [Failure(nil, reason: "no build")]) == .incomplete)
    let id = try series([1]).id
    let partly = BaselineContext(
      standings: [id: Standing(trouble: "another machine")], allowsNoBaseline: true)
    #expect(try outcome(partly) == .incomparable)
  }
}

/// A row that nothing can be compared with, beside one that is unchanged and alone.
struct TroubleCase: CustomTestStringConvertible {
  let testDescription: String
  let old: [Series]
  let new: [Series]
  let isCandidates: Bool

  init(
    _ description: String, _ old: [Metric], _ new: [Metric], old values: [Double] = [1, 1],
    new fresh: [Double] = [1, 1], isCandidates: Bool, isSummary: Bool = false
  ) {
    testDescription = description
    // The values are finite and not empty.
    self.old = old.compactMap { try? series(values, name: "x", metric: $0, isSummary: isSummary) }
    self.new = new.compactMap { try? series(fresh, name: "x", metric: $0) }
    self.isCandidates = isCandidates
  }

  private static let bytes = Metric("wall_time", .bytes)
  private static let rising = Metric("wall_time", .nanoseconds, better: .higher)

  static let all: [TroubleCase] = [
    TroubleCase("another unit", [.wallTime], [bytes], isCandidates: true),
    TroubleCase("another direction", [.wallTime], [rising], isCandidates: true),
    TroubleCase(
      "several units in the candidate", [.wallTime], [.wallTime, bytes], isCandidates: true),
    TroubleCase(
      "several units in the history only", [.wallTime, bytes], [.wallTime], isCandidates: false),
    TroubleCase(
      "too far apart", [.wallTime], [.wallTime], old: [1e-300, 1e-300],
      new: [1e300, 1e300], isCandidates: true),
    TroubleCase(
      "a summary in the history", [.wallTime], [.wallTime], old: [1], isCandidates: false,
      isSummary: true),
  ]
}

@Test(
  "what the candidate made incomparable fails by name, what the history did fails nothing",
  arguments: TroubleCase.all)
func troubled(_ example: TroubleCase) throws {
  let other = [try series(times(5, 100), name: "same")]
  func decision(_ rest: [Series]) -> GateResult {
    GateResult(old: example.old + rest, new: example.new + rest, policy: Policy())
  }
  let verdict = try #require(decision(other).familyResult.seriesResults.last?.verdict)
  #expect(verdict.kind == .incomparable)
  #expect(decision(other).outcome(under: Policy()) == (example.isCandidates ? .incomplete : .pass))
  #expect(
    decision([]).outcome(under: Policy()) == (example.isCandidates ? .incomplete : .incomparable))
}
