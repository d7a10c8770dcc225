import Measurements
import Testing
import Verdicts

/// What two sides are made of, and what may be concluded from it.
struct EvidenceCase: CustomTestStringConvertible {
  struct Recorded {
    let rounds: [[Double]]
    var isSummary = false
  }

  let testDescription: String
  let old: Recorded
  let new: Recorded
  let verdict: Verdict
  let evidence: Evidence?
  var metric = Metric.wallTime
  var policy = Policy()

  /// Whether it belongs to the family.
  var isTested: Bool { evidence == .rounds }

  private static let summaries = Policy.with { $0.summaries = .threshold }
  private static let rounds = Policy.with { $0.requiresRounds = true }

  private static func exact(_ rules: (String, Bool)...) -> Policy {
    .with { $0.exactness = rules.map { .init(pattern: Pattern($0.0), value: $0.1) } }
  }

  private static let one = Recorded(rounds: [[100]])
  private static let more = Recorded(rounds: [[120]])
  private static let few = Doubt.tooFewRounds(old: 1, new: 1, need: 4)

  static let exactness: [EvidenceCase] = [
    EvidenceCase(
      testDescription: "called exact by the policy", old: one, new: more,
      verdict: .regression(certain: true), evidence: .exact, policy: exact(("wall_*", true))),
    EvidenceCase(
      testDescription: "called noisy by the policy", old: one, new: more,
      verdict: .inconclusive(few), evidence: .samples, metric: .instructions,
      policy: exact(("*", false))),
    EvidenceCase(
      testDescription: "the most specific rule on chance", old: one, new: more,
      verdict: .regression(certain: true), evidence: .exact,
      policy: exact(("wall_time", true), ("wall_*", false))),
    EvidenceCase(
      testDescription: "a rule for another metric", old: one, new: more,
      verdict: .inconclusive(few), evidence: .samples, policy: exact(("max_rss", true))),
    EvidenceCase(
      testDescription: "an exact number without samples is a number all the same",
      old: Recorded(rounds: [[100]], isSummary: true), new: more,
      verdict: .regression(certain: true), evidence: .exact, metric: .instructions),
    EvidenceCase(
      testDescription: "exact numbers where rounds are required", old: one, new: more,
      verdict: .regression(certain: true), evidence: .exact, metric: .instructions, policy: rounds),
  ]

  private static let summary = Recorded(rounds: [[100]], isSummary: true)

  private static func summary(_ value: Double, rounds: Int = 1) -> Recorded {
    Recorded(rounds: times(rounds, value).map { [$0] }, isSummary: true)
  }

  static let withoutSamples: [EvidenceCase] = [
    EvidenceCase(
      testDescription: "two summaries", old: summary, new: summary(120),
      verdict: .incomparable(.summary), evidence: nil),
    EvidenceCase(
      testDescription: "a summary and rounds", old: Recorded(rounds: times(5, 100).map { [$0] }),
      new: summary(120), verdict: .incomparable(.summary), evidence: nil),
    EvidenceCase(
      testDescription: "above the threshold, as asked", old: summary, new: summary(111),
      verdict: .regression(certain: false), evidence: .summary, policy: summaries),
    EvidenceCase(
      testDescription: "at the threshold, as asked", old: summary, new: summary(110),
      verdict: .unchanged, evidence: .summary, policy: summaries),
    EvidenceCase(
      testDescription: "below the threshold, as asked", old: summary, new: summary(89),
      verdict: .improvement(certain: false), evidence: .summary, policy: summaries),
    EvidenceCase(
      testDescription: "a summary and the median of rounds, as asked", old: summary,
      new: Recorded(rounds: [[111], [111], [1]]), verdict: .regression(certain: false),
      evidence: .summary, policy: summaries),
    EvidenceCase(
      testDescription: "two summaries a side are two rounds", old: summary(100, rounds: 2),
      new: summary(120, rounds: 2),
      verdict: .inconclusive(.tooFewRounds(old: 2, new: 2, need: 4)), evidence: .rounds),
    EvidenceCase(
      testDescription: "five summaries a side are five rounds", old: summary(100, rounds: 5),
      new: summary(120, rounds: 5), verdict: .regression(certain: true), evidence: .rounds),
  ]

  private static let process = Recorded(rounds: [times(5, 100)])
  private static let launches = Recorded(rounds: times(5, 120).map { [$0] })

