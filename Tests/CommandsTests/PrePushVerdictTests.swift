import Foundation
import TestSupport
import Testing

/// What the hook decides about one branch.
@Suite struct PrePushVerdicts {
  let here: PushProject
  init() throws { here = try PushProject() }

  @Test("a slower commit is refused, and the remote stays as it is")
  func slower() throws {
    try here.branch("topic", milliseconds: 150)
    let push = try here.push("origin", "topic")
    #expect(push.status == 1)
    #expect(push.said == ["perf-gate: topic: regression: 1 regression"] + refused("regression"))
    try expectGolden(push)
    #expect(try here.remoteHas("topic") == nil)
  }

  @Test(
    "what is not slower goes through", arguments: [(100, "1 unchanged"), (50, "1 improvement")])
  func accepted(milliseconds: Double, summary: String) throws {
    let id = try here.branch("topic", milliseconds: milliseconds)
    let push = try here.push("origin", "topic")
    #expect(push.status == 0)
    #expect(push.said == ["perf-gate: topic: no regression: \(summary)"])
    #expect(try here.remoteHas("topic") == id)
  }

  @Test("PERF_GATE=off lets everything through and says so")
  func off() throws {
    let id = try here.branch("topic", milliseconds: 150)
    let push = try here.push("origin", "topic", environment: ["PERF_GATE": "off"])
    #expect(push.status == 0)
    #expect(push.said == ["perf-gate: skipped, because PERF_GATE=off"])
    #expect(try here.remoteHas("topic") == id)
  }

  @Test("a commit without a result goes through with a word on what to run")
  func noResult() throws {
    let id = try here.branch("topic", milliseconds: nil)
    let push = try here.push("origin", "topic")
    #expect(push.status == 0)
    #expect(
      push.said == [
        "perf-gate: topic: not judged: no result for \(id.prefix(10))",
        "hint: record one with `perf-record -- <command>`",
      ])
    #expect(try here.remoteHas("topic") == id)
  }

  @Test(
    "hook.missing = fail refuses a commit without a result",
    arguments: [["-f", ".perfconfig", "hook.missing"], ["perf.hook.missing"]])
  func missingFails(place: [String]) throws {
    try here.repository.git(["config"] + place + ["fail"])
    let id = try here.branch("topic", milliseconds: nil)
    let push = try here.push("origin", "topic")
    #expect(push.status == 1)
    #expect(
      push.said == [
        "error: no result for \(id.prefix(10))",
        "hint: record one with `perf-record -- <command>`",
        "perf-gate: topic: measurement unusable",
      ] + refused("measurement unusable"))
    #expect(try here.remoteHas("topic") == nil)
  }

  @Test("a benchmark that was not measured again is refused")
  func missingBenchmark() throws {
    try here.project.record("print", milliseconds: 10)
    try here.branch("topic", milliseconds: 100)
    let push = try here.push("origin", "topic")
    #expect(push.status == 1)
    #expect(push.shows("✗ print"))
    #expect(
      push.said == ["perf-gate: topic: measurement unusable: 1 missing, 1 unchanged"]
        + refused("measurement unusable"))
  }

  @Test("what cannot be decided goes through, or is refused with gate.inconclusive = fail")
  func inconclusive() throws {
    try here.git("checkout", "--quiet", "-b", "topic")
    try here.repository.commit("topic")
    try here.project.record(milliseconds: 150, rounds: 1)
    let push = try here.push("--dry-run", "origin", "topic")
    #expect(push.status == 0)
    #expect(push.said == ["perf-gate: topic: undecided: 1 inconclusive"])
    try here.git("config", "perf.gate.inconclusive", "fail")
    let refusal = try here.push("origin", "topic")
    #expect(refusal.status == 1)
    #expect(refusal.shows("✗ parse"))
    #expect(refusal.said.last == "perf-gate: push refused: inconclusive")
    #expect(try here.remoteHas("topic") == nil)
  }

  @Test("a line of a newer version on the tip is refused, as nobody can tell what it says")
  func newerVersion() throws {
    let id = try here.branch("topic", milliseconds: 100)
    try here.git("notes", "--ref=perf", "append", "-m", #"{"version":9}"#, id)
    let push = try here.push("origin", "topic")
    #expect(push.status == 1)
    try expectGolden(push)
    #expect(push.said.suffix(2) == refused("measurement unusable")[...])
  }

  @Test("a mistake in .perfconfig refuses and is named")
  func badConfiguration() throws {
    try here.repository.directory.write(".perfconfig", "[gate]\n  threshold = some\n")
    try here.branch("topic", milliseconds: nil)
    let push = try here.push("origin", "topic")
    #expect(push.status == 1)
    #expect(push.said.first?.hasPrefix("error: invalid value 'some' for 'gate.threshold'") == true)
    #expect(push.said.suffix(2) == refused("usage or configuration error"))
  }
}
