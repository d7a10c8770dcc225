import Foundation
import Git
import Measurements
import Statistics
import TestSupport

@testable import History

/// A repository with a few commits in memory where there is a file system for that, because a thousand
/// histories write their notes durably.
final class IndexRepository {
  let folder: URL
  let commits: [Commit]

  init(commits count: Int = 4) throws {
    let shared = URL(filePath: "/dev/shm")
    let isThere = FileManager.default.isWritableFile(atPath: shared.path(percentEncoded: false))
    folder = (isThere ? shared : FileManager.default.temporaryDirectory)
      .appending(path: "perf-test-\(UUID().uuidString)").resolvingSymlinksInPath()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    commits = try Self.make(count, in: folder)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The last commit has the content of the first, as after a revert.
  private static func make(_ count: Int, in folder: URL) throws -> [Commit] {
    func git(_ arguments: [String], _ input: String = "") throws {
      let result = try Subprocess.run(
        "/usr/bin/env", ["git"] + arguments, in: folder, input: input)
      precondition(result.status == 0, result.err)
    }
    try git(["init", "--quiet", "--bare", "--initial-branch=main", "."])
    let stream = (0..<count).map { number in
      let content = number == count - 1 ? 0 : number
      return "commit refs/heads/main\ncommitter T <t@e> 1767225600 +0000\ndata 1\n\(number)\n"
        + "M 100644 inline file\ndata 1\n\(content)\n"
    }
    try git(["fast-import", "--quiet"], stream.joined())
    let repository = try Repository(at: folder.path(percentEncoded: false))
    return try (0..<count).map { try repository.commit("main~\(count - 1 - $0)") }
  }

  func open() throws -> Repository { try Repository(at: folder.path(percentEncoded: false)) }

  func git(_ arguments: String...) throws {
    let result = try Subprocess.run("/usr/bin/env", ["git"] + arguments, in: folder)
    precondition(result.status == 0, result.err)
  }

  /// The file of the index of a reference of notes.
  func index(of reference: String = Project.reference) -> URL {
    let name =
      reference == Project.reference ? "index" : "index-\(reference.utf8.fingerprint)"
    return folder.appending(path: "perf/\(name).sqlite")
  }
}

/// The notes of one small history, changed step by step at random.
struct ChangingHistory {
  let repository: Repository
  let commits: [Commit]
  let reference: String
  private var generator: SeededGenerator
  /// All states that the notes had.
  private var past: [ObjectID] = []
  private var hour = 0

  init(_ seed: Int, _ home: IndexRepository, _ repository: Repository) {
    self.repository = repository
    commits = home.commits
    reference = "refs/notes/h\(seed)"
    generator = SeededGenerator(seed: UInt64(seed))
  }

  func store(_ reference: String? = nil) throws -> RunStore {
    try RunStore(repository, reference: reference ?? self.reference)
  }

  enum Step: CaseIterable { case record, recordMore, prune, remove, restore, merge, rewind }

  private mutating func draw(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &generator)
  }

  /// Changes the notes in one of several ways.
  mutating func step(_ first: Bool = false) throws {
    let step = first ? .record : Step.allCases[draw(0...Step.allCases.count - 1)]
    switch step {
    case .record, .recordMore: try record(draw(1...3), reference)
    case .prune: try prune()
    case .remove:
      guard let line = try store().lines(withPrefix: "").randomElement(using: &generator) else {
        break
      }
      try store().remove(line, because: "why", on: Self.today, pause: { _ in })
    case .restore:
      guard let run = try store().removals().runs.first else { break }
      // git may have removed the line itself.
      try? store().restore(run, on: Self.today, pause: { _ in })
    case .merge:
      let other = reference + "-other"
      try record(draw(1...2), other)
      if let tip = try repository.notes(other).commit {
        try store().merge(tip, from: "other", on: Self.today, pause: { _ in })
      }
    case .rewind:
      guard let old = past.randomElement(using: &generator) else { break }
      // The state may be gone from the repository.
      guard (try? repository.notes(at: old)) != nil else { break }
      try repository.setReference(reference, to: old)
    }
    if let tip = try repository.notes(reference).commit { past.append(tip) }
  }

