import Measurements
import Statistics
import Testing
import Verdicts

@Suite("A goal is met by the whole interval of the change")
struct GoalTests {
  private let tokens = Metric("total_tokens", .one)

  private func goal(
    _ change: Double, benchmark: String? = nil, fails: Bool = false
  ) -> Goal {
    Goal(
      metric: Pattern("total_tokens"), benchmark: benchmark.map { Pattern($0) },
      against: "all.json", change: change, fails: fails)
  }

  private func rows(
    _ old: [Double], _ new: [Double], _ change: Double, metric: Metric? = nil,
    policy: Policy = Policy()
  ) throws -> GoalRow {
    let metric = metric ?? tokens
    let goal = Goal(metric: Pattern("*"), against: "x", change: change)
    let result = goal.result(
      old: [try series(old, metric: metric)], new: [try series(new, metric: metric)], under: policy)
    #expect(result.rows.count == 1)
    return result.rows[0]
  }

  @Test("a change of all rounds beyond the goal meets it, one on the other side does not")
  func states() throws {
    let old = (0..<10).map { 1000 + Double($0) }
    let small = old.map { $0 * 0.3 }
    #expect(try rows(old, small, -0.6).state == .met)
    #expect(try rows(old, small, -0.8).state == .notMet)
    let wide = (0..<10).map { 300.0 + 20 * Double($0) }
    #expect(try rows(old, wide, -0.6).state == .open(.between))
  }

  @Test("the goal itself is reached, by numbers without chance as well")
  func exactly() throws {
    let exact = Metric("total_tokens", .one, exact: true)
    #expect(try rows([1000], [400], -0.6, metric: exact).state == .met)
    #expect(try rows([1000], [401], -0.6, metric: exact).state == .notMet)
    let row = try rows([1000, 1000], [400, 400], -0.6, metric: exact)
    #expect(row.interval == row.change.map { $0...$0 })
  }

  @Test("the better direction of the metric is that of the goal")
  func direction() throws {
    let (old, up) = ([Double](repeating: 100, count: 8), [Double](repeating: 120, count: 8))
    #expect(try rows(old, up, 0.2, metric: .throughput).state == .met)
    #expect(try rows(old, up, 0.3, metric: .throughput).state == .notMet)
    // A cost may rise by so much.
    #expect(try rows(old, up, 0.25).state == .met)
    #expect(try rows(old, up, 0.1).state == .notMet)
    // If nobody knows the direction, the sign says it.
    let guessed = Metric("points", .one, isGuessed: true)
    #expect(try rows(old, up, 0.1, metric: guessed).state == .met)
    #expect(try rows(old, up, -0.1, metric: guessed).state == .notMet)
  }

