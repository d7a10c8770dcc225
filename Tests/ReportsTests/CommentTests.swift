import Measurements
import Reports
import Testing
import Verdicts

/// How much there is to say, and what of it a comment must hold in 60,000 bytes.
struct CommentCase: CustomTestStringConvertible {
  let testDescription: String
  let regressions: Int
  let unchanged: Int
  let others: Int
  var suffix = ""
  /// The sentence that says what was left out; nil where nothing was.
  let omission: String?

  static let all: [CommentCase] = [
    CommentCase(
      testDescription: "a hundred rows", regressions: 3, unchanged: 90, others: 7, omission: nil),
    CommentCase(
      testDescription: "1000 rows, few regressions", regressions: 3, unchanged: 990, others: 7,
      omission: "Unchanged rows were left out to fit."),
    CommentCase(
      testDescription: "5000 rows, few regressions", regressions: 3, unchanged: 4990, others: 7,
      omission: "Unchanged rows were left out to fit."),
    CommentCase(
      testDescription: "1000 new rows", regressions: 3, unchanged: 10, others: 990,
      omission: "Unchanged, inconclusive and new rows were left out to fit."),
    CommentCase(
      testDescription: "100 regressions of 1000 rows", regressions: 100, unchanged: 900, others: 0,
      omission: "Unchanged rows were left out to fit."),
    CommentCase(
      testDescription: "1000 rows, all regressions", regressions: 1000, unchanged: 0, others: 0,
      omission: "more regressions do not fit here; the JSON report has them."),
    CommentCase(
      testDescription: "5000 rows, all regressions", regressions: 5000, unchanged: 0, others: 0,
      omission: "more regressions do not fit here; the JSON report has them."),
    CommentCase(
      testDescription: "1000 regressions with long hostile names", regressions: 1000,
      unchanged: 0, others: 10, suffix: String(repeating: "@", count: 10_000),
      omission: "more regressions do not fit here; the JSON report has them."),
    CommentCase(
      testDescription: "1000 regressions with more accents than letters", regressions: 1000,
      unchanged: 0, others: 10, suffix: String(repeating: "\u{301}", count: 1000),
      omission: "more regressions do not fit here; the JSON report has them."),
  ]

  func report() throws -> Report {
    let bad = (0..<regressions).map { "bad\($0)-x\(suffix)" }
    let same = (0..<unchanged).map { "same\($0)\(suffix)" }
    let new = (0..<others).map { "new\($0)\(suffix)" }
    // Exact numbers, so that thousands of rows need no test.
    let metric = Metric("count", .one, exact: true)
    func series(_ names: [String], _ value: Double) throws -> [Series] {
      try names.map { try Example.series($0, value, metric: metric, rounds: 1) }
    }
    return Example.report(
      old: try series(bad + same, 100), new: try series(bad, 200) + series(same + new, 100),
      warnings: suffix.isEmpty ? [] : Array(repeating: suffix, count: 50))
  }
}

@Suite("the comment of a pull request")
struct CommentTests {
  @Test(
    "it is at most 60,000 bytes, drops no regression while there is room, and says what it drops",
    arguments: CommentCase.all)
  func length(_ example: CommentCase) throws {
    let text = Rendering.markdown.render(try example.report(), Style())
    #expect(text.utf8.count <= 60_000)
    let lines = text.split(separator: "\n")
    let omissions = lines.filter { $0.contains("fit") }
    #expect(omissions.count == (example.omission == nil ? 0 : 1))
    #expect(omissions.first.map { $0.hasSuffix(example.omission ?? "") } ?? true)
    expectRegressions(of: example, in: lines)
    expectFolds(in: lines)
  }

  /// Each is a row before the first fold, or counted among those that do not fit.
  private func expectRegressions(of example: CommentCase, in lines: [Substring]) {
    let rows = lines.prefix { !$0.hasPrefix("<details>") }.filter { $0.hasPrefix("| <code>bad") }
    let numbers = rows.map { $0.dropFirst("| <code>bad".count).prefix { $0.isNumber } }
    let note = lines.first { $0.contains("more regressions do not fit") }
    let counted = note.flatMap { $0.split(separator: " ").first.flatMap { Int($0) } } ?? 0
    #expect(Set(numbers).count == rows.count)
    #expect(rows.count + counted == example.regressions)
    #expect(lines.contains { $0.contains("\(example.regressions) regressions") })
    let bytes = lines.reduce(0) { $0 + $1.utf8.count + 1 }
    #expect(counted == 0 || !example.suffix.isEmpty || bytes > 59_800)
  }

  private func expectFolds(in lines: [Substring]) {
    var depth = 0
    for line in lines {
      if line.hasPrefix("<details>") { depth += 1 }
      if line == "</details>" { depth -= 1 }
      #expect((0...1).contains(depth))
    }
    #expect(depth == 0)
  }

  @Test("it begins with the marker that finds it again")
  func marker() throws {
    let text = Rendering.markdown.render(try Example.unchanged(), Style())
    #expect(text.hasPrefix("<!-- perf-gate suite=default -->\n"))
    let hostile = Rendering.markdown.render(try Hostile.report("--> <script>"), Style())
    #expect(hostile.hasPrefix("<!-- perf-gate suite=-----script- -->\n"))
  }

  @Test("only the ids of commits go into commands")
  func commands() throws {
    for commit in ["$(reboot)", "```", "main", String(Example.new.dropLast()), "HEAD; reboot"] {
      let report = Example.report(
        old: [], new: [], candidate: Example.party("HEAD", commit))
      let text = Rendering.markdown.render(report, Style())
      #expect(!text.contains("git checkout"))
      #expect(!text.contains(commit) || commit == "main")
    }
  }
}

@Test("a new benchmark is folded away, unless the policy fails for it")
func newThatFails() throws {
  func lines(_ response: Response) throws -> [Substring] {
    var policy = Policy()
    policy.ledger.common[.new] = response
    let both = [try Example.series("old", 100)]
    let report = Example.report(
      old: both, new: both + [try Example.series("fresh", 5)], policy: policy)
    let text = Rendering.markdown.render(report, Style())
    return text.prefix(upTo: text.firstRange(of: "<details>")?.lowerBound ?? text.endIndex)
      .split(separator: "\n").filter { $0.contains("<code>fresh</code>") }
  }
  #expect(try lines(.warn) == [])
  #expect(try lines(.fail).count == 1)
}

@Test(
  "regressions since an anchor and broken budgets never make it too long",
  arguments: [("", 5000), (String(repeating: "@", count: 10_000), 500)])
func governedLength(suffix: String, count: Int) throws {
  let metric = Metric("count\(suffix)", Unit("u\(suffix)"), exact: true)
  func series(_ value: Double) throws -> [Series] {
    try (0..<count).map {
      try Example.series("b\($0)\(suffix)", value, metric: metric, rounds: 1)
    }
  }
  var policy = Policy()
  policy.budgets = [
    Budget(
      benchmark: Pattern("*"), metric: nil,
      limit: try #require(Quantity("1u\(suffix)")), place: suffix)
  ]
  let party = Example.party("v1\(suffix)", Example.old)
  let report = Example.report(
    old: try series(100), new: try series(200), policy: policy,
    anchor: (AnchorParty(party: party, explanation: "as asked"), try series(50)))
  let text = Rendering.markdown.render(report, Style())
  #expect(text.utf8.count <= 60_000)
  #expect(text.contains("\(count) regressions; since the anchor: \(count) regressions"))
  #expect(text.contains("\(count) budgets broken"))
}
