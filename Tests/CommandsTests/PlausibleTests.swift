import Foundation
import Measurements
import TestSupport
import Testing
import Verdicts

@testable import Configuration

@Suite("What is implausible is told and fails nothing")
struct PlausibleTests {
  let project: Project

  init() throws { project = try Project() }

  private func configure(_ text: String) throws {
    try project.repository.directory.write(".perfconfig", text)
    try project.repository.git("add", ".perfconfig")
    try project.repository.git("commit", "--quiet", "-m", "rules")
  }

  /// Imports times in milliseconds by benchmark, ten rounds each, for HEAD.
  private func record(_ times: [String: Double]) throws -> Subprocess {
    try project.run(
      "perf-record", "--import", "-", "--quiet",
      input: Project.hyperfine(times.mapValues { Project.times($0) }))
  }

  @Test("perf-record has a line for each series")
  func recording() throws {
    try configure("[benchmark \"task-*\"]\nplausible = wall_time ..150ms\n")
    let result = try record(["task-a": 100, "task-b": 200, "other": 900])
    #expect(result.status == 0)
    #expect(
      result.err
        == "warning: 'task-b' wall_time: implausible: 10 of 10 values, as 203 ms, outside ..150ms\n"
    )
  }

  @Test("many series are one line with their number")
  func grouped() throws {
    try configure("[benchmark \"*\"]\nplausible = wall_time 1s..\n")
    let times = (0..<9).map { ("task-\($0)", 100.0 + Double($0)) }
    let result = try record(Dictionary(uniqueKeysWithValues: times))
    #expect(result.err.split(separator: "\n").count == 1, "\(result.err)")
    #expect(result.err.hasPrefix("warning: 'task-0' wall_time: implausible"))
    #expect(result.err.contains("9 in all)"))
  }

  @Test("the gate tells it beside the row, in every form, with the same status")
  func gate() throws {
    try configure("[benchmark \"*\"]\nplausible = wall_time ..100ms\n")
    _ = try record(["parse": 100])
    try project.leaveMain()
    _ = try record(["parse": 100.5])
    let result = try project.run(
      "perf-gate", "--report", "text", "--report", "markdown=perf.md", "--report", "json=perf.json")
    #expect(result.status == 0, "\(result.err)")
    #expect(result.out.contains("unchanged (implausible: "), "\(result.out)")
    let markdown = try project.repository.directory.read("perf.md")
    #expect(markdown.contains("implausible"))
    let text = try project.repository.directory.read("perf.json")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let row = try #require((json["series"] as? [[String: Any]])?.first)
    let told = try #require(row["implausible"] as? [String: Any])
    #expect(told["range"] as? String == "..100ms")
    #expect(told["values"] as? Int == 10)
    #expect(row["fails"] as? Bool == false)
    #expect(json["status"] as? Int == 0)
    // A comment is made from the report that was written.
    let comment = try project.run("perf-comment", "--dry-run", "perf.json")
    #expect(comment.status == 0 && comment.out == markdown, "\(comment.err)")
  }

  @Test(
    "bad values are refused with what to write",
    arguments: [
      ("input_tokens", "not a metric and its range"), ("100..200", "not a metric and its range"),
      ("input_tokens 100", "not a range"), ("wall_time 5s..1s", "5s is above 1s"),
      ("wall_time 5s..7", "5s and 7 have different units"),
      ("wall_time a..7", "'a' is not an amount with its unit"),
    ])
  func mistakes(value: String, message: String) throws {
    try project.repository.directory.write(
      ".perfconfig", "[benchmark \"*\"]\nplausible = \(value)\n")
    let result = try project.run("perf-gate", "--rules", "worktree")
    #expect(result.status == 2)
    #expect(
      result.err.contains(
        "invalid value '\(value)' for 'benchmark.plausible' in .perfconfig:2: \(message)\nhint: "),
      "\(result.err)")
  }

  @Test("the reader of a history asks the configuration")
  func history() throws {
    let text =
      "[benchmark \"task-*\"]\nplausible = input_tokens 100..10k\nsuite = nightly\n"
    let file = try ConfigurationFile(Array(text.utf8), name: ".perfconfig")
    let configuration = try ProjectConfiguration.saying(file.settings)
    let tokens = Metric("input_tokens", .one)
    let range = try configuration.plausible(for: "task-1", tokens, in: "nightly")
    #expect(range?.description == "100..10k")
    #expect(range?.contains(99) == false && range?.contains(10_000) == true)
    #expect(try configuration.plausible(for: "task-1", tokens, in: "default") == nil)
  }
}
