import Measurements
import Testing
import Verdicts

/// What a gate says of a mixture of verdicts.
struct OutcomeCase: CustomTestStringConvertible {
  let testDescription: String
  let kinds: [Verdict.Kind]
  var strict = false
  let outcome: Outcome
  let status: Int32

  static let all: [OutcomeCase] = [
    OutcomeCase(testDescription: "nothing", kinds: [], outcome: .incomparable, status: 3),
    OutcomeCase(testDescription: "only new", kinds: [.new], outcome: .incomparable, status: 3),
    OutcomeCase(testDescription: "unchanged", kinds: [.unchanged], outcome: .pass, status: 0),
    OutcomeCase(testDescription: "improved", kinds: [.improvement], outcome: .pass, status: 0),
    OutcomeCase(
      testDescription: "unchanged and new", kinds: [.unchanged, .new], outcome: .pass, status: 0),
    OutcomeCase(
      testDescription: "undecided", kinds: [.inconclusive], outcome: .undecided, status: 0),
    OutcomeCase(
      testDescription: "partly undecided", kinds: [.inconclusive, .unchanged], outcome: .pass,
      status: 0),
    OutcomeCase(
      testDescription: "undecided, strictly", kinds: [.inconclusive, .unchanged], strict: true,
      outcome: .inconclusive, status: 6),
    OutcomeCase(
      testDescription: "of another unit before undecided", kinds: [.incomparable, .inconclusive],
      strict: true, outcome: .incomplete, status: 4),
    OutcomeCase(
      testDescription: "inherited", kinds: [.inherited], outcome: .pass, status: 0),
    OutcomeCase(
      testDescription: "not measured here", kinds: [.notMeasured, .unchanged],
      outcome: .incomplete, status: 4),
    OutcomeCase(
      testDescription: "a regression before all",
      kinds: Verdict.Kind.allCases.filter { $0 != .notMeasured }, strict: true,
      outcome: .regression, status: 1),
    OutcomeCase(
      testDescription: "failed and unchanged", kinds: [.failed, .unchanged], outcome: .incomplete,
      status: 4),
    OutcomeCase(
      testDescription: "renamed and unchanged", kinds: [.renamed, .unchanged], outcome: .incomplete,
      status: 4),
    OutcomeCase(
      testDescription: "collapsed", kinds: [.collapsed], outcome: .pass, status: 0),
    OutcomeCase(testDescription: "waived", kinds: [.waived], outcome: .pass, status: 0),
    OutcomeCase(
      testDescription: "waived and undecided", kinds: [.waived, .inconclusive], outcome: .pass,
      status: 0),
    OutcomeCase(
      testDescription: "an improvement outweighs nothing", kinds: [.improvement, .regression],
      outcome: .regression, status: 1),
  ]
}

@Test("the outcome is the worst of the verdicts", arguments: OutcomeCase.all)
func outcome(_ example: OutcomeCase) throws {
  let outcome = try outcome(of: example.kinds, strict: example.strict)
  #expect(outcome == example.outcome)
  #expect(outcome.status == example.status)
}

@Test("of any two verdicts, the outcome of both is that of the worse: 1, 4, 3, 6, 0")
func precedence() throws {
  let order: [Int32] = [1, 4, 3, 6, 0]
  let kinds = Verdict.Kind.allCases.filter { ![.new, .renamed, .notMeasured].contains($0) }
  for first in kinds {
    for second in kinds {
      let status = try outcome(of: [first, second], strict: true).status
      let each = try [first, second].map { try outcome(of: [$0], strict: true).status }
      #expect(status == order.first { each.contains($0) }, "\(first), \(second)")
    }
  }
}

@Test(
  "beside a series that passes, the outcome of the other is that of both", arguments: [false, true])
func outcomeOfOne(strict: Bool) throws {
  var policy = Policy()
  policy.strictness = strict ? .everything : .lenient
  for kind in Verdict.Kind.allCases {
    let decision = try decision(of: [kind, .unchanged], policy)
    let own = try #require(
      decision.familyResult.seriesResults.first { $0.verdict.kind == kind }?.outcome(under: policy))
    let outcome = decision.outcome(under: policy)
    #expect(outcome == (own == .undecided ? .pass : own), "\(kind)")
  }
}

