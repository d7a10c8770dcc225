import Measurements
import Testing
import Verdicts

/// What a fixed point says beside a baseline of the same numbers as the candidate.
struct AnchorCase: CustomTestStringConvertible {
  let testDescription: String
  /// The series of the fixed point; the candidate has 100 ns of `b`.
  let series: [(name: String, values: [Double], metric: Metric)]
  let verdicts: [Verdict.Kind]
  let outcome: Outcome
  var isStrict = false
  var needsAnchor = true

  init(
    _ description: String, _ series: [(name: String, values: [Double], metric: Metric)],
    _ verdicts: [Verdict.Kind], _ outcome: Outcome, strict: Bool = false, needsAnchor: Bool = true
  ) {
    testDescription = description
    (self.series, self.verdicts, self.outcome) = (series, verdicts, outcome)
    (isStrict, self.needsAnchor) = (strict, needsAnchor)
  }

  private static let bytes = Metric("wall_time", .bytes)

  static let all: [AnchorCase] = [
    AnchorCase("as fast", [("b", times(5, 100), .wallTime)], [.unchanged], .pass),
    AnchorCase("faster than now", [("b", times(5, 80), .wallTime)], [.regression], .regression),
    AnchorCase("slower than now", [("b", times(5, 200), .wallTime)], [.improvement], .pass),
    AnchorCase(
      "more than ten times as slow", [("b", times(5, 2000), .wallTime)], [.collapsed], .pass),
    AnchorCase("too short", [("b", times(2, 100), .wallTime)], [.inconclusive], .pass),
    AnchorCase(
      "too short, strictly", [("b", times(2, 100), .wallTime)], [.inconclusive], .inconclusive,
      strict: true),
    AnchorCase(
      "with more that is gone now",
      [("b", times(5, 100), .wallTime), ("gone", times(5, 100), .wallTime)], [.unchanged], .pass),
    AnchorCase(
      "with a metric that is gone now",
      [("b", times(5, 100), .wallTime), ("b", times(5, 1), .maxRSS)], [.unchanged], .pass),
    AnchorCase("with nothing in common", [("x", times(5, 100), .wallTime)], [], .incomparable),
    AnchorCase(
      "with nothing in common, which may be", [("x", times(5, 100), .wallTime)], [], .pass,
      needsAnchor: false),
    AnchorCase("empty", [], [], .incomparable),
    AnchorCase(
      "of which nothing can be compared", [("b", times(5, 100), bytes)], [.incomparable],
      .incomparable),
    AnchorCase(
      "of which nothing can be compared, which may be", [("b", times(5, 100), bytes)],
      [.incomparable], .pass, needsAnchor: false),
    AnchorCase(
      "of which not everything can be compared",
      [("b", times(5, 100), bytes), ("c", times(5, 100), .wallTime)], [.incomparable, .unchanged],
      .incomparable),
  ]
}

@Suite("a fixed point")
struct AnchorTests {
  private func candidate() throws -> [Series] {
    try ["b", "c"].map { try series(times(5, 100), name: $0) }
  }

  @Test("is compared with besides the baseline", arguments: AnchorCase.all)
  func anchor(_ example: AnchorCase) throws {
    let policy = Policy.with {
      $0.strictness = example.isStrict ? .everything : .lenient
      $0.failsWithoutAnchor = example.needsAnchor
      for state in CoverageState.allCases { $0.ledger.common[state] = .fail }
    }
    let candidate = try candidate()
    let anchor = try example.series.map { try series($0.values, name: $0.name, metric: $0.metric) }
    let decision = GateResult(
      old: candidate, new: candidate, anchor: .series(anchor), policy: policy)
    #expect(decision.anchored?.seriesResults.map(\.verdict.kind) ?? [] == example.verdicts)
    #expect((decision.anchor == .unavailable) == example.verdicts.isEmpty)
    let responses = decision.anchored?.seriesResults.compactMap(\.response) ?? []
    #expect(responses.allSatisfy { $0 == .ignore })
    #expect(decision.outcome(under: policy) == example.outcome)
  }

  @Test("that cannot be had is a failure, unless the policy lets it pass")
  func unavailable() throws {
    let candidate = try candidate()
    func outcome(_ anchor: GateResult.AnchorSeries, needed: Bool = true) -> Outcome {
      let policy = Policy.with { $0.failsWithoutAnchor = needed }
      return GateResult(old: candidate, new: candidate, anchor: anchor, policy: policy)
        .outcome(under: policy)
    }
    #expect(outcome(.unavailable) == .incomparable)
    #expect(outcome(.unavailable, needed: false) == .pass)
    #expect(outcome(.none) == .pass)
  }

  /// 1.01⁹ is 1.0937, 1.01¹⁰ is 1.1046 and 1.01¹⁵ 1.1610.
  @Test("shows what creeps: one per cent a commit, from the tenth on")
  func creep() throws {
    let commits = try (0...15).map { step in
      [try series(times(10, (0..<step).reduce(100) { value, _ in value * 1.01 }))]
    }
    for step in 1...15 {
      let decision = GateResult(
        old: commits[step - 1], new: commits[step], anchor: .series(commits[0]), policy: Policy())
      #expect(decision.familyResult.seriesResults.map(\.verdict) == [.unchanged])
      let verdict: Verdict = step < 10 ? .unchanged : .regression(certain: true)
      #expect(decision.anchored?.seriesResults.map(\.verdict) == [verdict], "step \(step)")
      #expect(decision.outcome(under: Policy()) == (step < 10 ? .pass : .regression))
    }
    let last = FamilyResult(old: commits[0], new: commits[15], policy: Policy())
    let change = try #require(last.seriesResults.first?.comparison?.effect.change)
    #expect((change - 0.1610).magnitude < 0.00005)
  }

  /// Five rounds come down to p = 2/252, enough for six series but not for seven.
  @Test("has a family of its own, of what both have")
  func family() throws {
    let names = (0..<7).map { "b\($0)" }
    let old = try names.map { try series(times(5, 100), name: $0) }
    let slow: [Double] = [105, 120, 125, 130, 135]
    let new = try names.map { try series($0 == "b0" ? slow : times(5, 100), name: $0) }
    let decision = GateResult(
      old: old, new: new, anchor: .series(Array(old.prefix(6))), policy: Policy())
    #expect(decision.familyResult.familySize == 7)
    #expect(decision.familyResult.seriesResults.first?.verdict.kind == .inconclusive)
    #expect(decision.anchored?.familySize == 6)
    #expect(decision.anchored?.seriesResults.first?.verdict == .regression(certain: false))
  }

  @Test("knows a benchmark by the name it had then")
  func alias() throws {
    let policy = Policy.with { $0.aliases = [Alias(old: "a", new: "b")] }
    let candidate = try candidate()
    let decision = GateResult(
      old: candidate, new: candidate, anchor: .series([try series(times(5, 80), name: "a")]),
      policy: policy)
    #expect(decision.anchored?.seriesResults.map(\.verdict) == [.regression(certain: true)])
    #expect(decision.anchored?.seriesResults.map(\.formerly) == ["a"])
  }
}
