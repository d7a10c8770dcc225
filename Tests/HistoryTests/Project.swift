import Foundation
import Git
import History
import Measurements
import TestSupport
import Testing

/// A repository whose commits get runs.
struct Project {
  static let reference = "refs/notes/perf"
  let repository: TemporaryRepository

  init() throws { repository = try TemporaryRepository() }

  init(cloning other: Project, depth: Int) throws {
    let source = "file://\(other.repository.path)"
    repository = try TemporaryRepository(cloning: source, "--depth=\(depth)")
    try repository.git("fetch", "--quiet", "origin", "refs/notes/*:refs/notes/*")
  }

  func open() throws -> Repository { try Repository(at: repository.path) }

  func commit(at revision: String) throws -> Commit { try open().commit(revision) }

  /// Commits a file whose text is the message, unless another is given.
  @discardableResult
  func commit(_ message: String, text: String? = nil) throws -> Commit {
    try commit(at: try repository.commit(message, text: text))
  }

  /// Some commits on this branch, oldest first.
  func line(_ count: Int) throws -> [Commit] {
    try (1...count).map { try commit("main \($0)") }
  }

  /// A measured commit on a branch off main.
  @discardableResult
  func topic() throws -> Commit {
    try switchTo("topic", from: "main")
    let topic = try commit("topic")
    try record(topic, value: 200)
    return topic
  }

  func switchTo(_ branch: String, from start: String? = nil) throws {
    try repository.git(
      ["checkout", "--quiet"] + (start.map { ["-B", branch, $0] } ?? [branch]))
  }

  /// Stores a run of a commit and returns its id.
  @discardableResult
  func record(_ commit: Commit, _ run: (Commit) throws -> Run) throws -> ObjectID {
    let line = try RunLine(run(commit))
    try store([line], of: commit)
    return try line.id()
  }

  @discardableResult
  func record(
    _ commit: Commit, value: Double = 100, hour: Int = 0, machine: Environment? = .here,
    session: String? = nil, suite: String = Run.defaultSuite
  ) throws -> ObjectID {
    try record(commit) {
      try Run(
        of: $0, value: value, hour: hour, machine: machine, session: session, suite: suite)
    }
  }

  func store(_ lines: [RunLine], of commit: Commit) throws {
    try RunStore(open(), reference: Self.reference).add([commit: lines]) { _ in }
  }

  func show(_ object: String) throws -> String {
    try repository.git("notes", "--ref=perf", "show", object)
  }

  /// Puts bytes into the note of an object, as an editor would.
  func overwrite(_ object: ObjectID, _ text: String) throws {
    try repository.directory.write(".git/note", text)
    let blob = try repository.git("hash-object", "-w", ".git/note")
    try repository.git("notes", "--ref=perf", "add", "-f", "-C", blob, object.description)
  }

  func search(
    suite: String = Run.defaultSuite, anyEnvironment: Bool = false, maxDistance: Int = 50
  ) throws -> BaselineSearch {
    BaselineSearch(
      try RunStore(open(), reference: Self.reference), suite: suite,
      anyEnvironment: anyEnvironment, maxDistance: maxDistance)
  }

  /// The baseline of a revision on or off `base`, asked from the machine ``Environment/here``.
  func found(
    _ revision: String = "HEAD", base: String = "main", anyEnvironment: Bool = false,
    maxDistance: Int = 50
  ) throws -> BaselineSearch.Found {
    var search = try search(anyEnvironment: anyEnvironment, maxDistance: maxDistance)
    let candidate = try search.candidate(
      commit(at: revision), machine: Environment.here.key)
    return try search.baseline(for: candidate, base: commit(at: base))
  }
}

extension Environment {
  static let here = Environment(
    cpu: "Xeon", cores: 2, memory: 1 << 30, os: "Debian 12", kernel: "6.1", arch: "x86_64")
  static let there = Environment(
    cpu: "Ryzen", cores: 8, memory: 1 << 30, os: "Debian 12", kernel: "6.1", arch: "x86_64")
}

extension Run {
  init(
    of commit: Commit?, value: Double = 100, hour: Int = 0, machine: Environment? = .here,
    session: String? = nil, suite: String = Run.defaultSuite
  ) throws {
    let time = "2026-01-01T\(hour < 10 ? "0" : "")\(hour):00:00Z"
    self.init(
      commit: commit?.id.description, tree: commit?.tree.description,
      recordedAt: Timestamp(time), session: session, suite: suite, tool: "test",
      environment: machine,
      series: [
        Series(
          benchmark: Benchmark(name: "parse/large", labels: ["size": "1MB"]), metric: .wallTime,
          rounds: [try Round([value, value + 0.5])], source: "test")
      ])
  }

  var firstValue: Double? { series.first?.rounds.first?.samples.first }
}

extension RunRecord {
  init(json: String) throws {
    var reader = JSONReader(Array(json.utf8))
    try self.init(from: &reader)
  }

  init(_ run: Run) throws {
    try self.init(json: String(decoding: run.json.line, as: UTF8.self))
  }
}

extension RunLine {
  var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension BaselineSearch.Found {
  var commit: Commit { baseline.selection.commit }
  var values: [Double?] { baseline.selection.runs.map(\.run.firstValue) }
}

extension BaselineSearch.Found {
  /// Of all runs on both sides.
  var sessions: Set<String?> {
    Set((candidate.runs + baseline.selection.runs).map(\.run.session))
  }
}