@Test("counts hold every kind, those without any too")
func counts() throws {
  let counts = try decision(of: [.unchanged, .unchanged, .missing], Policy()).familyResult.counts
  #expect(Set(counts.keys) == Set(Verdict.Kind.allCases))
  #expect(counts.filter { $0.value > 0 } == [.unchanged: 2, .missing: 1])
}

@Test("what the policy says of a state decides, for all benchmarks or for one")
func responses() throws {
  for state in CoverageState.allCases where state != .redefined {
    let kind = try #require(Verdict.Kind(rawValue: state.rawValue))
    let failure = kind == .inherited ? Outcome.regression : .incomplete
    for response in Response.allCases {
      var policy = Policy()
      policy.ledger.common[state] = response
      let common = try decision(of: [kind, .unchanged], policy).outcome(under: policy)
      #expect((common == failure) == (response == .fail), "\(state) \(response)")
      policy.ledger.common[state] = response == .fail ? .ignore : .fail
      policy.ledger.rules[state] = [.init(pattern: Pattern("b10"), value: response)]
      let own = try decision(of: [kind, .unchanged], policy).outcome(under: policy)
      #expect((own == failure) == (response == .fail), "\(state) \(response)")
    }
  }
}

private func outcome(of kinds: [Verdict.Kind], strict: Bool) throws -> Outcome {
  var policy = Policy()
  policy.strictness = strict ? .everything : .lenient
  return try decision(of: kinds, policy).outcome(under: policy)
}

/// A decision whose judgements are of the given kinds, on benchmarks called b10, b11 and so on.
private func decision(of kinds: [Verdict.Kind], _ base: Policy) throws -> GateResult {
  var policy = base
  policy.today = Day("2026-01-01")
  policy.waivers = try kinds.indices.filter { kinds[$0] == .waived }.map {
    Waiver(
      benchmark: Pattern("b\($0 + 10)"), metric: nil, ceiling: 2,
      expires: try #require(Day("2026-12-31")), reason: "for the test")
  }
  let pairs = try kinds.enumerated().map { index, kind in
    try pair(kind, name: "b\(index + 10)")
  }
  let failures = kinds.indices.filter { kinds[$0] == .failed }.map {
    Failure(Benchmark(name: "b\($0 + 10)"), reason: "exit status 1")
  }
  let marked = try kinds.enumerated().filter { $0.element == .inherited }.map {
    try series(times(10, 200), name: "b\($0.offset + 10)")
  }
  let decision = GateResult(
    old: pairs.compactMap(\.old), new: pairs.compactMap(\.new), failures: failures,
    context: BaselineContext(
      standings: Dictionary(
        uniqueKeysWithValues: marked.map { ($0.id, Standing(markedBase: [$0])) }),
      candidateIsPart: kinds.contains(.notMeasured)), policy: policy)
  let found = decision.familyResult.seriesResults.filter { $0.id.benchmark.name.first == "b" }
  #expect(found.map(\.verdict.kind) == kinds)
  return decision
}

private func pair(_ kind: Verdict.Kind, name: String) throws -> (old: Series?, new: Series?) {
  // Ten rounds: significant in any family of these tests.
  let old = try series(times(10, 100), name: name)
  func new(_ value: Double) throws -> Series { try series(times(10, value), name: name) }
  return switch kind {
  case .regression, .waived, .inherited: (old, try new(200))
  case .improvement: (old, try new(50))
  case .collapsed: (old, try new(5))
  case .unchanged: (old, try new(100))
  case .notWorse: (old, try series(times(4, 80) + times(6, 100), name: name))
  case .inconclusive: (old, try series([100], name: name))
  case .incomparable:
    (old, try series([100], name: name, metric: Metric("wall_time", .bytes)))
  case .missing, .notMeasured, .failed: (old, nil)
  case .renamed: (try series(times(10, 7777), name: name), try series(times(10, 7777), name: "x"))
  case .new: (nil, try series(times(10, 1), name: name))
  }
}