  @Test("what cannot be known stays open, with the reason")
  func doubts() throws {
    #expect(
      try rows([1000, 1001], [300, 301], -0.6).state == .open(.tooFewRounds(old: 2, new: 2)))
    #expect(try rows([1000], [300], -0.6).state == .open(.tooFewRounds(old: 1, new: 1)))
    #expect(try rows(times(8, 0), times(8, 10), -0.6).state == .open(.fromZero))
    let oneProcess = goal(-0.6).result(
      old: [try series(rounds: [times(10, 1000)], metric: tokens)],
      new: [try series(rounds: [times(10, 300)], metric: tokens)], under: Policy())
    #expect(oneProcess.rows.map(\.state) == [.open(.oneProcess)])
    let other = Metric("total_tokens", Unit("kilotokens"))
    let units = goal(-0.6).result(
      old: [try series(times(8, 1000), metric: tokens)],
      new: [try series(times(8, 1), metric: other)], under: Policy())
    #expect(
      units.rows.map(\.state) == [.open(.mismatch(.unit(old: "1", new: "kilotokens")))])
  }

  @Test("a goal over several series is met only by all, and not met by one that misses it")
  func several() throws {
    func result(_ new: [String: Double], _ goal: Goal) throws -> GoalResult {
      let old = try ["a", "b", "c"].map { try series(times(8, 1000), name: $0, metric: tokens) }
      let new = try new.map { try series(times(8, $0.value), name: $0.key, metric: tokens) }
      return goal.result(old: old, new: new, under: Policy())
    }
    #expect(try result(["a": 300, "b": 300, "c": 300], goal(-0.6)).state == .met)
    #expect(try result(["a": 300, "b": 300, "c": 500], goal(-0.6)).state == .notMet)
    let open = try result(["a": 300, "b": 300], goal(-0.6))
    #expect(open.state == .open)
    #expect(open.rows.last?.state == .open(.notMeasured))
    #expect(try result(["a": 300, "c": 900], goal(-0.6, benchmark: "a")).state == .met)
    let new = try result(["a": 300, "b": 300, "c": 300, "d": 1], goal(-0.6))
    #expect(new.state == .open && new.rows.last?.state == .open(.noCounterpart))
  }

  @Test("a benchmark that failed leaves it open")
  func failed() throws {
    let result = goal(-0.6).result(
      old: [try series(times(8, 1000), metric: tokens)], new: [],
      failures: [Failure(Benchmark(name: "b"), reason: "exit status 1")], under: Policy())
    #expect(result.rows.map(\.state) == [.open(.failed("exit status 1"))])
  }

  @Test("only a goal that is insisted on fails the gate, and only where it is not met")
  func outcome() throws {
    let old = try series(times(8, 1000), metric: tokens)
    for (new, fails, outcome) in [
      (900.0, false, Outcome.pass), (900, true, .goalNotMet), (300, true, .pass),
    ] {
      let candidate = try series(times(8, new), metric: tokens)
      var result = GateResult(old: [candidate], new: [candidate], policy: Policy())
      result.goals = [
        goal(-0.6, fails: fails).result(old: [old], new: [candidate], under: Policy())
      ]
      #expect(result.outcome(under: Policy()) == outcome)
    }
    let few = try series([1000, 1000], metric: tokens)
    var result = GateResult(old: [few], new: [few], policy: Policy())
    result.goals = [goal(-0.6, fails: true).result(old: [few], new: [few], under: Policy())]
    #expect(result.goals[0].state == .open)
    #expect(result.outcome(under: Policy()).status == 0)
    #expect(Outcome.goalNotMet.status == 1)
  }

  /// The interval that a row shows decides alone.
  @Test("the state agrees with the interval of the row, for random numbers")
  func agrees() throws {
    var generator = SeededGenerator(seed: 18)
    var seen: Set<GoalRow.State.Kind> = []
    for _ in 0..<300 {
      let rounds = Int.random(in: 2...12, using: &generator)
      let factor = Double.random(in: 0.2...1.6, using: &generator)
      let noise = Double.random(in: 0...0.6, using: &generator)
      let wanted = (Double.random(in: -0.9...0.5, using: &generator) * 100).rounded() / 100
      let metric = Bool.random(using: &generator) ? tokens : .throughput
      func values(_ level: Double) -> [Double] {
        (0..<rounds).map { _ in
          level * (1 + noise * Double.random(in: -1...1, using: &generator))
        }
      }
      let (old, new) = (values(1000), values(1000 * factor))
      let row = try rows(old, new, wanted, metric: metric)
      seen.insert(row.state.kind)
      let judged = FamilyResult(
        old: [try series(old, metric: metric)], new: [try series(new, metric: metric)],
        policy: Policy())
      #expect(row.interval == judged.seriesResults[0].comparison?.effect.interval)
      guard let interval = row.interval else {
        #expect(row.state == .open(.tooFewRounds(old: rounds, new: rounds)))
        continue
      }
      let isMet =
        metric.better == .lower ? interval.upperBound <= wanted : interval.lowerBound >= wanted
      let isMissed =
        metric.better == .lower ? interval.lowerBound > wanted : interval.upperBound < wanted
      #expect(row.state.kind == (isMet ? .met : isMissed ? .notMet : .open))
    }
    #expect(seen.count == 3)
  }
}
