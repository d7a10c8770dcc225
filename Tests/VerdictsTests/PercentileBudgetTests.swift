import Measurements
import Testing
import Verdicts

@Suite("A budget limits a percentile, and a warning fails nothing")
struct PercentileBudgetTests {
  private func policy(_ budgets: Budget...) -> Policy { Policy.with { $0.budgets = budgets } }

  private func budget(
    _ limit: String, percentile: Int? = nil, isWarning: Bool = false
  ) throws -> Budget {
    Budget(
      benchmark: Pattern("*"), metric: nil, percentile: percentile, limit: try amount(limit),
      isWarning: isWarning)
  }

  private func rulings(_ series: Series, _ policy: Policy) -> [BudgetRuling] {
    GateResult(old: [], new: [series], policy: policy).budgets
  }

  /// By nearest rank p95 of 20 values is the 19th, of 40 the 38th.
  @Test(
    "the percentile is a measured value by nearest rank",
    arguments: [
      (20, 95, 19.0), (40, 95, 38), (21, 95, 20), (20, 50, 10), (4, 75, 3), (100, 99, 99),
      (20, 5, 1), (10, 90, 9),
    ])
  func value(count: Int, percentile: Int, value: Double) throws {
    let values = try series((1...count).map(Double.init))
    for (limit, state) in [(value, BudgetRuling.State.kept), (value - 0.5, .broken)] {
      let ruling = try #require(
        rulings(values, policy(try budget("\(limit)ns", percentile: percentile))).first)
      #expect(ruling.measured == value)
      #expect(ruling.state == state)
      #expect(ruling.interval == nil)
    }
  }

  @Test(
    "with too few rounds there is no such percentile",
    arguments: [(95, 20), (99, 100), (50, 2), (90, 10), (75, 4), (5, 20), (97, 34)])
  func few(percentile: Int, need: Int) throws {
    let policy = policy(try budget("1ns", percentile: percentile))
    let few = try series(times(need - 1, 100))
    #expect(
      rulings(few, policy).map(\.state)
        == [.inconclusive(.tooFewRounds(old: need - 1, new: need - 1, need: need))])
    #expect(rulings(try series(times(need, 100)), policy).map(\.state) == [.broken])
  }

  @Test("a series has a budget for each figure")
  func figures() throws {
    let values = try series((1...20).map(Double.init))
    let policy = policy(
      try budget("100ns"), try budget("18ns", percentile: 95), try budget("5ns", isWarning: true))
    let rulings = rulings(values, policy)
    #expect(rulings.map(\.state) == [.kept, .broken, .broken])
    #expect(rulings.map(\.budget.isWarning) == [false, false, true])
  }

  @Test("an excess of a warning changes no status")
  func warning() throws {
    let values = try series(times(10, 100))
    let warning = policy(try budget("50ns", isWarning: true))
    let result = GateResult(old: [values], new: [values], policy: warning)
    #expect(result.budgets.map(\.state) == [.broken])
    #expect(result.outcome(under: warning) == .pass)
    #expect(!result.hasDoubts)
    let rows = result.rowOutcomes(under: warning).budgets
    #expect(rows.map(\.fails) == [false] && rows.map(\.place) == [.open])
    let strict = Policy.with {
      $0.budgets = warning.budgets
      $0.strictness = .everything
    }
    let few = try series([40, 60])
    #expect(
      GateResult(old: [values], new: [values], policy: strict).outcome(under: strict) == .pass)
    #expect(
      GateResult(old: [], new: [few], policy: strict).rowOutcomes(under: strict).budgets
        .allSatisfy { !$0.fails })
  }

  @Test("a warning alone is nothing to judge by")
  func alone() throws {
    let policy = try Policy.with {
      $0.budgets = [try budget("50ns", isWarning: true)]
      $0.judgesAlone = true
    }
    #expect(!policy.hasBudgets)
    let result = GateResult(old: [], new: [try series(times(10, 10))], policy: policy)
    #expect(result.outcome(under: policy) == .incomparable)
  }
}
