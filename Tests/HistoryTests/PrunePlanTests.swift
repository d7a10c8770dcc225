import Foundation
import Git
import History
import Measurements
import Statistics
import TestSupport
import Testing

@Suite("Old runs go, by rules that a reader can check")
struct PruningTests {
  let project: Project
  let commits: [Commit]

  init() throws {
    project = try Project()
    commits = try project.line(3)
  }

  /// Keeps what was recorded in 2026, and makes summaries of what is older than 2025.
  static let retention = Retention(
    keepsSince: time("2026-01-01"), summarizesBefore: time("2025-01-01"), pinned: []
  ) { record in
    record.changingSeries { _, fields in fields["rounds"] = .array([.array([.number(7)])]) }
  }

  static func time(_ day: String) -> Timestamp {
    guard let time = Timestamp("\(day)T00:00:00Z") else {
      preconditionFailure("'\(day)' is no day")
    }
    return time
  }

  @discardableResult
  func record(
    _ commit: Commit, _ day: String, _ benchmarks: [String] = ["parse"],
    machine: Environment = .here,
    session: String? = nil, shard: Shard? = nil, rejects: [String] = []
  ) throws -> String {
    let run = Run(
      commit: commit.id.description, tree: commit.tree.description, recordedAt: Self.time(day),
      session: session, tool: "test", environment: machine,
      series: try benchmarks.map {
        Series(
          benchmark: Benchmark(name: $0), metric: .wallTime, rounds: try [Round([1]), Round([2])],
          source: "test")
      }, rejects: rejects, shard: shard)
    try project.store([RunLine(run)], of: commit)
    return try RunLine(run).id().description
  }

  @discardableResult
  func prune(_ retention: Retention = retention) throws -> PrunePlan {
    let store = try RunStore(project.open(), reference: Project.reference)
    let today = try #require(Day("2026-11-20"))
    return try store.prune(by: retention, on: today, pause: { _ in }).0
  }

  /// The days on which what is left of a commit was recorded, and whether it became a summary.
  func left(_ object: ObjectID) throws -> [String] {
    guard let text = try? project.show(object.description) else { return [] }
    return try text.split(separator: "\n").map { line in
      let run = try Run(Array(line.utf8))
      let day = run.recordedAt?.description.prefix(10) ?? ""
      return run.rejects.isEmpty ? day + (run.firstValue == 7 ? " summary" : "") : "mark"
    }.sorted()
  }

  @Test("recent ones stay; of older ones a commit keeps the newest, in its note and in its tree's")
  func thinned() throws {
    for day in ["2026-05-01", "2026-05-02"] { try record(commits[2], day) }
    for day in ["2025-05-01", "2025-05-02", "2025-05-03"] { try record(commits[1], day) }
    for day in ["2024-05-01", "2024-05-02"] { try record(commits[0], day) }
    let pruning = try prune()
    #expect(pruning.prunedRuns.count == 4)
    for (index, days) in [
      ["2024-05-02 summary"], ["2025-05-03"], ["2026-05-01", "2026-05-02"],
    ].enumerated() {
      #expect(try left(commits[index].id) == days)
      #expect(try left(commits[index].tree) == days)
    }
    #expect(try prune().isEmpty)
    #expect(try project.repository.git("fsck", "--strict", "--no-dangling") == "")
  }

  @Test("the newest of each suite and machine keeps its rounds, however old it is")
  func newest() throws {
    try record(commits[0], "2020-01-01")
    try record(commits[1], "2020-01-02", machine: .there)
    try record(commits[2], "2020-01-02")
    try prune()
    #expect(try left(commits[0].id) == ["2020-01-01 summary"])
    #expect(try left(commits[1].id) == ["2020-01-02"])
    #expect(try left(commits[2].id) == ["2020-01-02"])
  }

