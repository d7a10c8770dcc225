import Measurements
import Testing
import Verdicts

/// What the baseline calls a benchmark that is `c` now, and what is to come of it.
struct AliasCase: CustomTestStringConvertible {
  let testDescription: String
  let aliases: [Alias]
  let old: String
  let formerly: String?

  init(_ description: String, _ aliases: [(String, String)], old: String, formerly: String?) {
    testDescription = description
    self.aliases = aliases.map { Alias(old: $0.0, new: $0.1) }
    (self.old, self.formerly) = (old, formerly)
  }

  static let all: [AliasCase] = [
    AliasCase("one step", [("b", "c")], old: "b", formerly: "b"),
    AliasCase("a name that is gone since long", [("b", "c")], old: "c", formerly: nil),
    AliasCase("two steps", [("a", "b"), ("b", "c")], old: "a", formerly: "a"),
    AliasCase("two steps, the second first", [("b", "c"), ("a", "b")], old: "a", formerly: "a"),
    AliasCase("the second of two steps", [("a", "b"), ("b", "c")], old: "b", formerly: "b"),
    AliasCase("two names of before", [("a", "c"), ("b", "c")], old: "a", formerly: "a"),
  ]
}

@Suite("an alias")
struct AliasTests {
  @Test("keeps a benchmark's history under its new name", arguments: AliasCase.all)
  func history(_ example: AliasCase) throws {
    let policy = Policy.with { $0.aliases = example.aliases }
    let seriesResults = FamilyResult(
      old: [try series(times(5, 100), name: example.old)],
      new: [try series(times(5, 120), name: "c")], policy: policy
    ).seriesResults
    #expect(seriesResults.map(\.verdict) == [.regression(certain: true)])
    #expect(seriesResults.map(\.id.benchmark.name) == ["c"])
    #expect(seriesResults.map(\.formerly) == [example.formerly])
  }

  @Test("keeps labels and metrics apart")
  func identities() throws {
    func side(_ name: String, _ value: Double) throws -> [Series] {
      [
        try series(times(5, 100), name: name, labels: ["size": "1"]),
        try series(times(5, value), name: name, labels: ["size": "2"]),
        try series(times(5, 100), name: name, labels: ["size": "2"], metric: .maxRSS),
      ]
    }
    let policy = Policy.with { $0.aliases = [Alias(old: "a", new: "b")] }
    let seriesResults = FamilyResult(
      old: try side("a", 100), new: try side("b", 200), policy: policy
    ).seriesResults
    #expect(seriesResults.map(\.verdict.kind) == [.unchanged, .unchanged, .regression])
    #expect(seriesResults.map(\.id.benchmark.labels["size"]) == ["1", "2", "2"])
  }

  @Test("has the rules of the new name count")
  func rules() throws {
    let policy = Policy.with {
      $0.aliases = [Alias(old: "a", new: "b")]
      $0.benchmarks = [
        .init(pattern: Pattern("a"), value: 0.05), .init(pattern: Pattern("b"), value: 0.5),
      ]
    }
    let seriesResults = FamilyResult(
      old: [try series(times(5, 100), name: "a")], new: [try series(times(5, 120), name: "b")],
      policy: policy
    ).seriesResults
    #expect(seriesResults.map(\.verdict) == [.unchanged])
  }

  struct Names: CustomTestStringConvertible {
    let testDescription: String
    let aliases: [(old: String, new: String)]
    let baseline: [String]
    /// The alias that cannot be, by its place, and what else the baseline has.
    var problem: (alias: Int, other: String)?

    static let all: [Names] = [
      Names(
        testDescription: "both names", aliases: [("a", "c")], baseline: ["a", "c"],
        problem: (0, "c")),
      Names(
        testDescription: "the first and the last of three", aliases: [("a", "b"), ("b", "c")],
        baseline: ["a", "c"], problem: (0, "c")),
      Names(
        testDescription: "the first two of three", aliases: [("a", "b"), ("b", "c")],
        baseline: ["a", "b"], problem: (1, "a")),
      Names(
        testDescription: "two names of before", aliases: [("a", "c"), ("b", "c")],
        baseline: ["a", "b"], problem: (1, "a")),
      Names(
        testDescription: "one of two names of before", aliases: [("a", "c"), ("b", "c")],
        baseline: ["b"]),
      Names(
        testDescription: "an alias that is given twice", aliases: [("a", "c"), ("a", "c")],
        baseline: ["a"]),
      Names(testDescription: "the new name", aliases: [("a", "c")], baseline: ["c"]),
    ]
  }

  @Test("cannot make one benchmark of two that the baseline has", arguments: Names.all)
  func names(_ example: Names) throws {
    let policy = Policy.with {
      $0.aliases = example.aliases.map { Alias(old: $0.old, new: $0.new) }
    }
    let problems = policy.problems(
      old: try example.baseline.map { try series([1], name: $0) },
      new: [try series([1], name: "c")])
    let expected = example.problem.map {
      [PolicyProblem.twoBenchmarks(policy.aliases[$0.alias], other: $0.other)]
    }
    #expect(problems == expected ?? [])
  }

  @Test("of a name that is still measured is a mistake")
  func stillMeasured() throws {
    let policy = Policy.with { $0.aliases = [Alias(old: "a", new: "c", place: "here")] }
    let problems = policy.problems(
      old: [try series([1], name: "a")],
      new: try ["a", "c"].map { try series([1], name: $0) })
    #expect(problems == [.oldNameMeasured(policy.aliases[0])])
    #expect(problems.map(\.severity) == [.error])
  }
}
