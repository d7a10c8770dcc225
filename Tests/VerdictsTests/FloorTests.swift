import Measurements
import Testing
import Verdicts

/// One series, the amounts that are too small to count, and what is to be said of it.
struct FloorCase: CustomTestStringConvertible {
  let testDescription: String
  let old: [Double]
  let new: [Double]
  let floors: [(pattern: String, amount: String)]
  let verdict: Verdict
  let metric: Metric

  init(
    _ description: String, _ old: Double, _ new: [Double], _ floors: [(String, String)],
    _ verdict: Verdict, _ metric: Metric = .wallTime
  ) {
    testDescription = description
    self.old = times(5, old)
    self.new = new.count == 1 ? times(5, new[0]) : new
    self.floors = floors.map { (pattern: $0.0, amount: $0.1) }
    self.verdict = verdict
    self.metric = metric
  }

  private static let worse = Verdict.regression(certain: true)
  private static let better = Verdict.improvement(certain: true)

  static let amounts: [FloorCase] = [
    FloorCase("as much as is ignored", 100, [150], [("*", "50ns")], .unchanged),
    FloorCase("more than is ignored", 100, [151], [("*", "50ns")], worse),
    FloorCase("as much less as is ignored", 100, [50], [("*", "50ns")], .unchanged),
    FloorCase("less by more than is ignored", 100, [49], [("*", "50ns")], better),
    FloorCase(
      "an amount that counts, inside the threshold", 1000, [1100], [("*", "50ns")], .unchanged),
    FloorCase("beyond both", 1000, [1101], [("*", "50ns")], worse),
    FloorCase(
      "as much as is ignored where higher is better", 100, [60], [("*", "40/s")], .unchanged,
      .throughput),
    FloorCase(
      "a larger fall where higher is better", 100, [59], [("*", "40/s")], worse, .throughput),
    FloorCase(
      "more is ignored than there is", 100, [1], [("*", "100/s")], .unchanged, .throughput),
    FloorCase("exact numbers", 100, [150], [("*", "50")], .unchanged, .instructions),
    FloorCase("exact numbers beyond", 100, [151], [("*", "50")], worse, .instructions),
  ]

  static let signs: [FloorCase] = [
    FloorCase("out of nothing, ignored", 0, [5], [("*", "5ns")], .unchanged),
    FloorCase("out of nothing, beyond", 0, [6], [("*", "5ns")], worse),
    FloorCase("below nothing, ignored", 0, [-5], [("*", "5ns")], .unchanged),
    FloorCase("below nothing, beyond", 0, [-6], [("*", "5ns")], better),
    FloorCase(
      "out of nothing where higher is better", 0, [6], [("*", "5/s")], better, .throughput),
    FloorCase(
      "below nothing where higher is better", 0, [-6], [("*", "5/s")], worse, .throughput),
    FloorCase("exactly out of nothing, ignored", 0, [5], [("*", "5")], .unchanged, .instructions),
    FloorCase("exactly out of nothing, beyond", 0, [6], [("*", "5")], worse, .instructions),
    FloorCase("a loss that shrinks, ignored", -100, [-60], [("*", "40ns")], .unchanged),
    FloorCase("a loss that shrinks", -100, [-59], [("*", "40ns")], worse),
    FloorCase(
      "a loss that grows where higher is better, ignored", -100, [-140], [("*", "40/s")],
      .unchanged, .throughput),
    FloorCase(
      "a loss that grows where higher is better", -100, [-141], [("*", "40/s")], worse,
      .throughput),
  ]

  static let patterns: [FloorCase] = [
    FloorCase("an amount in another unit", 100, [150], [("*", "50ns")], worse, .maxRSS),
    FloorCase(
      "of several units the metric's", 100, [150], [("*", "50B"), ("*", "1ns")], .unchanged,
      .maxRSS),
    FloorCase(
      "the most specific pattern", 100, [150], [("wall_time", "49ns"), ("*", "1us")], worse),
    FloorCase(
      "the most specific of the metric's unit", 100, [150], [("wall_time", "1B"), ("w*", "50ns")],
      .unchanged),
    FloorCase("another metric", 100, [150], [("max_rss", "50ns")], worse),
  ]

  /// The rounds there are, times the square of (end of the interval - estimate) / (limit - estimate).
  static let doubts: [FloorCase] = [
    FloorCase(
      "too wide for what is ignored: 5 · (3/16 ÷ 1/16)²", 16, [15, 16, 17, 18, 20],
      [("*", "2ns")], .inconclusive(.tooNoisy(need: 45))),
    FloorCase(
      "too wide, out of nothing: 5 · (2 ÷ 1)²", 0, [-1, 0, 1, 2, 3], [("*", "2ns")],
      .inconclusive(.tooNoisy(need: 20))),
    FloorCase(
      "all of the interval is ignored", 0, [-1, 0, 1, 2, 3], [("*", "3ns")], .unchanged),
    FloorCase(
      "some of the interval is ignored", 100, [120, 160, 160, 160, 160], [("*", "50ns")],
      .regression(certain: false)),
  ]

  static let all = amounts + signs + patterns + doubts
}

@Suite("an amount that is ignored")
struct FloorTests {
  @Test("keeps small changes out, however large they are in per cent", arguments: FloorCase.all)
  func floor(_ example: FloorCase) throws {
    let policy = try Policy.with {
      $0.floors = try example.floors.map {
        .init(pattern: Pattern($0.pattern), value: try amount($0.amount))
      }
    }
    let seriesResults = FamilyResult(
      old: [try series(example.old, metric: example.metric)],
      new: [try series(example.new, metric: example.metric)], policy: policy
    ).seriesResults
    #expect(seriesResults.map(\.verdict) == [example.verdict])
  }

  @Test("is named with its origin")
  func source() throws {
    let policy = try Policy.with {
      $0.floors = [
        .init(pattern: Pattern("wall*"), value: try amount("1ms"), place: ".perfconfig:3")
      ]
    }
    let measured = [try series([1]), try series([1], metric: .maxRSS)]
    let limits = FamilyResult(old: measured, new: measured, policy: policy).seriesResults.map(
      \.limit)
    #expect(limits.map(\.floor?.value.description) == [nil, "1ms"])
    #expect(limits.map(\.floor?.source) == [nil, #"[metric "wall*"] in .perfconfig:3"#])
  }
}
