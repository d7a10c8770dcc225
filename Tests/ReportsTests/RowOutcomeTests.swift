import Foundation
import Measurements
import Reports
import Statistics
import TestSupport
import Testing
import Verdicts

/// Reports of random verdicts under random policies.
private struct RandomReport {
  var generator: SeededGenerator

  mutating func report() throws -> Report {
    let count = Int.random(in: 1...3, using: &generator)
    let parts = try (0..<count).map { try part(suite: "s\($0)") }
    return Report(tool: "perf-gate 0.1.0", parts: parts)
  }

  private mutating func part(suite: String) throws -> SuiteReport {
    var policy = Policy()
    policy.strictness = Bool.random(using: &generator) ? .everything : .lenient
    for state in CoverageState.allCases {
      policy.ledger.common[state] = Response.allCases.randomElement(using: &generator)
    }
    if Bool.random(using: &generator) {
      policy.budgets = [
        Budget(
          benchmark: Pattern("*"), metric: nil, limit: try #require(Quantity("105ns")),
          place: "here")
      ]
    }
    var (old, new, failures): ([Series], [Series], [Failure]) = ([], [], [])
    for index in 0..<Int.random(in: 1...60, using: &generator) {
      let name = "\(suite)-b\(index)-x"
      let factor = ([0.01, 0.5, 1, 1, 1.05, 2] as [Double]).randomElement(using: &generator) ?? 1
      let rounds = [1, 2, 10].randomElement(using: &generator) ?? 1
      let kind = Int.random(in: 0..<10, using: &generator)
      if kind != 0 { old.append(try Example.series(name, 100, rounds: rounds)) }
      if kind == 1 { failures.append(Failure(Benchmark(name: name), reason: "exit status 1")) }
      if kind > 1 || kind == 0 {
        new.append(try Example.series(name, 100 * factor, rounds: rounds, spread: 0.05))
      }
    }
    let decision = GateResult(old: old, new: new, failures: failures, policy: policy)
    return SuiteReport(
      suite: suite, outcome: decision.outcome(under: policy),
      baseline: Example.party("main", Example.old), candidate: Example.party("HEAD", Example.new),
      origin: Origin(rule: "merge-base", explanation: "merge-base", distance: 0, skipped: []),
      sides: Sides(base: old, head: new), decision: decision, policy: policy)
  }
}

@Suite("what the gate makes of a row")
struct RowOutcomeTests {
  private func failing(in report: Report) -> [ReportRow] {
    report.parts.flatMap(\.rows).filter(\.outcome.fails)
  }

