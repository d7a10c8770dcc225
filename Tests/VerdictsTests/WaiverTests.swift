import Measurements
import Testing
import Verdicts

/// A waiver for the tests: its text says in few words what matters.
struct Written: Sendable {
  var benchmark = "b"
  var metric: String?
  var ceiling = 0.25
  var expires = "2026-06-15"

  func waiver() throws -> Waiver {
    Waiver(
      benchmark: Pattern(benchmark), metric: metric.map { Pattern($0) }, ceiling: ceiling,
      expires: try day(expires), reason: "for the test")
  }
}

/// Waivers, and which of them does what for a change on the last day of June 2026's first half.
struct WaiverCase: CustomTestStringConvertible {
  let testDescription: String
  let waivers: [Written]
  /// The waiver that counts; nil for none.
  let chosen: Int?
  let state: WaiverFinding.State?
  var old = times(5, 100)
  var new = times(5, 120)
  var metric = Metric.wallTime
  var today: String? = "2026-06-15"

  init(
    _ description: String, _ waivers: [Written], _ chosen: Int?, _ state: WaiverFinding.State?,
    old: [Double] = times(5, 100), new: [Double] = times(5, 120), metric: Metric = .wallTime,
    today: String? = "2026-06-15"
  ) {
    testDescription = description
    (self.waivers, self.chosen, self.state) = (waivers, chosen, state)
    (self.old, self.new, self.metric, self.today) = (old, new, metric, today)
  }

  static let single: [WaiverCase] = [
    WaiverCase("within the ceiling", [Written()], 0, .permits),
    WaiverCase("at the ceiling", [Written(ceiling: 0.2)], 0, .permits),
    WaiverCase(
      "at a ceiling that rounding is above", [Written(ceiling: 0.36)], 0, .permits,
      new: times(5, 136)),
    WaiverCase("above the ceiling", [Written(ceiling: 0.199)], 0, .exceeded),
    WaiverCase("the day after its last", [Written(expires: "2026-06-14")], 0, .expired),
    WaiverCase("a day that nobody knows", [Written()], 0, .expired, today: nil),
    WaiverCase("its metric", [Written(metric: "wall_*")], 0, .permits),
    WaiverCase("another metric", [Written(metric: "max_rss")], nil, nil),
    WaiverCase("another benchmark", [Written(benchmark: "bb*")], nil, nil),
    WaiverCase(
      "a fall where higher is better", [Written(ceiling: 0.2)], 0, .permits, new: times(5, 80),
      metric: .throughput),
    WaiverCase(
      "a larger fall where higher is better", [Written(ceiling: 0.2)], 0, .exceeded,
      new: times(5, 79), metric: .throughput),
    WaiverCase(
      "a loss that shrinks", [Written(ceiling: 0.2)], 0, .permits, old: times(5, -100),
      new: times(5, -80)),
    WaiverCase(
      "out of nothing, which no per cent bounds", [Written(ceiling: 10)], 0, .exceeded,
      old: times(5, 0), new: times(5, 1)),
    WaiverCase(
      "an exact number", [Written()], 0, .permits, old: [100], new: [120], metric: .instructions),
    WaiverCase(
      "a regression that is not certain", [Written()], 0, .permits, new: [105, 118, 119, 120, 121]),
  ]

  static let several: [WaiverCase] = [
    WaiverCase(
      "a general one that permits, before a specific one that has expired",
      [Written(benchmark: "*"), Written(expires: "2026-06-14")], 0, .permits),
    WaiverCase(
      "a general one that permits, before a specific one whose ceiling is too low",
      [Written(ceiling: 0.1), Written(benchmark: "*")], 1, .permits),
    WaiverCase(
      "the specific one of two that permit", [Written(), Written(benchmark: "*")], 0, .permits),
    WaiverCase("the last of equals", [Written(), Written(ceiling: 0.3)], 1, .permits),
    WaiverCase(
      "one whose ceiling is too low, before one that has expired",
      [Written(benchmark: "*", ceiling: 0.1), Written(expires: "2026-06-14")], 0, .exceeded),
    WaiverCase(
      "the specific one of two that have expired",
      [Written(expires: "2026-06-14"), Written(benchmark: "*", expires: "2026-06-13")], 0, .expired
    ),
  ]

  static let all = single + several
}

