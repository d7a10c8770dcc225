import Foundation
import TestSupport
import Testing

@Suite("The gate knows how much a series swings between recordings")
struct SwingGateTests {
  let project: Project
  var repository: TemporaryRepository { project.repository }

  init() throws { project = try Project() }

  /// A commit on main for each, then a topic with one of its own.
  private func record(_ main: [Double], topic: Double) throws {
    for milliseconds in main {
      try repository.commit("at \(milliseconds)")
      try project.record(milliseconds: milliseconds)
    }
    try project.leaveMain()
    try project.record(milliseconds: topic)
  }

  @Test("what is within it is inconclusive")
  func within() throws {
    try record([100, 107, 94, 105, 96, 100], topic: 113)
    let result = try project.run("perf-gate")
    #expect(result.status == 0, "\(result.out)")
    #expect(
      result.out.contains(
        "inconclusive: swings by 5 % between recordings here; +13 % is within it: measure in pairs"),
      "\(result.out)")
    let explained = try project.run("perf-gate", "--explain", "parse")
    #expect(explained.out.contains("history"), "\(explained.out)")
    #expect(explained.out.contains("6 recordings before it, swing 4.98 %"), "\(explained.out)")
  }

  @Test("what was at that level before has the day named")
  func before() throws {
    try record([100, 101, 131, 100, 99, 100], topic: 130)
    let result = try project.run("perf-gate")
    #expect(result.status == 0, "\(result.out)")
    #expect(
      try #require(result.out.firstMatch(of: /was at this level on (\d+) ([A-Z][a-z]{2}): measure/))
        .output.1.isEmpty == false)
  }

  @Test("what is far beyond it is a regression, and certain from ten recordings on")
  func beyond() throws {
    try record([100, 101, 99, 100, 102, 98], topic: 150)
    let six = try project.run("perf-gate")
    #expect(six.status == 1)
    try expectGolden(six)
    try repository.git("checkout", "--quiet", "main")
    for milliseconds in [101.0, 99, 100, 100.5] {
      try repository.commit("at \(milliseconds)")
      try project.record(milliseconds: milliseconds)
    }
    try repository.git("checkout", "--quiet", "-b", "later")
    try repository.commit("later")
    try project.record(milliseconds: 150)
    #expect(try project.run("perf-gate").out.contains("regression, certain"))
  }

  @Test("of few recordings it is not known, and that is said")
  func few() throws {
    try record([100, 101], topic: 150)
    let result = try project.run("perf-gate")
    #expect(result.status == 1)
    try expectGolden(result)
  }

  @Test("who names the baseline is told the same")
  func named() throws {
    try record([100, 107, 94, 105, 96, 100], topic: 113)
    let result = try project.run("perf-gate", "--against", "main")
    #expect(result.status == 0, "\(result.out)")
    try expectGolden(result)
  }

  @Test("one number a recording is judged from five on, and before that undecided")
  func single() throws {
    func record(_ milliseconds: Double) throws {
      let times = try Project.hyperfine(["p": [milliseconds / 1000]])
      try project.run("perf-record", "-q", "--import", "-", input: times)
    }
    for (index, milliseconds) in [100, 101, 99, 100.4].enumerated() {
      try repository.commit("\(index)")
      try record(milliseconds)
    }
    try repository.git("checkout", "--quiet", "-b", "early")
    try repository.commit("early")
    try record(900)
    #expect(try project.run("perf-gate").status == 0)
    try repository.git("checkout", "--quiet", "main")
    try repository.commit("5")
    try record(99.7)
    try repository.git("checkout", "--quiet", "-b", "late")
    try repository.commit("late")
    try record(900)
    let late = try project.run("perf-gate")
    #expect(late.status == 1, "\(late.out)")
    let explained = try project.run("perf-gate", "--explain", "p").out
    #expect(explained.contains("5 recordings before it"), "\(explained)")
  }

  @Test("where a recording has no logarithm, nothing is certain, and that is said")
  func zero() throws {
    let zeros = try Project.hyperfine(["parse": Array(repeating: 0, count: 10)])
    try repository.commit("nothing")
    try project.run("perf-record", "-q", "--import", "-", input: zeros)
    try record([100, 140, 120, 90, 150, 105], topic: 140)
    let result = try project.run("perf-gate")
    try expectGolden(result)
  }

  @Test("a shallow clone knows less than others do, so that the rounds decide alone")
  func shallow() throws {
    try record([100, 107, 94, 105, 96, 99], topic: 113)
    #expect(try project.run("perf-gate").status == 0)
    let clone = try TemporaryRepository()
    try clone.git("remote", "add", "origin", "file://\(repository.path)")
    try clone.git("fetch", "--quiet", "--depth", "4", "origin", "main", "topic")
    try clone.git("fetch", "--quiet", "origin", "refs/notes/perf:refs/notes/perf")
    try clone.git("update-ref", "refs/remotes/origin/main", "FETCH_HEAD")
    try clone.git(
      "fetch", "--quiet", "--depth", "4", "origin", "+refs/heads/*:refs/remotes/origin/*")
    try clone.git("checkout", "--quiet", "-B", "topic", "origin/topic")
    let result = try Project(clone).run("perf-gate", "--base", "origin/main")
    #expect(result.status == 1, "\(result.out)\(result.err)")
    #expect(result.out.contains("swing between recordings unknown (this clone is shallow)"))
  }

  @Test("marked recordings, those of other machines and those of the candidate do not count")
  func left() throws {
    try record([100, 101, 99, 100], topic: 100)
    try repository.git("checkout", "--quiet", "main")
    try repository.commit("slow")
    try project.record(milliseconds: 150)
    #expect(try project.run("perf-gate", "--mark").status == 1)
    try repository.commit("elsewhere")
    try repository.git("config", "perf.environment.key", "other")
    try project.record(milliseconds: 100)
    try repository.git("config", "--unset", "perf.environment.key")
    try repository.commit("next")
    try project.record(milliseconds: 150)
    try project.record(milliseconds: 150)
    #expect(try project.run("perf-gate").out.contains("unknown (4 of 5)"))
  }
}