  @Test(
    "every rendering shows every row that fails, or counts it", arguments: 0..<25 as Range<UInt64>)
  func everywhere(_ seed: UInt64) throws {
    var random = RandomReport(generator: SeededGenerator(seed: seed))
    let report = try random.report()
    let names = Set(failing(in: report).map(\.seriesResult.id.benchmark.name))
    for rendering in Rendering.all where !["github", "text"].contains(rendering.name) {
      let text = rendering.render(report, Style())
      for name in names {
        let shown = rendering.name == "go" ? String(name.dropFirst()) : name
        let isMeasured =
          rendering.name != "go"
          || report.parts.contains { part in
            (part.sides.base + part.sides.head).contains { $0.benchmark.name == name }
          }
        #expect(text.contains(shown) || !isMeasured, "\(rendering.name) lacks \(name)")
      }
    }
    expectText(Rendering.text.render(report, Style()), names)
    let verbose = Rendering.text.render(report, Style(verbose: true))
    for name in names { #expect(verbose.contains(name)) }
    try expectAnnotations(report)
  }

  private func expectText(_ text: String, _ names: Set<String>) {
    let counted = text.matches(of: /and \d+ more \((\d+) fails?\)/).reduce(0) {
      $0 + (Int($1.1) ?? 0)
    }
    #expect(names.count(where: text.contains) + counted >= names.count)
  }

  private func expectAnnotations(_ report: Report) throws {
    let lines = Rendering.github.render(report, Style()).split(separator: "\n")
      .filter { $0.hasPrefix("::error") }
    let counted = lines.compactMap { $0.firstMatch(of: /and (\d+) more like these/)?.1 }
      .compactMap { Int($0) }.first
    let shown = lines.count - (counted == nil ? 0 : 1)
    let budgets = report.parts.flatMap(\.outcomes.budgets).count(where: \.fails)
    #expect(shown + (counted ?? 0) >= failing(in: report).count + budgets)
  }

  @Test("a part fails as its worst row does, and no other way", arguments: 0..<25 as Range<UInt64>)
  func agreement(_ seed: UInt64) throws {
    var random = RandomReport(generator: SeededGenerator(seed: 1000 + seed))
    let report = try random.report()
    for part in report.parts {
      let all = Set((part.outcomes.series + part.outcomes.budgets).map(\.outcome))
      let worst = Outcome.byUrgency.first { all.contains($0) && $0.status != 0 }
      #expect(worst == nil || part.outcome == worst || part.outcome == .incomparable)
      #expect(worst != nil || part.outcome?.status == 0 || part.outcome == .incomparable)
    }
    let text = Rendering.json.render(report, Style())
    let read = try Report(json: Array(text.utf8))
    #expect(Rendering.json.render(read, Style()) == text)
    #expect(read.parts.map(\.outcomes) == report.parts.map(\.outcomes))
  }

  @Test("what is unchanged by a threshold of its own only is shown, with that threshold")
  func ownThreshold() throws {
    var policy = Policy()
    policy.benchmarks = [.init(pattern: Pattern("p"), value: 0.99)]
    let (old, new) = (try Example.series("p", 100), try Example.series("p", 130))
    let report = Example.report(old: [old], new: [new], policy: policy)
    #expect(report.outcome == .pass)
    #expect(Rendering.text.render(report, Style()).contains("unchanged (threshold 99 %)"))
    let comment = Rendering.markdown.render(report, Style()).components(separatedBy: "<details>")
    #expect(comment[0].contains("unchanged (threshold 99\u{A0}%)"), "\(comment[0])")
  }

  @Test(
    "under --strict a comment shows undecided rows as failing ones, and counts those without room")
  func strict() throws {
    var policy = Policy()
    policy.strictness = .everything
    func side(_ factor: Double) throws -> [Series] {
      try (0..<825).map {
        try Example.series("bench number \($0)", 5_250_000 * factor, rounds: 2, spread: 0.4)
      } + [Example.series("slow", 100 * factor * factor * 2, rounds: 10)]
    }
    let report = Example.report(old: try side(1), new: try side(1.3), policy: policy)
    #expect(failing(in: report).count == 826)
    let text = Rendering.markdown.render(report, Style())
    #expect(text.utf8.count <= 60_000)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| <code>") }
    #expect(rows.first?.contains("slow") == true && rows.first?.contains("🔴 regression") == true)
    let shown = rows.count { $0.contains("❌ inconclusive") }
    let missing = text.firstMatch(of: /(\d+) more rows do not fit here/).flatMap { Int($0.1) } ?? 0
    #expect(shown > 300 && shown + missing == 825)
  }

  @Test("no regression of any part gives way to other rows of another")
  func parts() throws {
    var policy = Policy()
    policy.strictness = .everything
    func part(_ suite: String, factor: Double, rounds: Int) throws -> SuiteReport {
      let names = (0..<400).map { "\(suite) bench number \($0)" }
      let exact = Metric("wall_time", .nanoseconds, exact: rounds == 1)
      let old = try names.map { try Example.series($0, 100, metric: exact, rounds: rounds) }
      let new = try names.map {
        try Example.series($0, 100 * factor, metric: exact, rounds: rounds, spread: 0.4)
      }
      return Example.report(old: old, new: new, policy: policy, suite: suite).parts[0]
    }
    let report = Report(
      tool: "perf-gate 0.1.0",
      parts: [
        try part("noisy", factor: 1.3, rounds: 2), try part("slow", factor: 1.3, rounds: 1),
      ])
    let text = Rendering.markdown.render(report, Style())
    #expect(text.utf8.count <= 60_000)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| <code>") }
    #expect(rows.count { $0.contains("🔴 regression") } == 400)
    let missing = text.firstMatch(of: /(\d+) more rows do not fit here/).flatMap { Int($0.1) } ?? 0
    #expect(rows.count { $0.contains("❌ inconclusive") } + missing == 400)
  }
}
