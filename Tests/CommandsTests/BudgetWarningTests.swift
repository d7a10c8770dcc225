import Foundation
import Measurements
import TestSupport
import Testing
import Verdicts

@testable import Configuration

@Suite("A budget of a percentile, and one that only warns")
struct BudgetWarningTests {
  let project: Project

  init() throws {
    project = try Project()
    try project.record(milliseconds: 100, rounds: 20)
  }

  private func gate(_ lines: String, _ options: String...) throws -> Subprocess {
    try project.repository.directory.write(".perfconfig", "[benchmark \"parse\"]\n\(lines)\n")
    return try project.run("perf-gate", ["--rules", "worktree"] + options)
  }

  @Test("a percentile over its limit fails, and one within it does not")
  func percentile() throws {
    let broken = try gate("budget = p95 101ms\nbudget = 3s")
    #expect(broken.status == 1)
    #expect(broken.err == "perf-gate: over budget: 1 new; 1 budget broken, 1 kept\n")
    #expect(broken.out.contains("✗ parse      wall_time  p95 ≤ 101 ms"), "\(broken.out)")
    let kept = try gate("budget = wall_time p95 110ms")
    #expect(kept.status == 0)
    #expect(kept.err == "perf-gate: no baseline yet: 1 new; 1 budget kept\n")
  }

  @Test("with too few rounds it says how many it takes")
  func few() throws {
    let result = try gate("budget = p99 1ms", "--no-baseline")
    #expect(result.status == 0)
    #expect(result.out.contains("inconclusive: too few rounds (20), 100 needed"), "\(result.out)")
    #expect(try gate("budget = p99 1ms", "--no-baseline", "--strict").status == 6)
  }

  @Test("a warning is told in text, comment and JSON, and the status stays")
  func warning() throws {
    let result = try gate(
      "budgetWarning = 90ms", "--report", "text", "--report", "markdown=perf.md", "--report",
      "json=perf.json")
    #expect(result.status == 0)
    #expect(result.err == "perf-gate: no baseline yet: 1 new; 1 budget warning\n")
    #expect(result.out.contains("over the limit of its warning"), "\(result.out)")
    let markdown = try project.repository.directory.read("perf.md")
    #expect(markdown.contains("over the limit of its warning"))
    let text = try project.repository.directory.read("perf.json")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let row = try #require((json["budgets"] as? [[String: Any]])?.first)
    #expect(row["warning"] as? Bool == true && row["state"] as? String == "broken")
    #expect(row["fails"] as? Bool == false && json["status"] as? Int == 0)
    let comment = try project.run("perf-comment", "--dry-run", "perf.json")
    #expect(comment.status == 0 && comment.out == markdown, "\(comment.err)")
  }

  @Test("a warning alone leaves --no-baseline nothing to judge by")
  func alone() throws {
    #expect(try gate("budgetWarning = 90ms", "--no-baseline").status == 2)
  }

  @Test("the hook tells of it and lets the push through")
  func hook() throws {
    let here = try PushProject()
    try here.project.repository.directory.write(
      ".perfconfig", "[benchmark \"parse\"]\nbudgetWarning = 90ms\n")
    try here.project.repository.git("add", ".perfconfig")
    try here.project.repository.git("commit", "--quiet", "-m", "rules")
    try here.branch("topic", milliseconds: 100)
    let push = try here.push("origin", "topic")
    #expect(push.status == 0)
    #expect(
      push.said == [
        "perf-gate: first rules: benchmark.budgetWarning",
        "perf-gate: parse wall_time: 100 ms is over the 90ms of its warning in .perfconfig:2",
        "perf-gate: topic: no regression: 1 unchanged; 1 budget warning",
      ], "\(push.err)")
  }

  @Test(
    "the grammar has a metric, a percentile and an amount",
    arguments: [
      ("3s", nil, nil, 3e9), ("p95 3s", nil, 95, 3e9), ("wall_time 3 s", "wall_time", nil, 3e9),
      ("wall_time p5 5m", "wall_time", 5, 300e9),
      ("total_tokens 150 k", "total_tokens", nil, 150e3),
      ("p50 150k", nil, 50, 150e3), ("latency_p95 1ms", "latency_p95", nil, 1e6),
      ("p9? 1s", "p9?", nil, 1e9),
    ] as [(String, String?, Int?, Double)])
  func grammar(text: String, metric: String?, percentile: Int?, limit: Double) throws {
    let budget = try BudgetLimit(text)
    #expect(budget.metric?.text == metric)
    #expect(budget.percentile == percentile)
    #expect(budget.limit.value == limit)
  }

  @Test("a percentile that there is not, and a second limit, are refused")
  func mistakes() throws {
    for text in ["p0 3s", "p100 3s"] {
      let result = try gate("budget = \(text)")
      #expect(result.status == 2)
      #expect(result.err.contains("not a percentile from p1 to p99"), "\(result.err)")
    }
    #expect(try gate("budget = p95 3s\nbudget = p95 4s").status == 2)
    #expect(try gate("budget = 3s\nbudgetWarning = 1s\nbudgetWarning = p95 2s").status == 0)
    #expect(try gate("budgetWarning = 1s\nbudgetWarning = 2s").status == 2)
  }
}
