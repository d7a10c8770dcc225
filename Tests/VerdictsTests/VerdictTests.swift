import Measurements
import Testing
import Verdicts

/// One series on two sides, and what is to be said of it.
struct VerdictCase: CustomTestStringConvertible {
  let testDescription: String
  let old: [Double]
  let new: [Double]
  let metric: Metric
  let threshold: Double
  let verdict: Verdict

  init(
    _ description: String, _ old: [Double], _ new: [Double], _ verdict: Verdict,
    metric: Metric = .wallTime, threshold: Double = 0.1
  ) {
    testDescription = description
    self.old = old
    self.new = new
    self.metric = metric
    self.threshold = threshold
    self.verdict = verdict
  }

  /// Five rounds a side that do not overlap have p = 2/252; the interval goes from the third of the
  /// 25 ratios to the 23rd. Against five equal old values, that is from the least new value to the
  /// largest.
  static let clear: [VerdictCase] = [
    VerdictCase(
      "a slow-down beyond the threshold, its interval too", times(5, 100), times(5, 120),
      .regression(certain: true)),
    VerdictCase(
      "a slow-down whose interval begins inside the threshold", times(5, 100),
      [105, 118, 119, 120, 121], .regression(certain: false)),
    VerdictCase(
      "a speed-up beyond the threshold, its interval too", times(5, 100), times(5, 80),
      .improvement(certain: true)),
    VerdictCase(
      "a speed-up whose interval ends inside the threshold", times(5, 100), [95, 82, 81, 80, 79],
      .improvement(certain: false)),
    VerdictCase(
      "a fall where higher is better", times(5, 100), times(5, 80), .regression(certain: true),
      metric: .throughput),
    VerdictCase(
      "a fall where higher is better, not all of the interval", times(5, 100),
      [95, 82, 81, 80, 79], .regression(certain: false), metric: .throughput),
    VerdictCase(
      "a rise where higher is better", times(5, 100), times(5, 120), .improvement(certain: true),
      metric: .throughput),
    VerdictCase("equal values", times(5, 100), times(5, 100), .unchanged),
    VerdictCase(
      "a significant slow-down inside the threshold", times(5, 100), times(5, 105), .unchanged),
    VerdictCase(
      "a significant speed-up inside the threshold", times(5, 100), times(5, 95), .unchanged),
    VerdictCase(
      "a speed-up beyond the threshold that may be chance excludes a regression", times(5, 100),
      [100, 101, 80, 79, 78], .notWorse),
    VerdictCase(
      "one that is inside the threshold with all of its interval", times(5, 100),
      [100, 101, 95, 94, 93], .unchanged),
  ]

  /// What is exactly at a threshold is not beyond it, whatever its last bits are: 136/100 is more
  /// than 1 + 0.36 in floating point, and 82/100 less than 1 - 0.18.
  static let edges: [VerdictCase] = [
    VerdictCase("ten percent more", times(5, 100), times(5, 110), .unchanged),
    VerdictCase("ten percent less", times(5, 100), times(5, 90), .unchanged),
    VerdictCase(
      "ten percent less where higher is better", times(5, 100), times(5, 90), .unchanged,
      metric: .throughput),
    VerdictCase("36 percent more", times(5, 100), times(5, 136), .unchanged, threshold: 0.36),
    VerdictCase(
      "18 percent less where higher is better", times(5, 100), times(5, 82), .unchanged,
      metric: .throughput, threshold: 0.18),
    VerdictCase(
      "a little beyond ten percent", times(5, 100), times(5, 110.001), .regression(certain: true)),
    VerdictCase(
      "any change at all, for a threshold of nothing", times(5, 100), times(5, 100.001),
      .regression(certain: true), threshold: 0),
  ]

  static let exact: [VerdictCase] = [
    VerdictCase("an exact ten percent more", [100], [110], .unchanged, metric: .instructions),
    VerdictCase("an exact ten percent less", [100], [90], .unchanged, metric: .instructions),
    VerdictCase(
      "an exact eleven percent more", [100], [111], .regression(certain: true),
      metric: .instructions),
    VerdictCase(
      "an exact eleven percent less", [100], [89], .improvement(certain: true),
      metric: .instructions),
    VerdictCase(
      "an exact eleven percent less where higher is better", [100], [89],
      .regression(certain: true), metric: .hits),
    VerdictCase(
      "an exact 36 percent more", [100], [136], .unchanged, metric: .instructions,
      threshold: 0.36),
    VerdictCase(
      "an exact number out of nothing", [0], [1], .regression(certain: true),
      metric: .instructions),
    VerdictCase("nothing, exactly, on both sides", [0], [0], .unchanged, metric: .instructions),
    VerdictCase(
      "the middle of several rounds that call themselves exact", [100, 100, 500], [120, 120, 1],
      .regression(certain: true), metric: .instructions),
  ]

