import Measurements
import Testing
import Verdicts

/// Ten rounds of one value on each side, or less, and what is to be said of them.
struct CollapseCase: CustomTestStringConvertible {
  let testDescription: String
  let old: [Double]
  let new: [Double]
  let verdict: Verdict
  var metric = Metric.wallTime
  var floor: String?

  init(
    _ description: String, _ old: Double, _ new: Double, _ verdict: Verdict,
    _ metric: Metric = .wallTime, rounds: Int = 10, floor: String? = nil
  ) {
    self.init(
      description, times(rounds, old), times(rounds, new), verdict, metric, floor: floor)
  }

  init(
    _ description: String, _ old: [Double], _ new: [Double], _ verdict: Verdict,
    _ metric: Metric = .wallTime, floor: String? = nil
  ) {
    testDescription = description
    (self.old, self.new, self.verdict) = (old, new, verdict)
    (self.metric, self.floor) = (metric, floor)
  }

  static let sizes: [CollapseCase] = [
    CollapseCase("less than a tenth", 100, 9.9, .collapsed(certain: true)),
    CollapseCase("a tenth", 100, 10, .improvement(certain: true)),
    CollapseCase("exactly less than a tenth", 100, 9, .collapsed(certain: true), .instructions),
    CollapseCase("exactly a tenth", 100, 10, .improvement(certain: true), .instructions),
    CollapseCase(
      "more than ten times as much where higher is better", 100, 1001, .collapsed(certain: true),
      .throughput),
    CollapseCase(
      "ten times as much where higher is better", 100, 1000, .improvement(certain: true),
      .throughput),
    CollapseCase(
      "exactly ten times as much where higher is better", 0.3, 3, .improvement(certain: true),
      .hits),
    CollapseCase("ten times as much", 100, 1001, .regression(certain: true)),
    CollapseCase(
      "less than a tenth where higher is better", 100, 5, .regression(certain: true), .throughput),
  ]

  /// Of what is negative there is no tenth: a loss of 300 is not less of a loss of 100.
  static let signs: [CollapseCase] = [
    CollapseCase("a loss that grows threefold", -100, -300, .improvement(certain: true)),
    CollapseCase(
      "a loss that becomes a gain where higher is better", -1, 10, .improvement(certain: true),
      .throughput),
    CollapseCase(
      "something out of nothing where higher is better", 0, 10, .improvement(certain: true),
      .throughput),
  ]

  static let doubts: [CollapseCase] = [
    CollapseCase(
      "in three rounds", 100, 1, .inconclusive(.tooFewRounds(old: 3, new: 3, need: 4)), rounds: 3),
    CollapseCase(
      "perhaps not in all rounds", times(5, 100), [95, 5, 5, 5, 5], .collapsed(certain: false)),
    CollapseCase(
      "by an amount that never counts", 100, 1, .unchanged, floor: "99ns"),
    CollapseCase(
      "by an amount that counts", 100, 1, .collapsed(certain: true), floor: "98ns"),
  ]

  static let all = sizes + signs + doubts
}

@Suite("what is left of a benchmark")
struct CollapseTests {
  @Test("collapsed where it is less than a tenth", arguments: CollapseCase.all)
  func collapse(_ example: CollapseCase) throws {
    let policy = try Policy.with {
      $0.floors =
        try example.floor.map { [.init(pattern: Pattern("*"), value: try amount($0))] }
        ?? []
    }
    let seriesResult = try #require(
      FamilyResult(
        old: [try series(example.old, metric: example.metric)],
        new: [try series(example.new, metric: example.metric)], policy: policy
      ).seriesResults.first)
    #expect(seriesResult.verdict == example.verdict)
    #expect((seriesResult.response == .warn) == (example.verdict.kind == .collapsed))
  }

  /// Four rounds a side come down to p = .0286, too much for two series at once.
  @Test("collapsed also where no test can show it, since what is asked is another question")
  func untestable() throws {
    let old = try ["a", "b"].map { try series(times(4, 100), name: $0) }
    let new = [try series(times(4, 5), name: "a"), try series(times(4, 100), name: "b")]
    let seriesResults = FamilyResult(old: old, new: new, policy: Policy()).seriesResults
    #expect(seriesResults.map(\.verdict) == [.collapsed(certain: false), .unchanged])
  }

  @Test("collapsed by a number without samples, where these are compared")
  func summary() throws {
    let policy = Policy.with { $0.summaries = .threshold }
    let familyResult = FamilyResult(
      old: [try series([100], isSummary: true)], new: [try series([5], isSummary: true)],
      policy: policy)
    #expect(familyResult.seriesResults.map(\.verdict) == [.collapsed(certain: false)])
  }
}
