import Measurements
import Testing
import Verdicts

@Suite("A suite of tasks that are solved or not")
struct TaskRowTests {
  private static let all = Array(repeating: 3, count: 40)
  private static let most = Array(repeating: 3, count: 30) + Array(repeating: 1, count: 10)
  private static let half = Array(repeating: 3, count: 24) + Array(repeating: 0, count: 16)

  @Test("has a row over all tasks, and a drop of the margin that is no chance is a regression")
  func regression() throws {
    let result = try judged(Fleet(Self.all, of: 3), Fleet(Self.half, of: 3))
    let row = try #require(result.row("(all tasks)"))
    #expect(row.verdict == .regression(certain: true))
    #expect(row.comparison?.old.median == 1 && row.comparison?.new.median == 0.6)
    let tasks = try #require(row.comparison?.tasks)
    #expect(tasks.tasks == 40 && tasks.lost.count == 16 && tasks.won == [] && tasks.flaky == [])
    #expect(tasks.attempts?.new == .init(solved: 72, of: 120))
    #expect(result.outcome(under: Policy()) == .regression)
    #expect(result.familyResult.familySize == 1)
  }

  @Test("is unchanged if the interval excludes a drop of the margin, and better if it rose")
  func others() throws {
    let same = try judged(Fleet(Self.all, of: 3), Fleet(Self.all, of: 3))
    #expect(same.row("(all tasks)")?.verdict == .unchanged)
    #expect(same.outcome(under: Policy()) == .pass)
    let better = try judged(Fleet(Self.half, of: 3), Fleet(Self.all, of: 3))
    #expect(better.row("(all tasks)")?.verdict.kind == .improvement)
    #expect(better.row("(all tasks)")?.comparison?.tasks?.won.count == 16)
  }

  @Test("that is too small says how many attempts would decide, and what these exclude")
  func tooFew() throws {
    let result = try judged(Fleet([1, 1, 1, 1, 0], of: 1), Fleet([1, 1, 1, 0, 1], of: 1))
    guard
      case .inconclusive(.tooFewAttempts(let need?, let margin, let excludable?)) = result.row(
        "(all tasks)")?.verdict
    else {
      Issue.record("\(String(describing: result.row("(all tasks)")?.verdict))")
      return
    }
    #expect(margin == 0.1 && need > 200 && excludable > 0.5)
    #expect(result.row("(all tasks)")?.comparison?.tasks?.lost == ["task-3"])
    #expect(result.row("(all tasks)")?.comparison?.tasks?.won == ["task-4"])
  }

