import Foundation
import Git
import History
import Measurements
import Statistics
import TestSupport
import Testing

/// Copies of one repository's notes, each under a reference of its own, that record, prune and bring each
/// other's states, against a model of sets.
@Suite("What somebody pruned does not come back, whoever joins what with whom")
struct JoiningTests {
  private static let retention = Retention(
    keepsSince: PruningTests.time("2026-01-01"), summarizesBefore: PruningTests.time("2000-01-01"),
    pinned: [], summary: \.self)

  private struct Copies {
    let project: Project
    let commits: [Commit]
    let repository: Repository
    /// What each has, and of what it knows that it was pruned.
    var model: [(lines: Set<String>, pruned: Set<String>)]

    init(_ count: Int) throws {
      project = try Project()
      commits = try project.line(3)
      repository = try project.open()
      model = Array(repeating: ([], []), count: count)
    }

    func store(_ copy: Int) throws -> RunStore {
      try RunStore(repository, reference: "refs/notes/copy\(copy)")
    }

    func lines(_ copy: Int) throws -> Set<String> {
      let list = try project.repository.git("notes", "--ref=copy\(copy)", "list")
      return try list.split(separator: "\n").reduce(into: []) { lines, entry in
        let blob = try project.repository.git("cat-file", "blob", String(entry.prefix(40)))
        for line in blob.split(separator: "\n") { lines.insert(String(line)) }
      }
    }

    mutating func record(_ copy: Int, _ number: Int, old: Bool) throws {
      let commit = commits[number % commits.count]
      let run = Run(
        commit: commit.id.description, tree: commit.tree.description,
        recordedAt: PruningTests.time(
          "\(old ? 2020 : 2026)-\(number < 900 ? "0\(number / 100 + 1)" : "10")-\(10 + number % 19)"
        ),
        session: "\(number)", tool: "test", environment: .here,
        series: [
          Series(
            benchmark: Benchmark(name: "b"), metric: .wallTime, rounds: [try Round([1])],
            source: "test")
        ])
      try store(copy).add([commit: [RunLine(run)]], pause: { _ in })
      model[copy].lines.insert(String(decoding: run.json.line, as: UTF8.self))
    }

    mutating func prune(_ copy: Int, _ retention: Retention) throws {
      let today = try #require(Day("2026-11-20"))
      _ = try store(copy).prune(by: retention, on: today, pause: { _ in })
      let left = try lines(copy)
      model[copy].pruned.formUnion(model[copy].lines.subtracting(left))
      model[copy].lines = left
    }

    mutating func merge(_ source: Int, into copy: Int) throws {
      guard let other = try repository.notes("refs/notes/copy\(source)").commit else { return }
      let before = model[copy]
      let joining = try store(copy).merge(
        other, from: "copy\(source)", on: try #require(Day("2026-11-20")), pause: { _ in })
      model[copy].pruned.formUnion(model[source].pruned)
      model[copy].lines.formUnion(model[source].lines)
      model[copy].lines.subtract(model[copy].pruned)
      #expect(
        joining.onlyTheirs.count == model[copy].lines.subtracting(before.lines).count)
      #expect(joining.pruned.count == before.lines.subtracting(model[copy].lines).count)
    }

    /// Puts a file beside the notes.
    func add(_ name: String, _ text: String, to copy: Int) throws {
      let git = project.repository
      try git.directory.write(".git/text", text)
      let blob = try git.git("hash-object", "-w", ".git/text")
      let script = """
        { git ls-tree refs/notes/copy\(copy) | grep -v "\t\(name)$"
          printf '100644 blob \(blob)\\t\(name)\\n'; } | git mktree
        """
      let tree = try Subprocess.run(
        "/bin/sh", ["-ec", script], in: git.url, environment: Subprocess.cleanEnvironment)
      let commit = try git.git(
        "commit-tree", "-p", "refs/notes/copy\(copy)", "-m", "x",
        tree.out.trimmingCharacters(in: .newlines))
      try git.git("update-ref", "refs/notes/copy\(copy)", commit)
    }

    func tree(_ copy: Int) throws -> String {
      try project.repository.git("rev-parse", "refs/notes/copy\(copy)^{tree}")
    }
  }