@Suite("a waiver")
struct WaiverTests {
  private func policy(_ waivers: [Written], today: String? = "2026-06-15") throws -> Policy {
    try Policy.with {
      $0.waivers = try waivers.map { try $0.waiver() }
      $0.today = try today.map(day)
    }
  }

  @Test("permits a regression up to its ceiling, to its last day", arguments: WaiverCase.all)
  func permission(_ example: WaiverCase) throws {
    let policy = try policy(example.waivers, today: example.today)
    let seriesResult = try #require(
      FamilyResult(
        old: [try series(example.old, metric: example.metric)],
        new: [try series(example.new, metric: example.metric)], policy: policy
      ).seriesResults.first)
    #expect(seriesResult.waiver?.state == example.state)
    #expect(seriesResult.waiver?.waiver == example.chosen.map { policy.waivers[$0] })
    #expect(seriesResult.verdict.kind == (example.state == .permits ? .waived : .regression))
  }

  @Test("does not touch how certain a regression is")
  func certainty() throws {
    let policy = try policy([Written()])
    func verdict(_ new: [Double]) throws -> Verdict? {
      FamilyResult(old: [try series(times(5, 100))], new: [try series(new)], policy: policy)
        .seriesResults.first?.verdict
    }
    #expect(try verdict(times(5, 120)) == .waived(certain: true))
    #expect(try verdict([105, 118, 119, 120, 121]) == .waived(certain: false))
  }

  @Test("has nothing to do with what is no regression", arguments: [80, 100, 109.0])
  func others(_ value: Double) throws {
    let policy = try policy([Written()])
    let decision = GateResult(
      old: [try series(times(5, 100))], new: [try series(times(5, value))], policy: policy)
    #expect(decision.familyResult.seriesResults.map(\.waiver) == [nil])
    #expect(decision.waivers.map(\.isUsed) == [false])
  }

  @Test("is used, unused or expired, and may be both used and expired")
  func states() throws {
    let written = [
      Written(), Written(benchmark: "c", ceiling: 0.1), Written(benchmark: "x"),
      Written(benchmark: "d", expires: "2026-06-14"), Written(expires: "2026-06-14"),
    ]
    let policy = try policy(written)
    let decision = GateResult(
      old: try ["b", "c", "d"].map { try series(times(10, 100), name: $0) },
      new: try ["b", "c", "d"].map { try series(times(10, 120), name: $0) }, policy: policy)
    #expect(decision.waivers.map(\.waiver) == policy.waivers)
    #expect(decision.waivers.map(\.isUsed) == [true, true, false, true, false])
    #expect(decision.waivers.map(\.isExpired) == [false, false, false, true, true])
  }

  @Test("decides the outcome")
  func outcome() throws {
    func outcome(_ written: Written) throws -> Outcome {
      let policy = try policy([written])
      return GateResult(
        old: [try series(times(5, 100))], new: [try series(times(5, 120))], policy: policy
      ).outcome(under: policy)
    }
    #expect(try outcome(Written()) == .pass)
    #expect(try outcome(Written(ceiling: 0.1)) == .regression)
    #expect(try outcome(Written(expires: "2026-06-14")) == .regression)
  }

  @Test("counts against the anchor by what changed since then", arguments: [0.15, 0.25])
  func anchor(_ ceiling: Double) throws {
    let policy = try policy([Written(ceiling: ceiling)])
    let new = [try series(times(5, 120))]
    let decision = GateResult(
      old: new, new: new, anchor: .series([try series(times(5, 100))]), policy: policy)
    let isPermitted = ceiling > 0.2
    #expect(decision.familyResult.seriesResults.map(\.verdict) == [.unchanged])
    #expect(
      decision.anchored?.seriesResults.map(\.waiver?.state) == [isPermitted ? .permits : .exceeded])
    #expect(decision.waivers.map(\.isUsed) == [true])
    #expect(decision.outcome(under: policy) == (isPermitted ? .pass : .regression))
  }

  @Test("that permits a change since the baseline need not permit that since the anchor")
  func both() throws {
    let policy = try policy([Written()])
    let decision = GateResult(
      old: [try series(times(5, 100))], new: [try series(times(5, 120))],
      anchor: .series([try series(times(5, 80))]), policy: policy)
    #expect(decision.familyResult.seriesResults.map(\.verdict) == [.waived(certain: true)])
    #expect(decision.anchored?.seriesResults.map(\.verdict) == [.regression(certain: true)])
    #expect(decision.outcome(under: policy) == .regression)
  }
}