  @Test("judges a single task from four attempts a side on, and lists it with fewer")
  func single() throws {
    let three = try judged(Fleet([3, 3], of: 3), Fleet([3, 1], of: 3))
    #expect(three.familyResult.seriesResults.map(\.id.benchmark.name) == ["(all tasks)"])
    #expect(three.row("(all tasks)")?.comparison?.tasks?.flaky == ["task-1"])
    let twenty = try judged(Fleet([20, 20], of: 20), Fleet([20, 1], of: 20))
    #expect(
      twenty.row("task-0")?.verdict == .unchanged
        || twenty.row("task-0")?.verdict.kind == .inconclusive)
    #expect(twenty.row("task-1")?.verdict == .regression(certain: true))
    #expect(twenty.familyResult.familySize == 3)
    // One that is open is listed: the row over all tasks says what the attempts show together.
    let policy = Policy()
    let few = try judged(Fleet([4, 4], of: 4), Fleet([4, 3], of: 4), under: policy)
    let places = zip(few.familyResult.seriesResults, few.rowOutcomes(under: policy).series)
    #expect(
      places.map { "\($0.id.benchmark.name) \($1.place)" } == [
        "(all tasks) folded", "task-0 listed", "task-1 listed",
      ])
  }

  @Test("estimates that all attempts solve a task, by the tasks' own rates")
  func reliability() throws {
    let result = try judged(Fleet([3, 3], of: 3), Fleet([3, 2], of: 3))
    let found = try #require(result.row("(all tasks)")?.comparison?.tasks?.reliability)
    #expect(found.attempts == 3 && found.old == 1 && found.new == 0.5)
    let one = try judged(Fleet([1, 1], of: 1), Fleet([1, 0], of: 1))
    #expect(one.row("(all tasks)")?.comparison?.tasks?.reliability == nil)
  }

  @Test("compares the tasks that both sides have; a task of one side is missing or new as ever")
  func common() throws {
    let result = try judged(
      Fleet([3, 3, 3], of: 3), Fleet([3, 3, 3, 3], of: 3, metric: Fleet.success))
    #expect(result.row("(all tasks)")?.comparison?.tasks?.tasks == 3)
    #expect(result.row("task-3")?.verdict == .new)
    let fewer = try judged(Fleet([3, 3, 3], of: 3), Fleet([3, 3], of: 3))
    #expect(fewer.row("task-2")?.verdict == .missing)
    #expect(fewer.row("(all tasks)")?.comparison?.tasks?.tasks == 2)
  }

  @Test("takes older numbers for outcomes that were recorded before anybody said so")
  func unmarked() throws {
    let plain = Metric("success", .one, better: .higher)
    let result = try judged(
      Fleet(Self.all, of: 3, metric: plain), Fleet(Self.half, of: 3))
    #expect(result.row("(all tasks)")?.verdict.kind == .regression)
    let neither = try judged(
      Fleet(Self.all, of: 3, metric: plain), Fleet(Self.half, of: 3, metric: plain))
    #expect(neither.row("(all tasks)") == nil)
    var policy = Policy()
    policy.outcomes = [Policy.Rule(pattern: Pattern("success"), value: true)]
    let said = try judged(
      Fleet(Self.all, of: 3, metric: plain), Fleet(Self.half, of: 3, metric: plain), under: policy)
    #expect(said.row("(all tasks)")?.verdict.kind == .regression)
  }

  @Test("has a row for each value of a label that it is grouped by")
  func groups() throws {
    var policy = Policy()
    policy.groups = ["agent"]
    // Of 40 tasks those of the agent `qa` are the odd ones; it loses all of them.
    let new = (0..<40).map { $0 % 2 == 0 ? 3 : 0 }
    let result = try judged(
      Fleet(Self.all, of: 3, agents: ["dev", "qa"]), Fleet(new, of: 3, agents: ["dev", "qa"]),
      under: policy)
    #expect(result.row("(all tasks)")?.comparison?.tasks?.tasks == 40)
    #expect(result.row("(all tasks) agent=dev")?.verdict == .unchanged)
    let lost = try #require(result.row("(all tasks) agent=qa"))
    #expect(lost.verdict == .regression(certain: true) && lost.comparison?.tasks?.tasks == 20)
    #expect(result.familyResult.familySize == 3)
  }

  @Test("counts a drop by the margin of the row, the metric or the usual one")
  func margin() throws {
    func kind(_ change: (inout Policy) -> Void) throws -> Verdict.Kind? {
      var policy = Policy()
      change(&policy)
      return try judged(Fleet(Self.all, of: 3), Fleet(Self.most, of: 3), under: policy)
        .row("(all tasks)")?.verdict.kind
    }
    // Ten of forty tasks fell to a third: 16.7 points.
    #expect(try kind { _ in } == .regression)
    let wide = Policy.Rule(pattern: Pattern("success"), value: 0.3)
    #expect(try kind { $0.metricMargins = [wide] } == .unchanged)
    #expect(
      try kind {
        $0.metricMargins = [wide]
        $0.benchmarkMargins = [Policy.Rule(pattern: Pattern("(all tasks)"), value: 0.1)]
      } == .regression)
  }

  @Test("is waived up to a ceiling in points, and warned of, by the name of the row")
  func permitted() throws {
    func result(_ change: (inout Policy) throws -> Void) throws -> (GateResult, Policy) {
      var policy = Policy()
      policy.today = try day("2026-01-01")
      try change(&policy)
      return (try judged(Fleet(Self.all, of: 3), Fleet(Self.most, of: 3), under: policy), policy)
    }
    func waiver(_ ceiling: Double) throws -> Waiver {
      Waiver(
        benchmark: Pattern("(all tasks)"), metric: Pattern("success"), ceiling: ceiling,
        expires: try day("2026-02-01"), reason: "a cheaper model")
    }
    let (waived, _) = try result { $0.waivers = [try waiver(0.17)] }
    #expect(waived.row("(all tasks)")?.verdict.kind == .waived)
    let (exceeded, _) = try result { $0.waivers = [try waiver(0.16)] }
    #expect(exceeded.row("(all tasks)")?.verdict.kind == .regression)
    let (warned, policy) = try result {
      $0.severities.benchmarks[.regression] = [
        Policy.Rule(pattern: Pattern("(all tasks)"), value: .warn)
      ]
    }
    #expect(warned.outcome(under: policy) == .pass)
    let names = try judged(Fleet(Self.all, of: 3), Fleet(Self.most, of: 3))
    #expect(names.row("(all tasks)")?.comparison?.tasks?.members.count == 40)
  }

  @Test("is decided by the outcome of its tasks where a policy says so, with or without their rows")
  func deciding() throws {
    var policy = Policy()
    policy.deciding = [Pattern("success")]
    let old = try Fleet(Self.all, of: 3, costs: { _ in [1, 1, 1] })
    let new = try Fleet(Self.all, of: 3, costs: { _ in [2, 2.1, 2.2] })
    let result = judged(old, new, under: policy)
    #expect(result.row("(all tasks)")?.decides == true)
    #expect(result.row("(all tasks)", "cost")?.decides == false)
    #expect(result.row("task-0", "cost")?.decides == false)
    #expect(result.outcome(under: policy) == .pass)
  }

  @Test("is not hidden by many series of its tasks, of which none can be significant")
  func family() throws {
    // 16 of 50 tasks are lost and five won, p = .027: more than .05 / 51, and less than .05.
    let old = (0..<50).map { $0 < 45 ? 1 : 0 }
    let new = (0..<50).map { $0 < 29 || $0 >= 45 ? 1 : 0 }
    let costs = { (_: Int) -> [Double]? in [0.9, 1, 1.1] }
    let result = try judged(Fleet(old, of: 1, costs: costs), Fleet(new, of: 1, costs: costs))
    let row = try #require(result.row("(all tasks)"))
    #expect(row.significance?.p == row.comparison?.tasks?.p)
    #expect(row.verdict.kind == .regression)
    #expect(result.familyResult.taskFamilySize == 1)
  }

  @Test("inherits the drop of a marked merge-base, to which it adds nothing")
  func inherited() throws {
    let (old, marked) = (try Fleet(Self.all, of: 3), try Fleet(Self.half, of: 3))
    func kind(_ new: Fleet) -> Verdict.Kind? {
      let standings = Dictionary(
        uniqueKeysWithValues: marked.series.map { ($0.id, Standing(markedBase: [$0])) })
      return FamilyResult(
        old: old.series, new: new.series, context: BaselineContext(standings: standings),
        policy: Policy()
      ).seriesResults.first { $0.id.benchmark.name == "(all tasks)" }?.verdict.kind
    }
    #expect(kind(marked) == .inherited)
    #expect(try kind(Fleet(Self.all.map { _ in 0 }, of: 3)) == .regression)
    #expect(try kind(Fleet(Self.all, of: 3)) == .unchanged)
  }

  @Test("is looked at again with more attempts, all tasks together, until it is decided")
  func looks() throws {
    var test = SequentialTest(policy: Policy())
    // One of six tasks fell to half of its attempts: open, so all six go on.
    func sides(_ rounds: Int) throws -> (Fleet, Fleet) {
      let six = Array(repeating: rounds, count: 6)
      return (
        try Fleet(six, of: rounds), try Fleet(Array(six.dropLast()) + [rounds / 2], of: rounds)
      )
    }
    let (old, new) = try sides(5)
    let open = test.look(old: old.series, new: new.series)
    #expect(open.count == 6 && !open.contains { $0.name.hasPrefix("(") })
    let (later, laterNew) = try sides(20)
    test.look(old: later.series, new: laterNew.series)
    let row = test.familyResult.seriesResults.first { $0.id.benchmark.name == "(all tasks)" }
    #expect(row?.comparison?.tasks?.attempts?.new.count == 120)
  }

  @Test("knows the names of its rows where rules name them")
  func names() throws {
    var policy = Policy()
    policy.benchmarkMargins = [Policy.Rule(pattern: Pattern("(all tasks)"), value: 0.2)]
    policy.budgets = [
      Budget(
        benchmark: Pattern("(all tasks)"), metric: Pattern("cost_per_solved"),
        limit: try amount("1USD"))
    ]
    let fleet = try Fleet(Self.all, of: 3, costs: { _ in [1, 1, 1] })
    #expect(policy.problems(old: fleet.series, new: fleet.series) == [])
    let other = [try series([1, 2, 3])]
    #expect(!policy.problems(old: other, new: other).isEmpty)
  }
}

