import Measurements
import Testing
import Verdicts

/// A policy for `parse/large` with a time and a count, on both sides, and for `pack` with a size, which
/// is new; and the mistakes that are to be seen in it.
struct ProblemCase: CustomTestStringConvertible {
  let testDescription: String
  let problems: [String]
  let failures: [Failure]
  let policy: @Sendable (inout Policy) throws -> Void

  init(
    _ description: String, _ problems: [String], failed: String? = nil,
    _ policy: @escaping @Sendable (inout Policy) throws -> Void
  ) {
    (testDescription, self.problems, self.policy) = (description, problems, policy)
    failures = failed.map { [Failure(Benchmark(name: $0), reason: "")] } ?? []
  }

  private static func rule<Value>(_ pattern: String, _ value: Value) -> Policy.Rule<Value> {
    Policy.Rule(pattern: Pattern(pattern), value: value, place: "here")
  }

  private static func budget(
    _ benchmark: String, _ limit: String, metric: String? = nil
  ) throws -> Budget {
    Budget(
      benchmark: Pattern(benchmark), metric: metric.map { Pattern($0) }, limit: try amount(limit),
      place: "here")
  }

  private static func waiver(_ benchmark: String, metric: String? = nil) throws -> Waiver {
    Waiver(
      benchmark: Pattern(benchmark), metric: metric.map { Pattern($0) }, ceiling: 1,
      expires: try day("2026-12-31"), reason: "", place: "here")
  }

  static let right: [ProblemCase] = [
    ProblemCase("nothing", []) { _ in },
    ProblemCase("names that are there", []) {
      $0.benchmarks = [rule("parse/large", 1), rule("pack", 1)]
      $0.metrics = [rule("allocations", 1)]
    },
    ProblemCase("patterns that fit", []) {
      $0.benchmarks = [rule("*", 1), rule("p?ck", 1), rule("parse/*", 1)]
      $0.exactness = [rule("alloc*", true)]
    },
    ProblemCase("a benchmark that failed", [], failed: "broken") {
      $0.benchmarks = [rule("broken", 1)]
    },
    ProblemCase("a metric of timed commands that nobody measured", []) {
      $0.metrics = [rule("system_time", 1), rule("user*", 1)]
    },
    ProblemCase("a budget for a benchmark that failed", [], failed: "broken") {
      $0.budgets = [try budget("broken", "3s", metric: "anything")]
    },
    ProblemCase("budgets in the metrics' units", []) {
      $0.budgets = [
        try budget("*", "3s"), try budget("parse/*", "5000", metric: "alloc*"),
        try budget("pack", "1GiB"),
      ]
    },
    ProblemCase("an amount for those of many metrics that have its unit", []) {
      $0.floors = [rule("*", try amount("1ms"))]
    },
    ProblemCase("an alias for a name that is gone", []) {
      $0.aliases = [Alias(old: "parse/big", new: "parse/large")]
    },
    ProblemCase("a chain of aliases", []) {
      $0.aliases = [
        Alias(old: "parse/huge", new: "parse/big"), Alias(old: "parse/big", new: "parse/large"),
      ]
    },
  ]

