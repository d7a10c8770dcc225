import CommandLine
import Foundation
import TestSupport
import Testing

@testable import Commands

/// A repository whose runs were written by hand, so that every number of an answer is known.
struct LogProject {
  let project: Project
  var repository: TemporaryRepository { project.repository }
  /// The commits of main, the oldest first, and of the branch `topic`, which left at the last but one.
  let commits: [String]
  let trees: [String]
  let topic: String

  /// - Parameter count: The number of commits of main.
  init(commits count: Int = 4) throws {
    let repository = try TemporaryRepository()
    func commit(_ branch: String, _ number: Int, _ subject: String, _ from: String = "") -> String {
      "commit refs/heads/\(branch)\nmark :\(number)\ncommitter T <t@e> \(1_767_225_600 + number) +0000\n"
        + "data \(subject.utf8.count)\n\(subject)\n\(from)M 100644 inline file\ndata 2\n\(number)\n"
    }
    let main = (1...count).map { commit("main", $0, "change \($0)") }
    let from = "from :\(max(1, count - 1))\n"
    try Self.importing(main.joined() + commit("topic", count + 1, "topic", from), in: repository)
    commits = try repository.git("rev-list", "--reverse", "main").split(separator: "\n")
      .map(String.init)
    trees = try repository.git("log", "--reverse", "--format=%T", "main").split(separator: "\n")
      .map(String.init)
    topic = try repository.git("rev-parse", "topic")
    try repository.git("reset", "--quiet", "--hard")
    project = Project(repository)
  }

  static func importing(_ stream: String, in repository: TemporaryRepository) throws {
    let result = try Subprocess.run(
      "/usr/bin/env", ["git", "fast-import", "--quiet", "--force"], in: repository.url,
      input: stream)
    try #require(result.status == 0, "\(result.err)")
  }

  /// Replaces all notes.
  func store(_ runs: [LoggedRun]) throws {
    try store(
      lines: Dictionary(grouping: runs, by: \.commit).map { place, runs in
        (commit(place), try runs.map { try $0.line(commit(place), tree(place)) })
      })
  }

  func store(lines: [(commit: String, lines: [String])]) throws {
    let message = "commit refs/notes/perf\ncommitter T <t@e> 1767225600 +0000\ndata 5\nnotes\n"
    let notes = lines.map { commit, lines in
      let text = lines.sorted().map { "\($0)\n" }.joined()
      return "N inline \(commit)\ndata \(text.utf8.count)\n\(text)\n"
    }
    try Self.importing(message + notes.joined(), in: repository)
  }

  func commit(_ place: Int) -> String { place < commits.count ? commits[place] : topic }

  private func tree(_ place: Int) throws -> String {
    place < trees.count ? trees[place] : try repository.git("rev-parse", "topic^{tree}")
  }

  /// Runs perf-log in this process and returns its output.
  @discardableResult
  func log(_ arguments: String..., width: Int? = nil) -> Logged { log(arguments, width: width) }

  @discardableResult
  func log(_ arguments: [String], width: Int? = nil) -> Logged {
    var (out, err) = ("", "")
    let status = Program.log.run(
      ProcessContext(
        arguments: arguments, environment: project.programs.environment,
        directory: repository.path, out: .init(width: width) { out += $0 },
        err: .init(width: nil) { err += $0 }))
    #expect(HintOptions.unknown(in: err, of: "perf-log").isEmpty, "\(err)")
    return Logged(status: status.rawValue, out: out, err: err)
  }

  /// The JSON of an answer.
  func json(_ arguments: String...) throws -> [String: Any] { try json(arguments) }

  func json(_ arguments: [String]) throws -> [String: Any] {
    let logged = log(["--report", "json"] + arguments)
    let object = try? JSONSerialization.jsonObject(with: Data(logged.out.utf8))
    return try #require(object as? [String: Any], "\(arguments): \(logged.err)\(logged.out)")
  }

  func rows(_ arguments: String...) throws -> [[String: Any]] {
    try #require(json(arguments)["rows"] as? [[String: Any]])
  }
}

/// The answer of perf-log.
struct Logged {
  let status: Int32
  let out: String
  let err: String
}

/// A run to be written into the notes.
struct LoggedRun {
  /// The place of its commit on main; beyond the last is the topic.
  var commit: Int
  var time: String? = "2026-10-01T12:00:00Z"
  var suite = "default"
  var machine: String? = "m1"
  var cpu = "Xeon"
  var session: String?
  var part: String?
  var series: [LoggedSeries] = []
  var failures: [String] = []

  func line(_ commit: String, _ tree: String) throws -> String {
    var fields: [String: Any] = [
      "version": 1, "commit": commit, "tree": tree, "suite": suite, "tool": "test",
      "series": series.map(\.fields),
    ]
    fields["recordedAt"] = time
    fields["session"] = session
    fields["part"] = part
    if let machine {
      fields["environment"] = [
        "key": machine, "cpu": cpu, "cores": 2, "memory": 1024, "os": "Debian 12",
        "kernel": "6.1", "arch": "x86_64", "labels": [String: String](),
      ]
    }
    if !failures.isEmpty { fields["failures"] = failures.map { ["reason": $0, "benchmark": $0] } }
    let data = try JSONSerialization.data(
      withJSONObject: fields, options: [.sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self)
  }
}

struct LoggedSeries {
  var benchmark = "parse"
  var labels: [String: String] = [:]
  var metric = "wall_time"
  var unit = "ns"
  var better = "lower"
  var rounds: [[Double]]
  var isSummary = false

  init(
    _ benchmark: String = "parse", labels: [String: String] = [:], metric: String = "wall_time",
    unit: String = "ns", better: String = "lower", isSummary: Bool = false, _ rounds: [Double]
  ) {
    (self.benchmark, self.labels, self.metric, self.unit) = (benchmark, labels, metric, unit)
    (self.better, self.isSummary) = (better, isSummary)
    self.rounds = rounds.map { [$0] }
  }

  fileprivate var fields: [String: Any] {
    var fields: [String: Any] = [
      "benchmark": benchmark, "labels": labels, "metric": metric, "unit": unit, "better": better,
      "rounds": rounds, "source": "test",
    ]
    if isSummary { fields["summary"] = true }
    return fields
  }
}