@Suite("What a suite of tasks costs")
struct TaskCostTests {
  private static func costs(_ dollars: Double) -> (Int) -> [Double]? {
    { index in [1, 1.02, 0.98].map { $0 * dollars * (1 + 0.01 * Double(index % 7)) } }
  }

  private static let all = Array(repeating: 3, count: 40)

  @Test("is compared over all tasks, and is unchanged or a regression by its interval")
  func sums() throws {
    let old = try Fleet(Self.all, of: 3, costs: Self.costs(1))
    let same = try judged(old, Fleet(Self.all, of: 3, costs: Self.costs(1)))
    #expect(same.row("(all tasks)", "cost")?.verdict == .unchanged)
    #expect(same.row("(all tasks)", "cost_per_solved")?.verdict == .unchanged)
    #expect(same.row("(tasks solved by both)", "cost") == nil)
    let dear = try judged(old, Fleet(Self.all, of: 3, costs: Self.costs(1.5)))
    #expect(dear.row("(all tasks)", "cost")?.verdict == .regression(certain: false))
    #expect(isClose(dear.row("(all tasks)", "cost")?.comparison?.effect.change, 0.5))
    // Nothing but rates is in the family.
    #expect(dear.row("(all tasks)", "cost")?.significance == nil)
  }

  @Test("does not look cheap where attempts fail fast")
  func failingFast() throws {
    let old = try Fleet(Self.all, of: 3, costs: Self.costs(1))
    // Half of the tasks fail, for a tenth of the money; the others cost as much as before.
    let new = try Fleet(
      (0..<40).map { $0 % 2 == 0 ? 3 : 0 }, of: 3,
      costs: { Self.costs($0 % 2 == 0 ? 1 : 0.1)($0) })
    let result = judged(old, new)
    #expect(result.row("(all tasks)")?.verdict.kind == .regression)
    #expect(result.row("(all tasks)", "cost")?.verdict.kind == .improvement)
    let both = try #require(result.row("(tasks solved by both)", "cost"))
    #expect(both.verdict == .unchanged && both.comparison?.tasks?.tasks == 20)
    #expect(result.row("(all tasks)", "cost_per_solved")?.verdict != .unchanged)
    #expect(result.outcome(under: Policy()) == .regression)
  }

