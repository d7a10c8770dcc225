import Foundation
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
      omission: "Everything that is folded away was left out to fit."),
    CommentCase(
      testDescription: "100 regressions of 1000 rows", regressions: 100, unchanged: 900, others: 0,
      omission: "Unchanged rows were left out to fit."),
    CommentCase(
      testDescription: "600 rows, all regressions", regressions: 600, unchanged: 0, others: 0,
      omission: "numbers other than the change, were left out to fit."),
    CommentCase(
      testDescription: "1000 rows, all regressions", regressions: 1000, unchanged: 0, others: 0,
      omission: "more rows do not fit here; the JSON report has them."),
    CommentCase(
      testDescription: "5000 rows, all regressions", regressions: 5000, unchanged: 0, others: 0,
      omission: "more rows do not fit here; the JSON report has them."),
    CommentCase(
      testDescription: "1000 regressions with long hostile names", regressions: 1000,
      unchanged: 0, others: 10, suffix: String(repeating: "@", count: 10_000),
      omission: "more rows do not fit here; the JSON report has them."),
    CommentCase(
      testDescription: "1000 regressions with more accents than letters", regressions: 1000,
      unchanged: 0, others: 10, suffix: String(repeating: "\u{301}", count: 1000),
      omission: "more rows do not fit here; the JSON report has them."),
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
    let note = lines.first { $0.contains("more rows do not fit") }
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
    let machine = "leg=Debian%2012,x86_64,runner=ubuntu%2d24.04"
    #expect(text.hasPrefix("<!-- perf-gate project= suite=default \(machine) -->\n"))
    let hostile = Rendering.markdown.render(try Hostile.report("--> <script>"), Style())
    let name = "%2d%2d%3e%20%3cscript%3e"
    #expect(
      hostile.hasPrefix("<!-- perf-gate project=\(name) suite=\(name) leg=\(name),\(name),\(name)=")
    )
  }

  private struct Leg {
    var (cpu, os, arch, runner) = ("Intel Xeon", "Debian 12", "x86_64", "a")
  }

  private func marker(
    project: String? = nil, suite: String = "default", _ change: (inout Leg) -> Void
  ) throws -> Substring {
    var machine = Leg()
    change(&machine)
    let environment = Environment(
      cpu: machine.cpu, cores: 2, memory: 1, os: machine.os, kernel: "6.1", arch: machine.arch,
      labels: ["runner": machine.runner])
    let report = Example.report(
      old: [], new: [], candidate: Example.party("HEAD", Example.new, environment),
      project: project,
      suite: suite)
    return Rendering.markdown.render(report, Style()).prefix { $0 != "\n" }
  }

  @Test("another project, suite or leg of a matrix has a comment of its own; a processor has not")
  func legs() throws {
    let usual = try marker { _ in }
    #expect(try marker { $0.cpu = "AMD EPYC" } == usual)
    let others = [
      try marker(project: "server") { _ in }, try marker(suite: "nightly") { _ in },
      try marker { $0.os = "macOS 15" }, try marker { $0.arch = "arm64" },
      try marker { $0.runner = "b" }, try marker(suite: "a b") { _ in },
      try marker(suite: "a-b") { _ in }, usual,
    ]
    #expect(Set(others).count == others.count)
  }

  @Test("what is long has its own comment, too")
  func longLegs() throws {
    let long =
      "compiler=gcc-13.2.0 configuration=release features=simd runner=ubuntu-24.04-large x="
    let markers = try ["a", "b", "simd/a", ""].map { end in try marker { $0.runner = long + end } }
    #expect(Set(markers).count == markers.count)
  }

  @Test("what regressed since an anchor can be accepted")
  func anchored() throws {
    let both = [try Example.series("b", 100)]
    let report = Example.report(
      old: both, new: both,
      anchor: (
        AnchorDescription(party: Example.party("v1", Example.old), explanation: "as asked"),
        [try Example.series("b", 50)]
      ))
    #expect(
      Rendering.markdown.render(report, Style()).contains("perf-gate --accept 'b' --reason"))
  }

  @Test("its headline names a project and a suite that are not the usual ones")
  func topic() throws {
    func headline(_ project: String?, _ suite: String) -> Substring? {
      let report = Example.report(old: [], new: [], project: project, suite: suite)
      return Rendering.markdown.render(report, Style()).split(separator: "\n").dropFirst().first
    }
    let says = "❌ **Nothing can be compared**"
    #expect(headline(nil, "default")?.hasPrefix("\(says): ") == true)
    #expect(headline(nil, "big")?.hasPrefix("\(says) of suite <code>big</code>: ") == true)
    #expect(headline("api", "default")?.hasPrefix("\(says) of <code>api</code>: ") == true)
    #expect(
      headline("api", "big")?.hasPrefix("\(says) of <code>api</code>, suite <code>big</code>: ")
        == true)
  }

  @Test("what was waived, and what is gone by permission, is folded away")
  func permitted() throws {
    var policy = Policy()
    policy.ledger.common[.missing] = .warn
    policy.today = Day("2026-11-20")
    policy.waivers = [
      Waiver(
        benchmark: Pattern("slow"), metric: nil, ceiling: 2,
        expires: try #require(Day("2026-12-31")),
        reason: "safer", place: ".perfconfig:1")
    ]
    let report = Example.report(
      old: [try Example.series("slow", 100), try Example.series("gone", 1)],
      new: [try Example.series("slow", 200)], policy: policy)
    let text = Rendering.markdown.render(report, Style())
    let folds = text.components(separatedBy: "<details>")
    #expect(!folds[0].contains("| <code>"))
    for (title, row) in [("1 missing", "gone"), ("1 waived", "slow")] {
      let fold = folds.first { $0.hasPrefix("<summary>\(title)</summary>") }
      #expect(fold?.contains("| <code>\(row)</code>") == true, "\(title)")
    }
  }

  @Test("a command names the worst benchmark and the suite, where they mean nothing to a shell")
  func names() throws {
    func commands(_ name: String, suite: String) throws -> String {
      let report = Example.report(
        old: [try Example.series(name, 100), try Example.series("b", 100)],
        new: [try Example.series(name, 200), try Example.series("b", 120)], suite: suite)
      let text = Rendering.markdown.render(report, Style())
      return text.components(separatedBy: "```")[1]
    }
    let plain = try commands("parse/large file", suite: "nightly")
    #expect(
      plain.contains("perf-gate --accept 'parse/large file' --reason '<why>' --suite 'nightly'"))
    for name in ["a*", "a'b", "$(reboot)", "--exec", "a\nb", "a;b", "a`b", "größer", "", "a[b]"] {
      let text = try commands(name, suite: name)
      #expect(text.contains("perf-gate --explain '<benchmark>' --suite '<suite>' --against "))
      #expect(name.isEmpty || !text.contains("'\(name)'"))
    }
    #expect(try !commands("a", suite: "default").contains("--suite"))
  }

  @Test("only what regressed can be accepted")
  func acceptance() throws {
    #expect(try Rendering.markdown.render(Example.mixed(), Style()).contains("--accept"))
    #expect(try !Rendering.markdown.render(Example.unchanged(), Style()).contains("--accept"))
  }

  @Test("only the ids of commits go into commands")
  func commands() throws {
    for commit in ["$(reboot)", "```", "main", String(Example.new.dropLast()), "HEAD; reboot"] {
      let report = Example.report(
        old: [], new: [], candidate: Example.party("HEAD", commit))
      let text = Rendering.markdown.render(report, Style())
      #expect(!text.contains("```sh"))
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
    anchor: (AnchorDescription(party: party, explanation: "as asked"), try series(50)))
  let text = Rendering.markdown.render(report, Style())
  #expect(text.utf8.count <= 60_000)
  #expect(text.contains("more rows do not fit here"))
  #expect(text.contains("\(count) regressions; since the anchor: \(count) regressions"))
  #expect(text.contains("\(count) budgets broken"))
}

