import Measurements
import Testing
import Verdicts

/// Rounds of a number without chance that are not all the same.
struct WorstRoundCase: CustomTestStringConvertible {
  let testDescription: String
  let old: [Double]
  let new: [Double]
  let kind: Verdict.Kind
  let change: Double
  var metric = Metric.instructions

  static let all: [WorstRoundCase] = [
    WorstRoundCase(
      testDescription: "a million times as much in four of ten", old: times(10, 1),
      new: times(6, 1) + times(4, 1_000_000), kind: .regression, change: 999_999),
    WorstRoundCase(
      testDescription: "as much in the worst round, more in most", old: times(9, 1) + [10],
      new: times(10, 10), kind: .regression, change: 9),
    WorstRoundCase(
      testDescription: "less in most, as much in the worst", old: times(10, 10),
      new: times(9, 1) + [10], kind: .unchanged, change: 0),
    WorstRoundCase(
      testDescription: "less in all", old: times(9, 10) + [20], new: times(10, 5),
      kind: .improvement, change: -0.5),
    WorstRoundCase(
      testDescription: "the same rounds in another order", old: [1, 5, 9], new: [9, 5, 1],
      kind: .unchanged, change: 0),
    WorstRoundCase(
      testDescription: "nothing in one round where higher is better", old: times(5, 10),
      new: times(4, 10) + [0], kind: .regression, change: -1, metric: .hits),
  ]
}

@Suite("numbers without chance that differ")
struct WorstRoundTests {
  @Test("are compared by the worst round where that shows more", arguments: WorstRoundCase.all)
  func comparison(_ example: WorstRoundCase) throws {
    let seriesResult = try #require(
      FamilyResult(
        old: [try series(example.old, metric: example.metric)],
        new: [try series(example.new, metric: example.metric)], policy: Policy()
      ).seriesResults.first)
    #expect(seriesResult.verdict.kind == example.kind)
    #expect(isClose(seriesResult.comparison?.effect.change, example.change))
  }

  @Test("are held against a budget by the worst round")
  func budget() throws {
    func ruling(_ values: [Double], _ limit: String, _ metric: Metric) throws -> BudgetRuling {
      let policy = try Policy.with {
        $0.budgets = [
          Budget(benchmark: Pattern("*"), metric: Pattern(metric.name), limit: try amount(limit))
        ]
      }
      let decision = GateResult(
        old: [], new: [try series(values, metric: metric)], policy: policy)
      return try #require(decision.budgets.first)
    }
    let broken = try ruling(times(6, 1) + times(4, 1_000_000), "10", .instructions)
    #expect(broken.state == .broken)
    #expect(broken.side.median == 1_000_000)
    #expect(try ruling(times(6, 1) + times(4, 10), "10", .instructions).state == .kept)
    #expect(try ruling(times(9, 20) + [5], "10", .hits).state == .broken)
    #expect(try ruling(times(10, 20), "10", .hits).state == .kept)
  }
}