  @Test("per solved attempt is a regression where nothing is solved, and none where nothing was")
  func nothingSolved() throws {
    let old = try Fleet(Self.all, of: 3, costs: Self.costs(1))
    let none = try Fleet(Self.all.map { _ in 0 }, of: 3, costs: Self.costs(1))
    let lost = judged(old, none).row("(all tasks)", "cost_per_solved")
    #expect(lost?.verdict == .regression(certain: false))
    #expect(lost?.comparison?.tasks?.solvedNothing == true)
    #expect(judged(none, old).row("(all tasks)", "cost_per_solved") == nil)
    #expect(judged(none, none).row("(all tasks)")?.verdict == .unchanged)
  }

  @Test("is compared by the threshold of the metric, for each solved attempt too")
  func thresholds() throws {
    var policy = Policy()
    policy.metrics = [Policy.Rule(pattern: Pattern("cost"), value: 0.8)]
    let result = try judged(
      Fleet(Self.all, of: 3, costs: Self.costs(1)), Fleet(Self.all, of: 3, costs: Self.costs(1.5)),
      under: policy)
    for metric in ["cost", "cost_per_solved"] {
      #expect(result.row("(all tasks)", metric)?.verdict == .unchanged)
    }
    policy.metrics.append(Policy.Rule(pattern: Pattern("cost_per_solved"), value: 0.1))
    #expect(
      try judged(
        Fleet(Self.all, of: 3, costs: Self.costs(1)),
        Fleet(Self.all, of: 3, costs: Self.costs(1.5)),
        under: policy
      ).row("(all tasks)", "cost_per_solved")?.verdict.kind == .regression)
  }

  @Test("of different numbers of attempts is compared by the attempt")
  func unequalAttempts() throws {
    let old = try Fleet(Self.all, of: 3, costs: { _ in [1, 1, 1] })
    let new = try Fleet(Self.all.map { _ in 6 }, of: 6, costs: { _ in times(6, 1) })
    #expect(judged(old, new).row("(all tasks)", "cost")?.comparison?.effect.change == 0)
    #expect(judged(old, new).row("(all tasks)", "cost_per_solved")?.comparison?.effect.change == 0)
  }

  @Test("is held against budgets that name the row, and no other budget is")
  func budgets() throws {
    let fleet = try Fleet(
      Self.all.enumerated().map { $0.offset < 4 ? 0 : 3 }, of: 3, costs: { _ in [1, 1, 1] },
      agents: ["dev", "qa"])
    func rulings(_ budgets: [Budget]) -> [String] {
      var policy = Policy()
      policy.budgets = budgets
      policy.groups = ["agent"]
      return judged(fleet, fleet, under: policy).budgets
        .map { "\($0.id.benchmark) \($0.id.metric) \($0.state.kind.rawValue)" }
    }
    func budget(_ benchmark: String, _ metric: String, _ limit: String) throws -> Budget {
      Budget(benchmark: Pattern(benchmark), metric: Pattern(metric), limit: try amount(limit))
    }
    #expect(
      try rulings([
        budget("(all tasks)", "cost", "39USD"), budget("(all tasks)", "success", "0.5"),
        budget("(all tasks) agent=qa", "cost", "21USD"),
        budget("(all tasks)", "cost_per_solved", "1.2USD"),
      ]) == [
        "(all tasks) cost broken", "(all tasks) cost_per_solved kept", "(all tasks) success kept",
        "(all tasks) agent=qa cost kept",
      ])
    #expect(
      try rulings([budget("*", "cost", "2USD")]).allSatisfy { $0.hasPrefix("task-") })
  }
}