  private static let today: Day = {
    guard let day = Day("2026-11-20") else { preconditionFailure("a day") }
    return day
  }()

  private mutating func record(_ count: Int, _ reference: String) throws {
    var lines: [Commit: [RunLine]] = [:]
    for _ in 0..<count {
      let commit = commits[draw(0...commits.count - 1)]
      lines[commit, default: []].append(try line(commit))
    }
    try store(reference).add(lines) { _ in }
  }

  private mutating func line(_ commit: Commit) throws -> RunLine {
    hour += draw(0...1)
    switch draw(0...19) {
    case 0: return RunLine("not a run \(hour)".utf8)
    case 1: return RunLine(#"{"version":2,"suite":"default","hour":\#(hour)}"#.utf8)
    case 2, 3: return RunLine(try mark(commit))
    default: return RunLine(try run(commit))
    }
  }

  private mutating func mark(_ commit: Commit) throws -> Run {
    let mark = Mark(
      tree: commit.tree.description, suite: Run.defaultSuite,
      series: [Series.ID("p"), Series.ID("q")].shuffled(using: &generator).dropLast(draw(0...1)),
      against: nil)
    let lifts = draw(0...3) == 0
    return Run(
      commit: commit.id.description, tree: commit.tree.description,
      recordedAt: Timestamp(hour: hour), session: nil, tool: "test", environment: nil, series: [],
      marks: lifts ? [] : [mark], unmarks: lifts ? [mark] : [])
  }

  private mutating func run(_ commit: Commit) throws -> Run {
    var series: [Series] = []
    for _ in 0..<draw(1...3) { series.append(try self.series()) }
    let conditions = RunConditions(
      load: nil, pressure: nil, steal: nil, governor: nil, roundLoads: [Double(draw(0...30)) / 10])
    return Run(
      commit: draw(0...9) == 0 ? nil : commit.id.description, tree: commit.tree.description,
      recordedAt: draw(0...14) == 0 ? nil : Timestamp(hour: hour),
      session: draw(0...2) == 0 ? "s\(draw(0...2))" : nil,
      suite: draw(0...3) == 0 ? "other" : Run.defaultSuite, tool: "test \(draw(0...999_999))",
      environment: [.here, .there, nil][draw(0...8) % 3],
      conditions: draw(0...1) == 0 ? conditions : nil, series: series,
      failures: draw(0...9) == 0 ? [Failure(nil, reason: "x")] : [],
      shard: draw(0...9) == 0 ? Shard("1/2") : nil, part: draw(0...5) == 0 ? "typed" : nil,
      imported: draw(0...5) == 0 ? "abc" : nil)
  }

  private mutating func series() throws -> Series {
    // Two of them are one name for Swift.
    let name = ["p", "q", "a\t\"b\"\n", "caf\u{E9}", "cafe\u{301}", "漢字"][draw(0...5)]
    let metric: Metric =
      switch draw(0...6) {
      case 0: Metric("cost", .dollars)
      case 1: Metric("success", .one, better: .higher, isOutcome: true)
      case 2: Metric("wall_time", .bytes)
      case 3: Metric("wall_time", .nanoseconds, better: .higher, isGuessed: true)
      case 4: Metric("wall_time", .nanoseconds, exact: true)
      default: .wallTime
      }
    let rounds = try (0..<draw(1...3)).map { _ in
      try Round(
        (0..<draw(1...2)).map { _ in
          let number = draw(0...9999)
          return metric.isOutcome ? Double(number % 2) : Double(number) / 8
        })
    }
    return Series(
      benchmark: Benchmark(name: name, labels: draw(0...3) == 0 ? ["size": "\(draw(1...2))"] : [:]),
      metric: metric, rounds: rounds, source: "test", isSummary: draw(0...9) == 0)
  }

  private mutating func prune() throws {
    guard let day = Timestamp(hour: draw(0...hour + 1)) else { return }
    let retention = Retention(
      keepsSince: Timestamp(hour: hour) ?? day, summarizesBefore: day, pinned: []
    ) { record in
      record.changingSeries { _, fields in
        fields["rounds"] = .array([.array([.number(7)])])
        fields["summary"] = .bool(true)
      }
    }
    _ = try store().prune(by: retention, on: Self.today, pause: { _ in })
  }
}
