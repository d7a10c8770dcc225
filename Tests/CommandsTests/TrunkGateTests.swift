import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("perf-gate --history judges the base branch, and a change is shown with the steps before it")
struct TrunkGateTests {
  let project: Project
  var repository: TemporaryRepository { project.repository }

  init() throws { project = try Project() }

  /// A commit of main for each recording, of so many milliseconds.
  private func record(_ levels: (Double, Int)...) throws {
    for (level, count) in levels {
      for number in 0..<count {
        try repository.commit("at \(level), \(number)")
        try project.record(milliseconds: level * [1, 1.004, 0.996, 1.002, 0.998][number % 5])
      }
    }
  }

  @Test("a regression that slipped in fails until it is accepted on that branch")
  func trunk() throws {
    try record((100, 6), (125, 6))
    let open = try project.run("perf-gate", "--history")
    #expect(open.status == 1)
    #expect(
      open.err.hasSuffix("perf-gate: regression: a regression of main that nobody accepted\n"))
    let lines = open.out.split(separator: "\n")
    let head = try #require(lines.firstIndex { $0.hasPrefix("id ") })
    let id = String(lines[head + 1].prefix(7))
    let accepted = try project.run(
      "perf-log", "changes", "--accept", id, "--reason", "safer")
    #expect(accepted.status == 0, "\(accepted.err)")
    // What is not committed does not count.
    #expect(try project.run("perf-gate", "--history").status == 1)
    try repository.git("add", ".perfconfig")
    try repository.git("commit", "--quiet", "-m", "Accept")
    let after = try project.run("perf-gate", "--history")
    #expect(after.status == 0 && after.out.contains("accepted: safer"), "\(after.out)\(after.err)")
    #expect(after.err.hasSuffix("no regression of main is open\n"))
  }

  @Test("gate.history = warn tells it and passes; a branch without change and one that is named")
  func warning() throws {
    try record((100, 6), (125, 6))
    try repository.git("tag", "before", "HEAD~6")
    try repository.git("config", "perf.gate.history", "warn")
    let warned = try project.run("perf-gate", "--history")
    #expect(warned.status == 0 && warned.err.contains("a regression of main that nobody accepted"))
    try repository.git("config", "--unset", "perf.gate.history")
    let before = try project.run("perf-gate", "--history", "before")
    #expect(before.status == 0 && before.err.hasSuffix("no regression of before is open\n"))
  }

  @Test("the rules of the gate count: thresholds, deciding metrics, severities and waivers")
  func rules() throws {
    try record((100, 6), (125, 6))
    func status(_ text: String) throws -> Int32 {
      try repository.directory.write(".perfconfig", text)
      try repository.git("add", ".perfconfig")
      try repository.git("commit", "--quiet", "--allow-empty", "-m", "Rules")
      return try project.run("perf-gate", "--history").status
    }
    #expect(try status("[gate]\nthreshold = 30%\n") == 0)
    #expect(try status("[benchmark \"parse\"]\nthreshold = 30%\n") == 0)
    #expect(try status("[metric \"wall_time\"]\nregression = warn\n") == 0)
    // Nothing that was measured is named, so that all decides.
    #expect(try status("[suite \"default\"]\ndecide = max_rss\n") == 1)
    let waiver = "[waiver \"parse\"]\nexpires = 2999-01-01\nreason = r\nceiling ="
    #expect(try status("\(waiver) 30%\n") == 0)
    #expect(try status("\(waiver) 20%\n") == 1)
    #expect(try status("[gate]\nthreshold = 20%\n") == 1)
  }

  @Test("a base branch that is not there is an error, and few commits are said to show nothing")
  func base() throws {
    try record((100, 3))
    let young = try project.run("perf-gate", "--history")
    #expect(young.status == 0 && young.out.contains("no change can be seen yet"), "\(young.out)")
    let missing = try project.run("perf-gate", "--history", "--base", "nosuch")
    #expect(missing.status == 2, "\(missing.err)")
  }

  @Test(
    "it is a question of its own",
    arguments: [
      ["--measure"], ["--against", "HEAD~1"], ["--report", "json"], ["--only", "x"], ["--plan"],
      ["--pre-push"], ["--alpha", "0.01"], ["--rules", "worktree"],
    ])
  func usage(options: [String]) throws {
    let result = try project.run("perf-gate", ["--history"] + options)
    #expect(result.status == 2, "\(result.err)")
  }

  @Test("without any run there is nothing to judge")
  func empty() throws {
    let result = try project.run("perf-gate", "--history")
    #expect(result.status == 3 && result.err.contains("no run is recorded"), "\(result.err)")
  }

  @Test("the third step up since a release says so, and what they add up to")
  func course() throws {
    try record((100, 6))
    try repository.git("tag", "v2.1")
    try record((106, 6), (113, 6))
    try project.leaveMain()
    try project.record(milliseconds: 130)
    let result = try project.run("perf-gate", "--report", "json=report.json")
    #expect(result.status == 1)
    #expect(result.out.contains("third step up since v2.1: +30 % together"), "\(result.out)")
    let file = try Data(contentsOf: repository.url.appending(path: "report.json"))
    if JSONSchema.isInstalled {
      let text = String(decoding: file, as: UTF8.self)
      #expect(try JSONSchema("report").diagnostics(about: text) == [])
    }
    let report = try #require(try JSONSerialization.jsonObject(with: file) as? [String: Any])
    let rows = try #require(report["series"] as? [[String: Any]])
    let course = try #require(rows.first?["course"] as? [String: Any])
    #expect(course["steps"] as? Int == 3 && course["since"] as? String == "v2.1")
    let comment = try project.run("perf-comment", "--dry-run", "report.json")
    #expect(comment.out.contains("third step up since v2.1"), "\(comment.out)\(comment.err)")
  }
}