  /// Sixteenths are exact in binary, so that the rounds needed can be worked out by hand: the rounds
  /// there are, times the square of (end of the interval - estimate) / (limit - estimate).
  static let doubtful: [VerdictCase] = [
    VerdictCase(
      "three rounds a side, however different", times(3, 100), times(3, 200),
      .inconclusive(.tooFewRounds(old: 3, new: 3, need: 4))),
    VerdictCase(
      "three rounds a side, however equal", times(3, 100), times(3, 100),
      .inconclusive(.tooFewRounds(old: 3, new: 3, need: 4))),
    VerdictCase(
      "one number a side", [100], [100],
      .inconclusive(.tooFewRounds(old: 1, new: 1, need: 4))),
    VerdictCase(
      "too wide at the far end: 5 · (3/16 ÷ 1/16)²", times(5, 16), [15, 16, 17, 18, 20],
      .inconclusive(.tooNoisy(need: 45)), threshold: 0.125),
    VerdictCase(
      "the same where higher is better", times(5, 16), [17, 16, 15, 14, 12],
      .inconclusive(.tooNoisy(need: 45)), metric: .throughput, threshold: 0.125),
    VerdictCase(
      "beyond, but perhaps by chance: 5 · (5/16 ÷ 2/16)²", times(5, 16), [15, 15, 20, 20, 20],
      .inconclusive(.tooNoisy(need: 32)), threshold: 0.125),
    VerdictCase(
      "an estimate at the limit, which no number of rounds can move away", times(5, 16),
      [15, 16, 18, 20, 20], .inconclusive(.tooNoisy(need: nil)), threshold: 0.125),
    VerdictCase(
      "an estimate next to the limit: 5 · (81 ÷ 1)² rounds", times(5, 160),
      [150, 160, 179, 200, 260], .inconclusive(.tooNoisy(need: nil)), threshold: 0.125),
  ]

  /// Where a value is not positive, differences take the place of ratios, as parts of the old side's
  /// median; where that is zero, any difference counts.
  static let withoutRatio: [VerdictCase] = [
    VerdictCase("zero that stays", times(5, 0), times(5, 0), .unchanged),
    VerdictCase("zero that becomes more", times(5, 0), times(5, 1), .regression(certain: true)),
    VerdictCase("zero that becomes less", times(5, 0), times(5, -1), .improvement(certain: true)),
    VerdictCase(
      "zero that becomes more where higher is better", times(5, 0), times(5, 1),
      .improvement(certain: true), metric: .throughput),
    VerdictCase(
      "zero that becomes more or less: 5 · (2 ÷ 1)² rounds", times(5, 0), [-1, 0, 1, 2, 3],
      .inconclusive(.tooNoisy(need: 20))),
    VerdictCase(
      "something that becomes zero", times(5, 7), times(5, 0), .collapsed(certain: true)),
    VerdictCase(
      "a loss that shrinks by a tenth is at the threshold", times(5, -100), times(5, -90),
      .unchanged),
    VerdictCase(
      "a loss that shrinks by a fifth has risen", times(5, -100), times(5, -80),
      .regression(certain: true)),
    VerdictCase(
      "a loss that grows by a fifth has fallen", times(5, -100), times(5, -120),
      .improvement(certain: true)),
    VerdictCase(
      "one zero among the old values: 2 in 10", [0, 10, 10, 10, 10], times(5, 12),
      .regression(certain: true)),
  ]

  static let extreme: [VerdictCase] = [
    VerdictCase(
      "a middle near the largest number", times(4, 1.7e308), times(4, 1.7e308), .unchanged),
    VerdictCase(
      "differences that overflow", times(5, -1e308), times(5, 1e308), .incomparable(.overflow)),
    VerdictCase(
      "an exact ratio that overflows", [.leastNonzeroMagnitude], [1], .incomparable(.overflow),
      metric: .instructions),
    VerdictCase(
      "a difference out of all proportion to the old median",
      [-1, .leastNonzeroMagnitude, .leastNonzeroMagnitude, .leastNonzeroMagnitude, 1],
      times(5, 1e300), .incomparable(.overflow)),
  ]

  static let all = clear + edges + exact + doubtful + withoutRatio + extreme
}

@Test("a series gets the verdict that its numbers give by hand", arguments: VerdictCase.all)
func verdict(_ example: VerdictCase) throws {
  let familyResult = FamilyResult(
    old: [try series(example.old, metric: example.metric)],
    new: [try series(example.new, metric: example.metric)],
    policy: .threshold(example.threshold))
  let seriesResult = try #require(familyResult.seriesResults.first)
  #expect(familyResult.seriesResults.count == 1)
  #expect(seriesResult.verdict == example.verdict)
  #expect(seriesResult.limit.threshold.value == example.threshold)
}