  @Test("no benchmark loses its last numbers, and a session's shards stay together")
  func parts() throws {
    try record(commits[1], "2026-01-01")
    try record(commits[0], "2025-05-01", ["parse", "print"])
    try record(commits[0], "2025-05-02", ["parse"], session: "s", shard: Shard("2/2"))
    try record(commits[0], "2025-05-03", ["solve"], session: "s", shard: Shard("1/2"))
    try record(commits[0], "2025-04-01", ["solve"])
    try record(commits[0], "2025-05-04", ["parse"])
    try prune()
    // Of the session the second shard alone would be named as missing.
    #expect(try left(commits[0].id) == ["2025-05-01", "2025-05-02", "2025-05-03", "2025-05-04"])
  }

  @Test("a tag keeps all, and so does what is pinned")
  func tags() throws {
    try project.repository.git("tag", "v1", commits[0].id.description)
    for commit in commits { for day in ["2024-01-01", "2024-01-02"] { try record(commit, day) } }
    let retention = Retention(
      keepsSince: Self.retention.keepsSince, summarizesBefore: Self.retention.summarizesBefore,
      pinned: [commits[1].id, commits[1].tree], summary: Self.retention.summary)
    try prune(retention)
    for index in 0...1 { #expect(try left(commits[index].id) == ["2024-01-01", "2024-01-02"]) }
    #expect(try left(commits[2].id).count == 1)
  }

  @Test("what no reference leads to goes, unless it is recent, or another commit has its content")
  func vanished() throws {
    try project.switchTo("topic", from: "main")
    let old = try project.commit("old", text: "a")
    let recent = try project.commit("recent", text: "b")
    let squashed = try project.commit("squashed", text: "c")
    for commit in [old, squashed] { try record(commit, "2025-05-01") }
    try record(recent, "2026-05-01")
    try project.switchTo("main")
    let merged = try project.commit("merged", text: "c")
    #expect(merged.tree == squashed.tree)
    try project.repository.git("branch", "-D", "topic")
    let pruning = try prune()
    #expect(pruning.prunedRuns.map(\.home).allSatisfy { [old.id, old.tree].contains($0) })
    #expect(try left(old.id).isEmpty && left(old.tree).isEmpty)
    #expect(try left(recent.id) == ["2026-05-01"])
    #expect(try left(merged.tree) == ["2025-05-01"])
  }

  @Test("branches of other work trees and detached heads are no less alive")
  func workTrees() throws {
    try project.repository.git("worktree", "add", "--quiet", "--detach", "linked")
    let linked = try Project.in(project, "linked")
    try record(linked, "2025-05-01")
    try project.repository.git("checkout", "--quiet", "--detach")
    let head = try project.commit("detached")
    try record(head, "2025-05-01")
    #expect(try prune().isEmpty)
  }

  @Test("a mark goes with what it rejects, follows what becomes a summary, and keeps runs apart")
  func marks() throws {
    try record(commits[2], "2026-01-01")
    let rejected = try record(commits[0], "2024-05-02")
    try record(commits[0], "2024-05-01")
    try record(commits[0], "2024-05-03", [], rejects: [rejected])
    let goes = try record(commits[1], "2025-05-01")
    let stays = try record(commits[1], "2025-05-02")
    try record(commits[1], "2025-05-03", [], rejects: [goes, stays].sorted())
    try prune()
    #expect(try left(commits[0].id) == ["2024-05-01 summary", "2024-05-02 summary", "mark"])
    #expect(try left(commits[1].id) == ["2025-05-02", "mark"])
    for (commit, day) in [(commits[0], "2024-05-02"), (commits[1], "2025-05-02")] {
      let lines = try project.show(commit.id.description).split(separator: "\n")
      let run = try #require(lines.first { $0.contains("\(day)T") })
      let mark = try #require(lines.first { $0.contains("rejects") })
      let id = try ObjectID(hashing: Array("\(run)\n".utf8))
      #expect(try Run(Array(mark.utf8)).rejects == [id.description])
    }
  }

  @Test("what was refused is not the newest, and the shards of the newest session all keep rounds")
  func newestUsable() throws {
    try record(commits[0], "2020-01-01")
    let refused = try record(commits[1], "2020-02-01")
    try record(commits[1], "2020-03-01", [], rejects: [refused])
    for (index, shard) in ["1/2", "2/2"].enumerated() {
      try record(
        commits[2], "2020-01-0\(index + 1)", ["a\(index)"], machine: .there, session: "s",
        shard: Shard(shard))
    }
    try prune()
    #expect(try left(commits[0].id) == ["2020-01-01"])
    #expect(try left(commits[1].id) == ["2020-02-01 summary", "mark"])
    #expect(try left(commits[2].id) == ["2020-01-01", "2020-01-02"])
  }

  @Test("of two at the same second always the same one is the newest")
  func sameSecond() throws {
    for commit in commits[0...1] { try record(commit, "2020-01-01") }
    let retention = Self.retention
    let kept = try (0..<5).map { _ in
      let store = try RunStore(project.open(), reference: Project.reference)
      return try store.pruning(by: retention).prunedRuns.map(\.id.description)
    }
    #expect(Set(kept).count == 1 && kept[0].count == 1)
  }

  @Test("a run whose note was copied stays in both notes if one of them has no newer one")
  func copied() throws {
    for (index, other) in [(0, 1), (1, 0)] {
      let project = try PruningTests()
      try project.record(project.commits[2], "2026-01-01")
      try project.record(project.commits[index], "2025-05-01")
      try project.project.repository.git(
        "notes", "--ref=perf", "copy", project.commits[index].id.description,
        project.commits[other].id.description)
      try project.record(project.commits[index], "2025-05-02")
      try project.prune()
      #expect(try project.left(project.commits[other].id) == ["2025-05-01"])
    }
  }

  @Test("a linked work tree knows what the main one has checked out")
  func mainWorkTree() throws {
    let git = project.repository
    try git.git("branch", "other")
    try git.git("checkout", "--quiet", "--detach")
    try record(project.commit("detached"), "2025-05-01")
    try git.git("worktree", "add", "--quiet", "linked", "other")
    let store = try RunStore(
      Repository(at: "\(git.path)/linked"), reference: Project.reference)
    #expect(try store.pruning(by: Self.retention).isEmpty)
  }

  @Test("lines that are not understood stay, wherever they are")
  func foreign() throws {
    try record(commits[0], "2025-05-01")
    try project.repository.git(
      "notes", "--ref=perf", "append", "-m", "by hand", commits[0].id.description)
    try project.repository.git(
      "notes", "--ref=perf", "append", "-m", #"{"version":9}"#, commits[0].id.description)
    try record(commits[0], "2025-05-02")
    let pruning = try prune()
    #expect(pruning.foreignLines == 2)
    let lines = try project.show(commits[0].id.description).split(separator: "\n")
    #expect(lines.count == 3 && lines.contains("by hand") && lines.contains(#"{"version":9}"#))
  }

  @Test("the history begins anew, and git can take the old one away")
  func space() throws {
    try record(commits[0], "2026-01-01")
    try record(commits[0], "2025-01-01")
    let git = project.repository
    let before = try git.git("rev-parse", "refs/notes/perf")
    try prune()
    #expect(try git.git("rev-list", "--count", "refs/notes/perf") == "1")
    #expect(try git.git("cat-file", "-t", before) == "commit")
    try git.git("gc", "--quiet", "--prune=now")
    #expect(throws: GitFailure.self) { try git.git("cat-file", "-t", before) }
  }
}

extension Project {
  /// What a linked work tree has checked out, with one more commit.
  fileprivate static func `in`(_ project: Project, _ folder: String) throws -> Commit {
    try project.repository.git(
      "-C", folder, "commit", "--quiet", "--allow-empty", "--message", "linked")
    return try project.commit(at: try project.repository.git("-C", folder, "rev-parse", "HEAD"))
  }
}