  @Test("as sets of lines without those that were pruned, and in the end all have the same bytes")
  func model() throws {
    var generator = SeededGenerator(seed: 66)
    for _ in 0..<6 {
      var copies = try Copies(3)
      for step in 0..<24 {
        let copy = Int.random(in: 0..<3, using: &generator)
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<5:
          try copies.record(copy, step * 37, old: Bool.random(using: &generator))
        case 5: try copies.prune(copy, Self.retention)
        default: try copies.merge(Int.random(in: 0..<3, using: &generator), into: copy)
        }
        #expect(try copies.lines(copy) == copies.model[copy].lines)
      }
      // Once around and back, all have heard of all.
      for copy in [0, 1, 2, 0, 1] { try copies.merge(copy, into: (copy + 1) % 3) }
      let trees = try Set((0..<3).map(copies.tree))
      #expect(trees.count == 1)
      // Nobody goes on for ever.
      let tips = try (0..<3).map { try copies.repository.notes("refs/notes/copy\($0)").commit }
      for copy in 0..<3 { try copies.merge(copy, into: (copy + 1) % 3) }
      for copy in 0..<3 { try copies.merge(copy, into: (copy + 1) % 3) }
      let later = try (0..<3).map { try copies.repository.notes("refs/notes/copy\($0)").commit }
      for copy in 0..<3 { try copies.merge(copy, into: (copy + 1) % 3) }
      #expect(
        try (0..<3).map { try copies.repository.notes("refs/notes/copy\($0)").commit } == later)
      #expect(tips.count == 3)
    }
  }

  @Test("a copy that was pruned elsewhere leaves its old history behind, and keeps what is new")
  func behind() throws {
    var copies = try Copies(2)
    try copies.record(0, 0, old: true)
    try copies.record(0, 300, old: true)
    try copies.merge(0, into: 1)
    try copies.record(1, 6, old: false)
    try copies.prune(0, Self.retention)
    try copies.merge(0, into: 1)
    #expect(try copies.lines(1) == copies.model[1].lines)
    #expect(copies.model[1].lines.count == 2)
    let git = copies.project.repository
    #expect(try git.git("rev-list", "--count", "refs/notes/copy1") == "2")
    // And back it is only a step forward.
    try copies.merge(1, into: 0)
    #expect(
      try git.git("rev-parse", "refs/notes/copy0") == git.git("rev-parse", "refs/notes/copy1"))
    let names = try git.git("ls-tree", "--name-only", "refs/notes/copy0")
    #expect(names.split(separator: "\n").count { $0.hasPrefix("pruned-2026-11-20-") } == 1)
  }

  @Test("a file of what was pruned counts for a year, and one from the future harms nobody")
  func age() throws {
    var copies = try Copies(2)
    try copies.record(0, 0, old: true)
    try copies.record(0, 300, old: true)
    try copies.merge(0, into: 1)
    let git = copies.project.repository
    try copies.add("pruned-2040-01-01-abc", "\(String(repeating: "1", count: 40))\n", to: 0)
    try copies.add("pruned-2024-01-01-abc", "\(String(repeating: "2", count: 40))\n", to: 0)
    try copies.prune(0, Self.retention)
    let names = try git.git("ls-tree", "--name-only", "refs/notes/copy0")
    #expect(names.contains("pruned-2040-01-01-abc") && names.contains("pruned-2026-11-20-"))
    #expect(!names.contains("pruned-2024"))
    try copies.merge(0, into: 1)
    #expect(try copies.lines(1).count == 1)
  }

  @Test("what is called like a note or a folder of notes takes the place of none")
  func names() throws {
    var copies = try Copies(2)
    try copies.record(0, 0, old: false)
    try copies.record(1, 300, old: false)
    let first = String(copies.commits[0].id.description.prefix(2))
    try copies.add(first, "hello\n", to: 1)
    try copies.add("README", "hello\n", to: 1)
    try copies.merge(1, into: 0)
    #expect(try copies.lines(0) == copies.model[0].lines)
    let git = copies.project.repository
    #expect(try git.git("show", "refs/notes/copy0:README") == "hello")
    #expect(try git.git("fsck", "--strict", "--no-dangling") == "")
  }
}
