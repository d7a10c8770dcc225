import Foundation
import TestSupport
import Testing

@Suite("perf-gate --bisect answers git bisect run", .serialized)
struct GateBisectTests {
  let project: Project

  init() throws { project = try Project() }

  @Test("0 is good, 1 bad, 125 skips and 128 stops")
  func statuses() throws {
    try project.record(milliseconds: 100)
    try project.repository.git("tag", "good")
    try project.repository.commit("same", file: "a.txt")
    try project.record(milliseconds: 100)
    let good = try project.run("perf-gate", "--bisect", "--against", "good")
    #expect(good.status == 0, "\(good.err)")
    #expect(good.err.hasSuffix("unchanged\nperf-gate: for git bisect: 0, good\n"), "\(good.err)")
    try project.repository.commit("slower", file: "b.txt")
    let unmeasured = try project.run("perf-gate", "--bisect", "--against", "good")
    #expect(unmeasured.status == 125)
    #expect(unmeasured.err.hasSuffix("perf-gate: for git bisect: 125, skip this commit\n"))
    try project.record(milliseconds: 130)
    let bad = try project.run("perf-gate", "--bisect", "--against", "good")
    #expect(bad.status == 1)
    #expect(bad.err.hasSuffix("perf-gate: for git bisect: 1, bad\n"), "\(bad.err)")
    let mistakes = [["--against", "nowhere"], ["--agianst", "good"], ["--plan"], ["--pre-push"]]
    for mistake in mistakes {
      let result = try project.run("perf-gate", ["--bisect"] + mistake)
      #expect(result.status == 128, "\(mistake) \(result.err)")
      #expect(result.err.hasSuffix("perf-gate: for git bisect: 128, stop\n"))
    }
    let alone = try project.run("perf-gate", "--bisect")
    #expect(alone.err.contains("warning: --bisect without --against"))
  }

  @Test("git finds the commit by it, measuring each")
  func bisectRun() throws {
    let bisected = try BisectProject()
    let commits = try bisected.history(6, slow: 4, broken: [2])
    try bisected.repository.git("bisect", "start", "HEAD", "good")
    let found = try Subprocess.run(
      "/usr/bin/env",
      [
        "git", "bisect", "run", "perf-gate", "--quiet", "--bisect", "--measure", "--against",
        "good",
      ],
      in: bisected.repository.url, environment: bisected.project.programs.environment)
    #expect(found.status == 0, "\(found.out)\(found.err)")
    #expect(found.out.contains("\(commits[4]) is the first bad commit"), "\(found.out)\(found.err)")
  }
}
