import Foundation
import TestSupport
import Testing

/// What can stand in a push: branches, tags, deletions, notes, several at once.
@Suite struct PrePushReferences {
  let here: PushProject
  init() throws { here = try PushProject() }

  @Test("one slower branch refuses them all, and each is named once")
  func several() throws {
    try here.branch("slow", milliseconds: 150)
    try here.branch("fast", milliseconds: 50)
    try here.branch("same", milliseconds: 100)
    let push = try here.push("origin", "fast", "slow", "same")
    #expect(push.status == 1)
    #expect(
      push.said == [
        "perf-gate: fast: no regression: 1 improvement",
        "perf-gate: same: no regression: 1 unchanged",
        "perf-gate: slow: regression: 1 regression",
      ] + refused("regression"))
    for name in ["fast", "slow", "same"] { #expect(try here.remoteHas(name) == nil) }
  }

  @Test("a commit under several names is judged once")
  func sameCommit() throws {
    try here.branch("topic", milliseconds: 150)
    try here.git("tag", "light")
    try here.git("tag", "-a", "-m", "annotated", "heavy")
    try here.git("tag", "-a", "-m", "a tag of a tag", "nested", "heavy")
    let push = try here.push("origin", "topic", "HEAD:other", "light", "heavy", "nested")
    #expect(push.status == 1)
    let names = push.said.first?.dropFirst("perf-gate: ".count).prefix { $0 != ":" }
    #expect(
      names?.components(separatedBy: ", ").sorted()
        == ["heavy", "light", "nested", "other", "topic"])
    #expect(push.said.dropFirst() == refused("regression")[...])
  }

  @Test("tags are judged by their commit", arguments: [["v1"], ["-a", "-m", "one", "v1"]])
  func tags(options: [String]) throws {
    try here.branch("topic", milliseconds: 150)
    try here.repository.git(["tag"] + options)
    let push = try here.push("origin", "v1")
    #expect(push.status == 1)
    #expect(push.said == ["perf-gate: v1: regression: 1 regression"] + refused("regression"))
  }

  @Test("a tag of a file or directory has nothing to judge", arguments: ["HEAD:file.txt", "HEAD:"])
  func tagOfNoCommit(object: String) throws {
    try here.git("tag", "-a", "-m", "odd", "odd", object)
    let push = try here.push("origin", "odd")
    #expect(push.status == 0)
    #expect(push.said == ["perf-gate: odd: no commit, nothing to judge"])
  }

  @Test("a deletion is not judged")
  func deletion() throws {
    try here.branch("topic", milliseconds: 100)
    #expect(try here.push("origin", "topic").status == 0)
    let push = try here.push("origin", ":topic")
    #expect(push.status == 0)
    #expect(push.said.isEmpty)
    #expect(try here.remoteHas("topic") == nil)
  }

  @Test("a deletion beside a slower branch does not happen")
  func deletionBesides() throws {
    let id = try here.branch("topic", milliseconds: 100)
    #expect(try here.push("origin", "topic").status == 0)
    try here.branch("slow", milliseconds: 150)
    let push = try here.push("origin", ":topic", "slow")
    #expect(push.status == 1)
    #expect(push.said == ["perf-gate: slow: regression: 1 regression"] + refused("regression"))
    #expect(try here.remoteHas("topic") == id)
  }

  @Test("the notes themselves go through, even where a result is asked for")
  func notes() throws {
    try here.git("config", "perf.hook.missing", "fail")
    let push = try here.push("origin", "refs/notes/perf")
    #expect(push.status == 0)
    #expect(push.said.isEmpty)
    #expect(try here.remoteHas("refs/notes/perf") != nil)
  }

  @Test("many old tags without results make one line")
  func manyTags() throws {
    for number in 1...7 {
      try here.commit("\(number)", milliseconds: nil)
      try here.git("tag", "v\(number)")
    }
    let push = try here.push("origin", "--tags")
    #expect(push.status == 0)
    #expect(
      push.said == [
        "perf-gate: v1, v2, v3, v4, v5 and 2 more: not judged: no result",
        "hint: record one with `perf-record -- <command>`",
      ])
  }

  @Test("many old tags that are not slower make one line")
  func manyUnchangedTags() throws {
    for number in 1...7 {
      try here.commit("\(number)", milliseconds: 100)
      try here.git("tag", "v\(number)")
    }
    let push = try here.push("origin", "--tags")
    #expect(push.status == 0)
    #expect(
      push.said == ["perf-gate: v1, v2, v3, v4, v5 and 2 more: no regression: 1 unchanged"])
  }

  @Test("a push of nothing new says so in a line")
  func upToDate() throws {
    let push = try here.push("origin", "main")
    #expect(push.status == 0)
    #expect(push.said == ["perf-gate: nothing is pushed, so nothing was judged"])
    #expect(push.err.hasSuffix("\nEverything up-to-date\n"))
  }

  @Test("a dry run is judged like any other push")
  func dryRun() throws {
    try here.branch("topic", milliseconds: 150)
    let push = try here.push("--dry-run", "origin", "topic")
    #expect(push.status == 1)
    #expect(push.said == ["perf-gate: topic: regression: 1 regression"] + refused("regression"))
  }

  @Test("what programs read on git's standard output stays git's")
  func porcelain() throws {
    try here.branch("topic", milliseconds: 150)
    let push = try here.push("--porcelain", "--dry-run", "origin", "topic")
    #expect(push.status == 1)
    #expect(!push.out.contains("parse"))
    #expect(push.shows("✗ parse"))
  }
}
