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
      testDescription: "incomparable before undecided", kinds: [.incomparable, .inconclusive],
      strict: true, outcome: .incomparable, status: 3),
    OutcomeCase(
      testDescription: "missing before incomparable", kinds: [.missing, .incomparable],
      strict: true, outcome: .incomplete, status: 4),
    OutcomeCase(
      testDescription: "a regression before all", kinds: Verdict.Kind.allCases, strict: true,
      outcome: .regression, status: 1),
    OutcomeCase(
      testDescription: "an improvement outweighs nothing", kinds: [.improvement, .regression],
      outcome: .regression, status: 1),
  ]
}

@Test("the outcome is the worst of the verdicts", arguments: OutcomeCase.all)
func outcome(_ example: OutcomeCase) throws {
  let assessment = try assessment(of: example.kinds)
  var policy = Policy()
  policy.failsInconclusive = example.strict
  #expect(assessment.outcome(under: policy) == example.outcome)
  #expect(assessment.outcome(under: policy).status == example.status)
}

@Test("of any two verdicts, the outcome of both is that of the worse: 1, 4, 3, 6, 0")
func precedence() throws {
  var policy = Policy()
  policy.failsInconclusive = true
  let order: [Int32] = [1, 4, 3, 6, 0]
  let kinds = Verdict.Kind.allCases.filter { $0 != .new }
  for first in kinds {
    for second in kinds {
      let status = try assessment(of: [first, second]).outcome(under: policy).status
      let each = try [first, second].map {
        try assessment(of: [$0]).outcome(under: policy).status
      }
      #expect(status == order.first { each.contains($0) }, "\(first), \(second)")
    }
  }
}

@Test("counts hold every kind, those without any too")
func counts() throws {
  let counts = try assessment(of: [.unchanged, .unchanged, .missing]).counts
  #expect(Set(counts.keys) == Set(Verdict.Kind.allCases))
  #expect(counts.filter { $0.value > 0 } == [.unchanged: 2, .missing: 1])
}

/// An assessment whose judgements are of the given kinds.
private func assessment(of kinds: [Verdict.Kind]) throws -> Assessment {
  let pairs = try kinds.enumerated().map { index, kind in
    try pair(kind, name: "b\(index)")
  }
  let assessment = Assessment(
    old: pairs.compactMap(\.old), new: pairs.compactMap(\.new), policy: Policy())
  #expect(assessment.judgements.map(\.verdict.kind) == kinds)
  return assessment
}

private func pair(_ kind: Verdict.Kind, name: String) throws -> (old: Series?, new: Series?) {
  // Ten rounds: significant in any family of these tests.
  let old = try series(times(10, 100), name: name)
  func new(_ value: Double) throws -> Series { try series(times(10, value), name: name) }
  return switch kind {
  case .regression: (old, try new(200))
  case .improvement: (old, try new(50))
  case .unchanged: (old, try new(100))
  case .inconclusive: (old, try series([100], name: name))
  case .incomparable:
    (old, try series([100], name: name, metric: Metric("wall_time", .bytes)))
  case .missing: (old, nil)
  case .new: (nil, old)
  }
}