  static let repetitions: [EvidenceCase] = [
    EvidenceCase(
      testDescription: "repetitions within one process, and half as much again", old: process,
      new: Recorded(rounds: [times(5, 150)]), verdict: .inconclusive(.withinOneProcess),
      evidence: .samples),
    EvidenceCase(
      testDescription: "repetitions within one process, and more than that", old: process,
      new: Recorded(rounds: [times(5, 151)]), verdict: .regression(certain: false),
      evidence: .samples),
    EvidenceCase(
      testDescription: "repetitions within one process, and one of them near", old: process,
      new: Recorded(rounds: [[149] + times(4, 300)]), verdict: .inconclusive(.withinOneProcess),
      evidence: .samples),
    EvidenceCase(
      testDescription: "seven repetitions have an interval, in which one is not counted",
      old: Recorded(rounds: [times(7, 100)]), new: Recorded(rounds: [[149] + times(6, 300)]),
      verdict: .regression(certain: false), evidence: .samples),
    EvidenceCase(
      testDescription: "repetitions within one process, and less than two thirds", old: process,
      new: Recorded(rounds: [times(5, 66)]), verdict: .improvement(certain: false),
      evidence: .samples),
    EvidenceCase(
      testDescription: "repetitions within one process that do not differ", old: process,
      new: Recorded(rounds: [times(5, 101)]), verdict: .unchanged, evidence: .samples),
    EvidenceCase(
      testDescription: "repetitions within one process, by a margin that was asked for",
      old: process, new: Recorded(rounds: [times(5, 121)]), verdict: .regression(certain: false),
      evidence: .samples, policy: .with { $0.oneProcess = 0.2 }),
    EvidenceCase(
      testDescription: "a threshold of 20 % asks for twice as much", old: process,
      new: Recorded(rounds: [times(5, 200)]), verdict: .inconclusive(.withinOneProcess),
      evidence: .samples, policy: .threshold(0.2)),
    EvidenceCase(
      testDescription: "one process against launches", old: process,
      new: Recorded(rounds: times(5, 151).map { [$0] }), verdict: .regression(certain: false),
      evidence: .samples),
    EvidenceCase(
      testDescription: "repetitions where rounds are required", old: process,
      new: Recorded(rounds: [times(5, 120)]), verdict: .inconclusive(.withinOneProcess),
      evidence: .samples, policy: rounds),
    EvidenceCase(
      testDescription: "repetitions on one side where rounds are required", old: process,
      new: launches, verdict: .inconclusive(.withinOneProcess), evidence: .samples,
      policy: rounds),
    EvidenceCase(
      testDescription: "rounds where they are required",
      old: Recorded(rounds: times(5, 100).map { [$0] }), new: launches,
      verdict: .regression(certain: true), evidence: .rounds, policy: rounds),
  ]

  static let all = exactness + withoutSamples + repetitions
}

@Suite("evidence")
struct EvidenceTests {
  @Test("decides what is tested, and what belongs to the family", arguments: EvidenceCase.all)
  func evidence(_ example: EvidenceCase) throws {
    func side(_ recorded: EvidenceCase.Recorded) throws -> Series {
      try series(rounds: recorded.rounds, metric: example.metric, isSummary: recorded.isSummary)
    }
    let familyResult = FamilyResult(
      old: [try side(example.old)], new: [try side(example.new)], policy: example.policy)
    let seriesResult = try #require(familyResult.seriesResults.first)
    #expect(seriesResult.verdict == example.verdict)
    #expect(seriesResult.comparison?.evidence == example.evidence)
    #expect(familyResult.familySize == (example.isTested ? 1 : 0))
    #expect((seriesResult.significance != nil) == example.isTested)
  }

  @Test("that calls itself exact, but varies, is named with its range")
  func variation() throws {
    func variation(_ metric: Metric) throws -> [ClosedRange<Double>?] {
      let comparison = try #require(
        FamilyResult(
          old: [try series([100, 110, 100], metric: metric)],
          new: [try series([100, 100], metric: metric)], policy: Policy()
        ).seriesResults.first?.comparison)
      return [comparison.variation.old, comparison.variation.new]
    }
    #expect(try variation(.instructions) == [100...110, nil])
    #expect(try variation(.wallTime) == [nil, nil])
  }
}
