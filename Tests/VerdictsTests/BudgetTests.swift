import Measurements
import Testing
import Verdicts

/// One series, its budget, and what is to be said of it.
struct BudgetCase: CustomTestStringConvertible {
  let testDescription: String
  let rounds: [[Double]]
  let limit: String
  let state: BudgetRuling.State
  let metric: Metric
  let interval: ClosedRange<Double>?
  let evidence: Evidence

  init(
    _ description: String, _ rounds: [[Double]], _ limit: String, _ state: BudgetRuling.State,
    metric: Metric = .wallTime, interval: ClosedRange<Double>? = nil, evidence: Evidence = .rounds
  ) {
    testDescription = description
    self.rounds = rounds
    self.limit = limit
    self.state = state
    self.metric = metric
    self.interval = interval
    self.evidence = evidence
  }

  private static func each(_ values: [Double]) -> [[Double]] { values.map { [$0] } }

  /// Of six values the interval of the median goes from the least to the largest (P = 2/64), of ten
  /// from the second to the ninth (22/1024). An open one needs its rounds times the square of (end of
  /// the interval - median) / (limit - median).
  static let upper: [BudgetCase] = [
    BudgetCase(
      "the worst of six at the limit", each([90, 90, 90, 90, 90, 100]), "100ns", .kept,
      interval: 90...100),
    BudgetCase(
      "the best of six a little beyond", each([100.5, 110, 110, 110, 110, 110]), "100ns", .broken,
      interval: 100.5...110),
    BudgetCase(
      "the best of six at the limit", each([100, 120, 120, 120, 120, 120]), "100ns",
      .inconclusive(.tooNoisy(need: 7)), interval: 100...120),
    BudgetCase(
      "within, but perhaps not: 6 · (40 ÷ 20)²", each([80, 80, 80, 80, 80, 120]), "100ns",
      .inconclusive(.tooNoisy(need: 24)), interval: 80...120),
    BudgetCase(
      "beyond, but perhaps not: 6 · (30 ÷ 20)²", each([90, 120, 120, 120, 120, 130]), "100ns",
      .inconclusive(.tooNoisy(need: 14)), interval: 90...130),
    BudgetCase(
      "the median at the limit", each([90, 100, 100, 100, 100, 110]), "100ns",
      .inconclusive(.tooNoisy(need: nil)), interval: 90...110),
    BudgetCase(
      "the median next to it: 6 · (21 ÷ 1)² rounds", each([99, 99, 99, 99, 99, 120]), "100ns",
      .inconclusive(.tooNoisy(need: nil)), interval: 99...120),
    BudgetCase(
      "one of ten far beyond", each(times(9, 90) + [500]), "100ns", .kept, interval: 90...90),
    BudgetCase(
      "two of ten far beyond: 10 · (410 ÷ 10)² rounds", each(times(8, 90) + [500, 500]), "100ns",
      .inconclusive(.tooNoisy(need: nil)), interval: 90...500),
    BudgetCase(
      "five, however far beyond", each(times(5, 500)), "100ns",
      .inconclusive(.tooFewRounds(old: 5, new: 5, need: 6))),
    BudgetCase(
      "five, however far within", each(times(5, 1)), "100ns",
      .inconclusive(.tooFewRounds(old: 5, new: 5, need: 6))),
    BudgetCase(
      "the median of each round", Array(repeating: [90, 95, 900], count: 6), "100ns", .kept,
      interval: 95...95),
  ]

  private static let share = Metric("hits", .one, better: .higher)

  /// Where higher is better, the limit is the least that there must be.
  static let lower: [BudgetCase] = [
    BudgetCase(
      "the worst at the limit where higher is better", each([0.95, 0.96, 0.96, 0.96, 0.96, 0.97]),
      "95%", .kept, metric: share, interval: 0.95...0.97),
    BudgetCase(
      "the best a little below it where higher is better", each(times(5, 0.9) + [0.9499]), "95%",
      .broken, metric: share, interval: 0.9...0.9499),
    BudgetCase(
      "above, but perhaps not: 6 · (0.5 ÷ 0.25)²", each([0.25] + times(5, 0.75)), "50%",
      .inconclusive(.tooNoisy(need: 24)), metric: share, interval: 0.25...0.75),
    BudgetCase(
      "below, but perhaps not: 6 · (0.5 ÷ 0.25)²", each(times(5, 0.25) + [0.75]), "50%",
      .inconclusive(.tooNoisy(need: 24)), metric: share, interval: 0.25...0.75),
  ]

