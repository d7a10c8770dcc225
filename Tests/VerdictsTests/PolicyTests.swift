import Measurements
import Testing
import Verdicts

struct ThresholdCase: CustomTestStringConvertible {
  let testDescription: String
  var benchmarks: [(String, Double)] = []
  var metrics: [(String, Double)] = []
  let threshold: Double

  static let all: [ThresholdCase] = [
    ThresholdCase(testDescription: "no rule", threshold: 0.1),
    ThresholdCase(
      testDescription: "no rule that fits", benchmarks: [("x", 0.2)],
      metrics: [("y", 0.3)], threshold: 0.1),
    ThresholdCase(
      testDescription: "a rule for the metric", metrics: [("wall_*", 0.3)], threshold: 0.3),
    ThresholdCase(
      testDescription: "a benchmark's before a metric's, however general",
      benchmarks: [("*", 0.2)], metrics: [("wall_time", 0.3)], threshold: 0.2),
    ThresholdCase(
      testDescription: "the most specific, wherever it stands",
      benchmarks: [("parse/*", 0.2), ("parse/l*", 0.3), ("*", 0.4)], threshold: 0.3),
    ThresholdCase(
      testDescription: "the whole name before the same with a star",
      benchmarks: [("parse/large", 0.2), ("parse/large*", 0.3)], threshold: 0.2),
    ThresholdCase(
      testDescription: "a counted wildcard before an open one",
      benchmarks: [("parse/????e", 0.2), ("parse/*e", 0.3)], threshold: 0.2),
    ThresholdCase(
      testDescription: "of equals the last", benchmarks: [("parse/l*", 0.2), ("parse/*e", 0.3)],
      threshold: 0.3),
    ThresholdCase(
      testDescription: "the last of a rule given twice",
      benchmarks: [("parse/*", 0.2), ("parse/*", 0.3)], threshold: 0.3),
    ThresholdCase(
      testDescription: "a benchmark's pattern does not see the labels",
      benchmarks: [("*1MB*", 0.2)], threshold: 0.1),
  ]
}

@Test(
  "a series has the threshold of the rule that says most about it", arguments: ThresholdCase.all)
func threshold(_ example: ThresholdCase) {
  var policy = Policy()
  policy.benchmarks = example.benchmarks.map { .init(pattern: Pattern($0.0), value: $0.1) }
  policy.metrics = example.metrics.map { .init(pattern: Pattern($0.0), value: $0.1) }
  let id = Series.ID(
    benchmark: Benchmark(name: "parse/large", labels: ["size": "1MB"]), metric: "wall_time")
  #expect(policy.threshold(for: id).value == example.threshold)
}

@Test("the threshold of a rule decides the verdict, and the judgement says which it was")
func ruledVerdict() throws {
  var policy = Policy()
  policy.benchmarks = [.init(pattern: Pattern("b"), value: 0.25)]
  let old = try ["a", "b"].map { try series(times(5, 100), name: $0) }
  let new = try ["a", "b"].map { try series(times(5, 120), name: $0) }
  let seriesResults = FamilyResult(old: old, new: new, policy: policy).seriesResults
  #expect(seriesResults.map(\.verdict) == [.regression(certain: true), .unchanged])
  #expect(seriesResults.map(\.limit.threshold.value) == [0.1, 0.25])
}

struct PatternCase: CustomTestStringConvertible {
  let pattern: String
  let name: String
  let fits: Bool

  init(_ pattern: String, _ name: String, _ fits: Bool) {
    (self.pattern, self.name, self.fits) = (pattern, name, fits)
  }

  var testDescription: String {
    "'\(pattern)' \(fits ? "fits" : "does not fit") '\(name.prefix(20))'"
  }

  static let all: [PatternCase] = [
    PatternCase("", "", true), PatternCase("", "a", false), PatternCase("a", "", false),
    PatternCase("*", "", true), PatternCase("**", "", true), PatternCase("*", "a/b c", true),
    PatternCase("?", "", false), PatternCase("?", "a", true), PatternCase("?", "ab", false),
    PatternCase("abc", "abc", true), PatternCase("abc", "abcd", false),
    PatternCase("abc", "ABC", false), PatternCase("a*", "a", true), PatternCase("*a", "ba", true),
    PatternCase("*a", "ab", false), PatternCase("a*c", "abbc", true),
    PatternCase("a*c", "abcb", false), PatternCase("a*bc*d", "abcbcd", true),
    PatternCase("parse/*", "parse/a/b", true), PatternCase("parse/*", "parse", false),
    PatternCase("*/large", "a/large/large", true), PatternCase("a?c*", "axcd", true),
    PatternCase("*?", "a", true), PatternCase("*?", "", false), PatternCase("?*?", "a", false),
    PatternCase("?", "é", true), PatternCase("?", "👩‍🔬", true), PatternCase("[ab]", "a", false),
    PatternCase("[ab]", "[ab]", true), PatternCase(#"\*"#, "*", true),
    PatternCase(#"a\*b"#, "a*b", true), PatternCase(#"a\*b"#, "acb", false),
    PatternCase(#"a\*b"#, #"a\*b"#, false), PatternCase(#"\?"#, "?", true),
    PatternCase(#"\?"#, "x", false), PatternCase(#"a\\b"#, #"a\b"#, true),
    PatternCase(#"a\\*"#, #"a\bc"#, true), PatternCase(#"C:\dir\*"#, #"C:\dir*"#, true),
    PatternCase(#"C:\dir"#, #"C:\dir"#, true), PatternCase(#"a\"#, #"a\"#, true),
    PatternCase(#"\**"#, "*abc", true), PatternCase(#"\**"#, "abc", false),
    PatternCase(#"é\*?"#, "é*x", true), PatternCase(#"é\*?"#, "éxx", false),
    PatternCase("a.c", "abc", false),
  ]
}

@Test(
  "a pattern fits the names that its letters and wildcards leave open", arguments: PatternCase.all)
func pattern(_ example: PatternCase) {
  #expect(Pattern(example.pattern).matches(example.name) == example.fits)
}

@Test("a name that is escaped is a pattern that fits it alone")
func escaping() {
  for name in ["a*b", "a?b", #"a\b"#, #"a\*b"#, #"\"#, "", "é*", "plain", #"C:\dir\*.txt"#] {
    let pattern = Pattern(Pattern.escaped(name))
    #expect(pattern.literal == name)
    #expect(pattern.matches(name))
    #expect(!pattern.matches(name + "x"))
    #expect(pattern == Pattern(literal: name))
    #expect(Pattern(typed: name, among: ["other", name]) == pattern)
  }
  #expect(Pattern(typed: "a*b", among: ["acb"]).matches("acb"))
}

@Test("a pattern of many stars is decided without trying all ways to spread them")
func manyStars() {
  let name = String(repeating: "a", count: 2_000)
  let pattern = String(repeating: "*a", count: 200)
  #expect(!Pattern(pattern + "*b").matches(name))
  #expect(Pattern(pattern + "*").matches(name))
}

@Test("of two patterns for one name, the one that leaves less open is more specific")
func specificity() {
  let ascending = ["**", "*", "?*", "?", "a*", "ab*", "ab?*", "ab?", "abc*", "abc"]
  for (index, pattern) in ascending.enumerated() {
    for (other, otherPattern) in ascending.enumerated() {
      #expect(
        Pattern(pattern).isMoreSpecific(than: Pattern(otherPattern)) == (index > other),
        "\(pattern), \(otherPattern)")
    }
  }
}
