import Measurements
import Testing
import Verdicts

/// Two sides that leave something open, and the largest regression that they exclude, in per cent.
struct StrictnessCase: CustomTestStringConvertible {
  let testDescription: String
  let old: [Double]
  let new: [Double]
  let excluded: Double
  var metric = Metric.wallTime

  static let all: [StrictnessCase] = [
    StrictnessCase(
      testDescription: "an interval up to 130 ÷ 90", old: [90, 100, 110, 120],
      new: [90, 100, 110, 130], excluded: 44.5),
    StrictnessCase(
      testDescription: "two launches a side, up to 150 ÷ 100", old: [100, 110], new: [100, 150],
      excluded: 50),
    StrictnessCase(
      testDescription: "one launch a side", old: [100], new: [120], excluded: 20),
    StrictnessCase(
      testDescription: "a fall to 80 ÷ 125 where higher is better", old: [100, 125],
      new: [80, 100], excluded: 36, metric: .throughput),
    StrictnessCase(
      testDescription: "differences, up to 30 of 10", old: [-10, 10, 10],
      new: [10, 10, 20], excluded: 300),
  ]
}

@Suite("strictness")
struct StrictnessTests {
  private func outcome(_ example: StrictnessCase, _ strictness: Strictness) throws -> Outcome {
    let policy = Policy.with { $0.strictness = strictness }
    let same = try series(times(10, 1), name: "same")
    let decision = GateResult(
      old: [try series(example.old, metric: example.metric), same],
      new: [try series(example.new, metric: example.metric), same], policy: policy)
    #expect(decision.familyResult.seriesResults.first?.verdict.kind == .inconclusive)
    return decision.outcome(under: policy)
  }

  @Test("of a size fails what does not exclude a regression of it", arguments: StrictnessCase.all)
  func size(_ example: StrictnessCase) throws {
    #expect(try outcome(example, .lenient) == .pass)
    #expect(try outcome(example, .everything) == .inconclusive)
    #expect(try outcome(example, .excluding(example.excluded / 100)) == .pass)
    #expect(try outcome(example, .excluding(example.excluded / 100 - 0.01)) == .inconclusive)
  }

  @Test("fails a gate that decided nothing, however small its rows are")
  func undecided() throws {
    func outcome(_ strictness: Strictness) throws -> Outcome {
      let policy = Policy.with { $0.strictness = strictness }
      return GateResult(
        old: [try series([100])], new: [try series([101])], policy: policy
      ).outcome(under: policy)
    }
    #expect(try outcome(.lenient) == .undecided)
    #expect(try outcome(.excluding(0.5)) == .inconclusive)
    #expect(try outcome(.everything) == .inconclusive)
  }

  @Test("asks of a budget whether an excess of that size is excluded")
  func budget() throws {
    func outcome(_ limit: String, _ strictness: Strictness) throws -> Outcome {
      let policy = try Policy.with {
        $0.strictness = strictness
        $0.budgets = [Budget(benchmark: Pattern("*"), metric: nil, limit: try amount(limit))]
      }
      let same = [try series(times(5, 100) + [140])]
      return GateResult(old: same, new: same, policy: policy).outcome(under: policy)
    }
    #expect(try outcome("120ns", .excluding(0.2)) == .pass)
    #expect(try outcome("120ns", .excluding(0.1)) == .inconclusive)
    #expect(try outcome("120ns", .everything) == .inconclusive)
    #expect(try outcome("140ns", .everything) == .pass)
  }
}
