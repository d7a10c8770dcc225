import Foundation
import TestSupport
import Testing

@Suite("A budget needs no baseline")
struct BudgetGateTests {
  let project: Project

  /// One commit at 100 ms, and nothing to compare it with.
  init() throws {
    project = try Project()
    try project.record(milliseconds: 100)
  }

  private func budget(_ limit: String) throws {
    try project.repository.directory.write(
      ".perfconfig", "[benchmark \"parse\"]\nbudget = \(limit)\n")
  }

  @Test("a broken one fails the first commit of a project")
  func broken() throws {
    try budget("90ms")
    let result = try project.run("perf-gate", "--rules", "worktree")
    #expect(result.status == 1)
    try expectGolden(result)
  }

  @Test("one that is kept is told beside the baseline that is not there yet")
  func kept() throws {
    try budget("3s")
    let result = try project.run("perf-gate", "--rules", "worktree")
    #expect(result.status == 0)
    #expect(result.err == "perf-gate: no baseline yet: 1 new; 1 budget kept\n")
    let alone = try project.run("perf-gate", "--rules", "worktree", "--no-baseline")
    #expect(alone.status == 0)
    #expect(alone.err == "perf-gate: no regression: 1 budget kept\n")
  }

  @Test("without any budget, --no-baseline leaves nothing to judge by")
  func none() throws {
    let result = try project.run("perf-gate", "--no-baseline")
    #expect(result.status == 2)
    try expectGolden(result)
  }

  @Test("one that the noise straddles is undecided, and strictly a failure")
  func straddled() throws {
    try budget("100ms")
    let result = try project.run("perf-gate", "--rules", "worktree", "--no-baseline")
    #expect(result.status == 0)
    #expect(result.err.hasPrefix("perf-gate: undecided: 1 budget inconclusive"))
    #expect(
      try project.run("perf-gate", "--rules", "worktree", "--no-baseline", "--strict").status == 6)
  }

  @Test("it is in every report")
  func reports() throws {
    try budget("90ms")
    let result = try project.run(
      "perf-gate", "--rules", "worktree", "--report", "markdown=perf.md", "--report",
      "json=perf.json")
    #expect(result.status == 1)
    let markdown = try project.repository.directory.read("perf.md")
    #expect(markdown.contains("**Over budget**"))
    #expect(markdown.contains("🔴 over budget"))
    let json = try JSONSerialization.jsonObject(
      with: Data(project.repository.directory.read("perf.json").utf8))
    let report = try #require(json as? [String: Any])
    let budgets = try #require(report["budgets"] as? [[String: Any]])
    #expect(report["outcome"] as? String == "overBudget")
    #expect(budgets.map { $0["state"] as? String } == ["broken"])
    #expect(budgets.map { $0["limit"] as? Double } == [90_000_000])
  }
}

@Suite("The hook and what a policy adds")
struct PrePushPolicyTests {
  let here: PushProject
  init() throws { here = try PushProject(pushed: false) }

  /// As the pusher's own configuration; what is committed would be other content, without numbers.
  private func configure(_ key: String, _ value: String) throws {
    try here.git("config", "perf.\(key)", value)
  }

  @Test("a first push over its budget is refused, one within it goes through with a word")
  func budget() throws {
    try configure("benchmark.parse.budget", "90ms")
    let refusal = try here.push("origin", "main")
    #expect(refusal.status == 1)
    #expect(
      refusal.said.suffix(3) == ["perf-gate: main: over budget: 1 new; 1 budget broken"]
        + refused("over budget"))
    try configure("benchmark.parse.budget", "3s")
    let push = try here.push("origin", "main")
    #expect(push.status == 0)
    #expect(
      push.said == [
        "perf-gate: no baseline yet: main has no number of this machine. "
          + "The first recording of main becomes it; nothing was judged",
        "perf-gate: main: no baseline yet: 1 new; 1 budget kept",
      ])
  }

  @Test("an anchor without numbers holds no push up, unless missing results do")
  func anchor() throws {
    #expect(try here.push("origin", "main").status == 0)
    try here.git("tag", "v1", try here.repository.git("rev-parse", "HEAD"))
    try here.git("notes", "--ref=perf", "remove", "HEAD", "HEAD^{tree}")
    try here.branch("next", milliseconds: 100)
    try here.git("push", "--quiet", "--no-verify", "origin", "next:main")
    try here.branch("topic", from: "next", milliseconds: 100)
    try configure("gate.anchor", "v*")
    #expect(try here.push("origin", "topic").status == 0)
    #expect(try here.project.run("perf-gate", "--base", "origin/main").status == 3)
    try configure("hook.missing", "fail")
    #expect(try here.push("origin", "topic:other").status == 1)
  }
}
