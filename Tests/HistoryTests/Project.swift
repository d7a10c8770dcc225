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

  init(cloning other: Project, depth: Int, withNotes: Bool = true) throws {
    let source = "file://\(other.repository.path)"
    repository = try TemporaryRepository(cloning: source, "--depth=\(depth)")
    guard withNotes else { return }
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

  /// Stores a run with some benchmarks, each of one number.
  @discardableResult
  func record(
    _ commit: Commit, series: [String: Double], hour: Int = 0, machine: Environment? = .here,
    session: String? = nil, suite: String = Run.defaultSuite, part: String? = nil,
    shard: String? = nil, imported: String? = nil, failed: [String?] = []
  ) throws -> ObjectID {
    try record(commit) { commit in
      Run(
        commit: commit.id.description, tree: commit.tree.description,
        recordedAt: Timestamp(hour: hour), session: session, suite: suite, tool: "test",
        environment: machine,
        series: try series.keys.sorted().map { name in
          Series(
            benchmark: Benchmark(name: name), metric: .wallTime,
            rounds: [try Round([series[name, default: 0]])], source: "test")
        },
        failures: failed.map { Failure($0.map { Benchmark(name: $0) }, reason: "\(hour)") },
        shard: shard.flatMap(Shard.init), part: part, imported: imported)
    }
  }

  /// Marks the only series of ``Run/init(of:value:hour:machine:session:suite:)``, or benchmarks, on the
  /// content of a commit.
  func mark(
    _ commit: Commit, _ names: [String] = [], against: Commit?, hour: Int = 0,
    suite: String = Run.defaultSuite, lifts: Bool = false
  ) throws {
    let mark = Mark(
      tree: commit.tree.description, suite: suite,
      series: names.isEmpty ? [Found.id] : names.map(Series.ID.init),
      against: against?.id.description)
    let run = Run(
      commit: commit.id.description, tree: commit.tree.description,
      recordedAt: Timestamp(hour: hour), session: nil, suite: suite, tool: "test",
      environment: nil, series: [], marks: lifts ? [] : [mark], unmarks: lifts ? [mark] : [])
    try store([RunLine(run)], of: commit)
  }

  /// Lifts a mark.
  func unmark(_ commit: Commit, _ names: [String] = [], hour: Int) throws {
    try mark(commit, names, against: nil, hour: hour, lifts: true)
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
    anyEnvironment: Bool = false, maxDistance: Int = 50, rules: ContentRules = .strict
  ) throws -> BaselineSearch {
    var settings = BaselineSearch.Settings()
    settings.anyEnvironment = anyEnvironment
    settings.mostRecorded = maxDistance
    let store = try RunStore(open(), reference: Self.reference)
    return BaselineSearch(
      RunIndex(store, latest: Timestamp("2026-12-31T00:00:00Z")), settings, rules)
  }

  /// What the machine ``Environment/here`` recorded of a suite for a revision.
  func part(
    _ revision: String = "HEAD", suite: String = Run.defaultSuite,
    machine: Environment? = .here
  ) throws -> RecordedPart? {
    var search = try search()
    return try search.recordings(of: commit(at: revision)).parts.first {
      $0.suite == suite && $0.environment == machine
    }
  }

  /// The baseline of a revision on or off `base`, asked from the machine ``Environment/here``.
  func found(
    _ revision: String = "HEAD", base: String = "main", anyEnvironment: Bool = false,
    maxDistance: Int = 50, machine: Environment? = .here, rules: ContentRules = .strict,
    names: NameHistory = NameHistory()
  ) throws -> Found {
    var search = try search(
      anyEnvironment: anyEnvironment, maxDistance: maxDistance, rules: rules)
    let candidate = try commit(at: revision)
    let parts = try search.recordings(of: candidate).parts
    let part = try #require(
      parts.first { $0.suite == Run.defaultSuite && $0.environment == machine })
    let start = try WalkStart(
      of: candidate, isCommitted: true, base: commit(at: base), in: open())
    return Found(
      candidate: part, result: try search.baseline(for: part, from: start, names: names),
      warnings: search.index.warnings)
  }

  /// A revision compared with exactly another.
  func found(_ revision: String, against other: String) throws -> Found {
    var search = try search()
    let parts = try search.recordings(of: commit(at: revision)).parts
    let part = try #require(parts.first { $0.environment == .here })
    return Found(
      candidate: part, result: try search.baseline(for: part, at: commit(at: other)),
      warnings: search.index.warnings)
  }
}

/// What a search has found, for tests of a single series.
struct Found {
  let candidate: RecordedPart
  let result: PartBaseline
  let warnings: [String]

  var row: BaselineRow? { result.rows[Self.id] }
  var baseline: Baseline? { row?.baseline.map { result.baselines[$0] } }
  var commit: Commit? { baseline?.commit }
  var rule: Baseline.Rule? { baseline?.rule }
  var distance: Int? { baseline?.distance }
  var skipped: [Baseline.Skipped] { result.skipped }
  /// The first sample of each round of either side.
  var old: [Double] { Self.values(result.old) }
  var new: [Double] { Self.values(result.new) }

  private static func values(_ series: [Series]) -> [Double] {
    series.filter { $0.id == id }.flatMap(\.rounds).map { $0.samples[0] }
  }

  static let id = Series.ID(
    benchmark: Benchmark(name: "parse/large", labels: ["size": "1MB"]), metric: "wall_time")
}

extension PartBaseline {
  func row(_ name: String) -> BaselineRow? { rows[Series.ID(name)] }

  func commit(of name: String) -> Commit? { row(name)?.baseline.map { baselines[$0].commit } }
}

extension Series.ID {
  /// The wall time of a benchmark.
  init(_ name: String) { self.init(benchmark: Benchmark(name: name), metric: "wall_time") }
}

extension Timestamp {
  /// On the first day of 2026 and the days after it.
  init?(hour: Int) {
    let (day, rest) = (1 + hour / 24, hour % 24)
    self.init("2026-01-\(day < 10 ? "0" : "")\(day)T\(rest < 10 ? "0" : "")\(rest):00:00Z")
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
    self.init(
      commit: commit?.id.description, tree: commit?.tree.description,
      recordedAt: Timestamp(hour: hour), session: session, suite: suite, tool: "test",
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