@Test("a few regressions stay where thousands of budgets do not fit")
func fewAmongBudgets() throws {
  let metric = Metric("count", .one, exact: true)
  func series(_ factor: Double) throws -> [Series] {
    try (0..<3000).map {
      try Example.series("b\($0)", $0 < 5 ? factor : 100, metric: metric, rounds: 1)
    }
  }
  var policy = Policy()
  policy.budgets = [
    Budget(
      benchmark: Pattern("*"), metric: nil, limit: try #require(Quantity("1")), place: "a")
  ]
  let report = Example.report(old: try series(100), new: try series(200), policy: policy)
  let text = Rendering.markdown.render(report, Style())
  #expect(text.utf8.count <= 60_000)
  #expect(text.split(separator: "\n").count { $0.contains("🔴 regression") } == 5)
  let shown = text.split(separator: "\n").count { $0.contains("over budget") }
  #expect(shown > 300)
  #expect(text.contains("\(3000 - shown) more rows do not fit here"))
  #expect(text.contains("3000 budgets broken"))
}

@Test("what the policy ignores stands among all rows, of a comment and of a page")
func ignored() throws {
  var policy = Policy()
  policy.ledger.common[.new] = .ignore
  let report = Example.report(
    old: [try Example.series("slow", 100)],
    new: [try Example.series("slow", 200), try Example.series("fresh", 5)], policy: policy)
  for name in ["markdown", "html"] {
    let text = try #require(Rendering.named(name)).render(report, Style())
    let folds = text.components(separatedBy: "<details>")
    #expect(!folds[0].contains("<code>fresh</code>"), "\(name)")
    #expect(folds.contains { $0.contains("all 2 rows") && $0.contains("<code>fresh</code>") })
  }
}