  static let other: [BudgetCase] = [
    BudgetCase(
      "an exact number at the limit", [[5000]], "5000", .kept, metric: .instructions,
      evidence: .exact),
    BudgetCase(
      "an exact number beyond", [[5001]], "5000", .broken, metric: .instructions, evidence: .exact),
    BudgetCase(
      "the worst of exact numbers that vary", each([4000, 4999, 9000]), "5000", .broken,
      metric: .instructions, evidence: .exact),
    BudgetCase(
      "an exact number below where higher is better", [[4999]], "5000", .broken, metric: .hits,
      evidence: .exact),
    BudgetCase(
      "six samples of one process", [[90, 91, 92, 93, 94, 95]], "100ns", .kept, interval: 90...95,
      evidence: .samples),
    BudgetCase(
      "a single number", [[90]], "100ns", .inconclusive(.tooFewRounds(old: 1, new: 1, need: 6)),
      evidence: .samples),
  ]

  static let all = upper + lower + other
}

@Suite("a budget")
struct BudgetTests {
  private func ruling(_ series: Series, _ limit: String, _ base: Policy = Policy()) throws
    -> BudgetRuling
  {
    var policy = base
    policy.judgesAlone = true
    policy.budgets = [Budget(benchmark: Pattern("b"), metric: nil, limit: try amount(limit))]
    let rulings = GateResult(old: [], new: [series], policy: policy).budgets
    #expect(rulings.count == 1)
    return try #require(rulings.first)
  }

  @Test("is held against the interval of the median", arguments: BudgetCase.all)
  func state(_ example: BudgetCase) throws {
    let series = try series(rounds: example.rounds, metric: example.metric)
    let ruling = try ruling(series, example.limit)
    #expect(ruling.state == example.state)
    #expect(ruling.interval == example.interval)
    #expect(ruling.evidence == example.evidence)
    #expect(ruling.side.rounds == example.rounds.count)
  }

  @Test("is not decided within one process where rounds are required")
  func requiredRounds() throws {
    let policy = Policy.with { $0.requiresRounds = true }
    let within = try ruling(try series(rounds: [times(6, 90)]), "100ns", policy)
    #expect(within.state == .inconclusive(.withinOneProcess))
    #expect(try ruling(try series(times(6, 90)), "100ns", policy).state == .kept)
    #expect(
      try ruling(try series([90], metric: .instructions), "100", policy).state == .kept)
  }

  @Test("is not held against a number without samples, unless the policy says so")
  func summaries() throws {
    let asked = Policy.with { $0.summaries = .threshold }
    let summary = try series([100], isSummary: true)
    #expect(try ruling(summary, "100ns").state == .incomparable)
    #expect(try ruling(summary, "100ns").evidence == .summary)
    #expect(try ruling(summary, "100ns", asked).state == .kept)
    #expect(try ruling(summary, "99ns", asked).state == .broken)
    #expect(try ruling(try series(times(6, 100), isSummary: true), "100ns").state == .kept)
  }

  @Test("takes a metric for exact, or not, as the policy says")
  func exactness() throws {
    let exact = Policy.with { $0.exactness = [.init(pattern: Pattern("wall_time"), value: true)] }
    #expect(try ruling(try series([100]), "100ns", exact).state == .kept)
    let noisy = Policy.with { $0.exactness = [.init(pattern: Pattern("*"), value: false)] }
    #expect(
      try ruling(try series([100], metric: .instructions), "100", noisy).state
        == .inconclusive(.tooFewRounds(old: 1, new: 1, need: 6)))
  }
}