  static let unmatched: [ProblemCase] = [
    ProblemCase("a threshold", [#"no benchmark 'pars/*' in [benchmark "pars/*"] here"#]) {
      $0.benchmarks = [rule("pars/*", 1)]
    },
    ProblemCase("a response", [#"no benchmark 'x' in [benchmark "x"] here"#]) {
      $0.ledger.rules[.new] = [rule("x", .fail)]
    },
    ProblemCase(
      "the new name of an alias", [#"no benchmark 'x' in [benchmark "x"] "#, "still parse/large"]
    ) {
      $0.aliases = [Alias(old: "parse/large", new: "x")]
    },
    ProblemCase("a response to changes", [#"no benchmark 'x' in [benchmark "x"] here"#]) {
      $0.severities.benchmarks[.regression] = [rule("x", .warn)]
    },
    ProblemCase("a metric's response", [#"no metric 'z' in [metric "z"] here"#]) {
      $0.severities.metrics[.improvement] = [rule("z", .fail)]
    },
    ProblemCase("a budget", [#"no benchmark 'x' in [benchmark "x"] here"#]) {
      $0.budgets = [try budget("x", "3s")]
    },
    ProblemCase("a waiver", [#"no benchmark 'x' in [waiver "x"] here"#]) {
      $0.waivers = [try waiver("x")]
    },
    ProblemCase("a waiver's metric", [#"no metric 'wal_time' in [waiver "*"] here"#]) {
      $0.waivers = [try waiver("*", metric: "wal_time")]
    },
    ProblemCase("a metric's threshold", [#"no metric 'alocs' in [metric "alocs"] here"#]) {
      $0.metrics = [rule("alocs", 1)]
    },
    ProblemCase("a metric's exactness", [#"no metric 'z*' in [metric "z*"] here"#]) {
      $0.exactness = [rule("z*", true)]
    },
    ProblemCase("an amount to ignore", [#"no metric 'z' in [metric "z"] here"#]) {
      $0.floors = [rule("z", try amount("1ms"))]
    },
    ProblemCase("a budget's metric", [#"no metric 'wall' in [benchmark "parse/*"] here"#]) {
      $0.budgets = [try budget("parse/*", "3s", metric: "wall")]
    },
    ProblemCase("a metric with a budget", [#"no metric 'wall' in [metric "wall"] here"#]) {
      $0.budgets = [Budget(metric: Pattern("wall"), limit: try amount("3s"), place: "here")]
    },
    ProblemCase(
      "a metric that another benchmark has", [#"no metric 'max_rss' in [benchmark "parse/*"] here"#]
    ) { $0.budgets = [try budget("parse/*", "1GiB", metric: "max_rss")] },
  ]

  static let units: [ProblemCase] = [
    ProblemCase("a size for a time", [#"'1KiB' for wall_time in [metric "wall_time"] here"#]) {
      $0.floors = [rule("wall_time", try amount("1KiB"))]
    },
    ProblemCase(
      "what nothing is counted in",
      [#"'1 apple' for allocations, max_rss, wall_time in [metric "*"] here"#]
    ) { $0.floors = [rule("*", try amount("1 apple"))] },
    ProblemCase("a time for a count", [#"'3s' for allocations in [benchmark "parse/*"] here"#]) {
      $0.budgets = [try budget("parse/*", "3s", metric: "allocations")]
    },
    ProblemCase("a time where there is none", [#"'3s' for max_rss in [benchmark "pack"] here"#]) {
      $0.budgets = [try budget("pack", "3s")]
    },
    ProblemCase("a metric's budget", [#"'3s' for max_rss in [metric "max_rss"] here"#]) {
      $0.budgets = [Budget(metric: Pattern("max_rss"), limit: try amount("3s"), place: "here")]
    },
  ]

  static let all = right + unmatched + units
}

@Suite("a mistake in a policy")
struct PolicyProblemTests {
  private func problems(_ policy: Policy, _ failures: [Failure]) throws -> [String] {
    let allocations = Metric("allocations", .one)
    let parse = try [
      series([1], name: "parse/large"), series([1], name: "parse/large", metric: allocations),
    ]
    let pack = try series([1], name: "pack", metric: .maxRSS)
    return policy.problems(old: parse, new: parse + [pack], failures: failures).map(\.text)
  }

  @Test("is seen by what was measured", arguments: ProblemCase.all)
  func problem(_ example: ProblemCase) throws {
    #expect(try problems(.with(example.policy), example.failures) == example.problems)
  }

  /// A failure that the gate does not fail for would hide a mistake for good.
  @Test("is not seen in what failed, and so could not be measured, if that fails the gate")
  func failures() throws {
    var policy = try Policy.with {
      $0.benchmarks = [.init(pattern: Pattern("new"), value: 1)]
      $0.metrics = [.init(pattern: Pattern("pages"), value: 1)]
      $0.floors = [.init(pattern: Pattern("*"), value: try amount("1 page"))]
      $0.budgets = [
        Budget(benchmark: Pattern("*"), metric: Pattern("pages"), limit: try amount("1 page"))
      ]
    }
    let named = Failure(Benchmark(name: "x"), reason: "")
    let unnamed = Failure(nil, reason: "no build")
    #expect(try problems(policy, []).count == 4)
    #expect(try problems(policy, [named]) == [#"no benchmark 'new' in [benchmark "new"] "#])
    #expect(try problems(policy, [named, unnamed]) == [])
    policy.ledger.common[.failed] = .warn
    #expect(try problems(policy, [named, unnamed]).count == 4)
  }
}

extension PolicyProblem {
  fileprivate var text: String {
    switch self {
    case .unmatched(let one):
      "no \(one.subject.rawValue) '\(one.pattern.text)' in \(one.section) \(one.place)"
    case .unit(let quantity, let metrics, let section, let place):
      "'\(quantity)' for \(metrics.map(\.name).joined(separator: ", ")) in \(section) \(place)"
    case .twoBenchmarks(let alias, let other): "both \(alias.old) and \(other)"
    case .oldNameMeasured(let alias): "still \(alias.old)"
    }
  }
}

@Suite("a pattern that fits nothing")
struct UnmatchedTests {
  private func problem(
    _ pattern: String, goneSince: String? = nil, nearest: @escaping (String, [String]) -> String?
  ) throws -> PolicyProblem.Unmatched {
    let policy = Policy.with { $0.benchmarks = [.init(pattern: Pattern(pattern), value: 1)] }
    let here = [try series([1], name: "parse/large"), try series([1], name: "pack")]
    let lore = NameLore(knownBefore: { _, _ in goneSince }, nearest: nearest)
    let problems = policy.problems(old: here, new: here, lore: lore)
    guard case .unmatched(let unmatched)? = problems.first else {
      throw Nothing(pattern: pattern)
    }
    #expect(problems.map(\.severity) == [isSlip(unmatched) ? .error : .warning])
    return unmatched
  }

  private struct Nothing: Error { let pattern: String }

  private func isSlip(_ unmatched: PolicyProblem.Unmatched) -> Bool {
    unmatched.nearest != nil && unmatched.goneSince == nil
  }

  private func none(_ typed: String, _ names: [String]) -> String? { nil }

  @Test("is a slip of the pen where another name is much like it, and none that is gone")
  func severity() throws {
    #expect(try problem("pakc", nearest: { _, _ in "pack" }).nearest == "pack")
    #expect(try problem("q", nearest: none).nearest == nil)
    let gone = try problem("pakc", goneSince: "abc123", nearest: { _, _ in "pack" })
    #expect(gone.goneSince == "abc123")
  }

  @Test("is compared by its beginning where it has wildcards")
  func beginning() throws {
    func nearest(_ typed: String, _ names: [String]) -> String? {
      names.first { typed == "pars/" && $0 == "parse/" }
    }
    #expect(try problem("pars/*", nearest: nearest).nearest == "parse/*")
    #expect(try problem("x/*", nearest: nearest).nearest == nil)
  }

  @Test("may be a name with characters that are wildcards elsewhere")
  func literal() throws {
    let policy = Policy.with { $0.benchmarks = [.init(pattern: Pattern(#"a\*b"#), value: 1)] }
    let here = [try series([1], name: "a*b")]
    #expect(policy.problems(old: here, new: here) == [])
    let there = [try series([1], name: "acb")]
    #expect(policy.problems(old: there, new: there).count == 1)
  }
}
