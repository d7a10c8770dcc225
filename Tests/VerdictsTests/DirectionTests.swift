import Measurements
import TestSupport
import Testing
import Verdicts

@Suite("A metric of which nobody says which direction is better")
struct DirectionTests {
  private let points = Metric("points", Unit("points"), isGuessed: true)
  private let old: [Double] = [100, 101, 99, 100, 102, 98, 100, 101, 99, 100]

  private func decision(
    _ factor: Double, old oldMetric: Metric? = nil, new newMetric: Metric? = nil,
    policy: Policy = Policy()
  ) throws -> (seriesResult: SeriesResult, outcome: Outcome) {
    let decision = GateResult(
      old: [try series(old, metric: oldMetric ?? points)],
      new: [try series(old.map { $0 * factor }, metric: newMetric ?? points)], policy: policy)
    return (
      try #require(decision.familyResult.seriesResults.first), decision.outcome(under: policy)
    )
  }

  @Test(
    "has changed beyond the threshold either way, and is told as undecided",
    arguments: [0.5, 1.5, 0.02, 50])
  func changed(_ factor: Double) throws {
    let (seriesResult, outcome) = try decision(factor)
    guard case .inconclusive(.directionUnknown(let change?)) = seriesResult.verdict else {
      Issue.record("\(seriesResult.verdict)")
      return
    }
    #expect(isClose(change, factor - 1))
    #expect(outcome.status == 0)
    #expect(seriesResult.outcome(under: Policy()) == .undecided)
    #expect(try decision(factor, policy: .with { $0.guessed = .fail }).outcome == .inconclusive)
    #expect(
      try decision(factor, policy: .with { $0.strictness = .everything }).outcome == .inconclusive)
    #expect(
      try decision(factor, policy: .with { $0.strictness = .excluding(0.5) }).outcome
        == .inconclusive)
  }

  @Test("is unchanged within it, and noisy where the interval is wide, whichever it is")
  func unchanged() throws {
    #expect(try decision(1.02).seriesResult.verdict == .unchanged)
    let noisy: [Double] = [50, 150, 80, 120, 100, 60, 140, 90, 110, 100]
    let familyResult = FamilyResult(
      old: [try series(noisy, metric: points)],
      new: [try series(noisy.reversed(), metric: points)], policy: Policy())
    guard case .inconclusive(.tooNoisy)? = familyResult.seriesResults.first?.verdict else {
      Issue.record("\(familyResult.seriesResults)")
      return
    }
  }

  @Test("without chance, of one process, and from zero it is undecided, too")
  func evidence() throws {
    let exact = Metric("points", Unit("points"), exact: true, isGuessed: true)
    #expect(try decision(1.2, old: exact, new: exact).seriesResult.verdict.kind == .inconclusive)
    #expect(try decision(1.05, old: exact, new: exact).seriesResult.verdict == .unchanged)
    let zero = FamilyResult(
      old: [try series([0, 0, 0, 0, 0], metric: exact)],
      new: [try series([5, 5, 5, 5, 5], metric: exact)], policy: Policy())
    #expect(zero.seriesResults.first?.verdict == .inconclusive(.directionUnknown(change: nil)))
    let process = FamilyResult(
      old: [try series(rounds: [old], metric: points)],
      new: [try series(rounds: [old.map { $0 * 2 }], metric: points)], policy: Policy())
    guard case .inconclusive(.directionUnknown)? = process.seriesResults.first?.verdict else {
      Issue.record("\(process.seriesResults)")
      return
    }
  }

  @Test("is judged where one side knows it, or the policy does")
  func known() throws {
    let higher = Metric("points", Unit("points"), better: .higher)
    #expect(try decision(0.5, new: higher).seriesResult.verdict == .regression(certain: true))
    #expect(try decision(0.5, old: higher).seriesResult.verdict == .regression(certain: true))
    #expect(try decision(2, old: higher).seriesResult.verdict == .improvement(certain: true))
    func policy(_ direction: Direction) -> Policy {
      .with { $0.directions = [Policy.Rule(pattern: Pattern("po*"), value: direction)] }
    }
    #expect(
      try decision(0.5, policy: policy(.higher)).seriesResult.verdict == .regression(certain: true))
    #expect(
      try decision(0.5, policy: policy(.lower)).seriesResult.verdict == .improvement(certain: true))
    // Also where a recorder said otherwise, on one side or both.
    let named = Policy.with {
      $0.directions = [Policy.Rule(pattern: Pattern("points"), value: .higher)]
    }
    let lower = Metric("points", Unit("points"))
    #expect(
      try decision(0.5, old: lower, new: higher, policy: named).seriesResult.verdict
        == .regression(certain: true))
    #expect(
      try decision(0.5, old: lower, new: higher).seriesResult.verdict == .incomparable(.direction))
  }

  @Test("is what a pattern settles; what is known only its full name turns round")
  func patterns() throws {
    func policy(_ pattern: String) -> Policy {
      .with { $0.directions = [Policy.Rule(pattern: Pattern(pattern), value: .higher)] }
    }
    let known = Metric("latency", .nanoseconds)
    func verdict(_ pattern: String) throws -> Verdict {
      try decision(2, old: known, new: known, policy: policy(pattern)).seriesResult.verdict
    }
    #expect(try verdict("*") == .regression(certain: true))
    #expect(try verdict("lat*") == .regression(certain: true))
    #expect(try verdict("latency") == .improvement(certain: true))
    #expect(
      try decision(2, policy: policy("*")).seriesResult.verdict == .improvement(certain: true))
  }

  @Test("is not what a launch takes, however a rule spells its name")
  func launches() throws {
    for pattern in ["wall_time", "wall\\_time", "*"] {
      let policy = Policy.with {
        $0.directions = [Policy.Rule(pattern: Pattern(pattern), value: .higher)]
      }
      let judged = try decision(1.5, old: .wallTime, new: .wallTime, policy: policy)
      #expect(judged.seriesResult.verdict == .regression(certain: true))
    }
  }

  @Test("ends a measurement once it is plain that it changed")
  func sequentialTest() throws {
    var sequentialTest = SequentialTest(policy: Policy())
    let few = Array(old.prefix(5))
    let open = sequentialTest.look(
      old: [try series(few, metric: points)],
      new: [try series(few.map { $0 * 2 }, metric: points)])
    #expect(open.isEmpty)
    #expect(sequentialTest.next == nil)
  }
}
