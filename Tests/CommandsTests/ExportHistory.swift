import Foundation
import Measurements
import TestSupport
import Testing

/// A repository with runs that were written straight into its notes.
struct ExportHistory {
  let project: Project
  private let commit: String
  private let tree: String

  /// Names with every character that some format treats as its own.
  static let hostileNames = [
    "parse/large", "a \"quoted\" name", "tab\there", "line\nbreak", "carriage\rreturn", "a=b",
    "{braces}", "null\0byte", "emoji 🚀", "back\\slash\\", "comma, space", "it's", "%41", "=cmd()",
    "\\.\nDROP TABLE perf;\n", "'; DROP TABLE perf; --", "\\'; DROP TABLE perf; --", "$(reboot)",
    "two \\\\, backslashes", String(repeating: "long/", count: 1000),
  ]

  init() throws {
    project = try Project()
    commit = try project.repository.git("rev-parse", "HEAD")
    tree = try project.repository.git("rev-parse", "HEAD^{tree}")
  }

  /// A run of the history.
  struct Entry {
    var time: String
    /// The rounds of each benchmark.
    var values: [String: [Double]]
    var labels: [String: String] = [:]
    var unit = "ns"
    var isSummary = false
    var machine = "0000000000000001"
  }

  /// Puts these runs in place of all others.
  func store(_ entries: [Entry]) throws {
    let lines = try entries.map { entry in
      let run = Run(
        commit: commit, tree: tree, recordedAt: Timestamp(entry.time), session: nil, tool: "test",
        environment: Environment(
          key: entry.machine, cpu: "cpu", cores: 2, memory: 1 << 30, os: "os", kernel: "6",
          arch: "x86_64", labels: [:]),
        series: try entry.values.sorted { $0.key < $1.key }.map { name, rounds in
          Series(
            benchmark: Benchmark(name: name, labels: entry.labels),
            metric: Metric("wall_time", Unit(entry.unit)),
            rounds: try rounds.map { try Round([$0]) },
            source: "test", isSummary: entry.isSummary)
        })
      return String(decoding: run.json.line, as: UTF8.self)
    }
    try project.repository.directory.write(
      ".git/note", lines.sorted().joined(separator: "\n") + "\n")
    for object in [commit, tree] {
      try project.repository.git("notes", "--ref=perf", "add", "-f", "-F", ".git/note", object)
    }
  }

  /// Twenty benchmarks with hostile names in three runs, two of them of one second.
  static func hostile() throws -> ExportHistory {
    let history = try ExportHistory()
    try history.store(hostileEntries)
    return history
  }

  static let hostileEntries = [
    "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z",
  ].enumerated().map { number, time in
    Entry(
      time: time,
      values: Dictionary(
        uniqueKeysWithValues: hostileNames.enumerated().map { place, name in
          let base = Double(number * 100 + place)
          return (name, [base + 0.5, base + 2, base + 0.1])
        }), labels: ["size": "1 \"MB\""])
  }

  /// Runs `perf-log export`.
  func export(_ arguments: String..., environment: [String: String] = [:]) throws -> Subprocess {
    try project.run("perf-log", ["export"] + arguments, environment: environment)
  }

  /// The rows of `export ndjson`.
  func rows(_ arguments: String...) throws -> [JSONValue] {
    let result = try project.run("perf-log", ["export", "ndjson"] + arguments)
    #expect(result.status == 0, "\(result.err)")
    return try result.out.split(separator: "\n").map { line in
      var reader = JSONReader(Array(line.utf8))
      let value = try reader.value()
      try reader.end()
      return value
    }
  }

  var path: String { project.repository.path }
}

extension JSONValue {
  /// A member of an object.
  func member(_ name: String) -> JSONValue? {
    if case .object(let members) = self { members[name] } else { nil }
  }

  var asNumber: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }

  var asText: String? { if case .string(let text) = self { text } else { nil } }
}

extension [JSONValue] {
  /// The number of rows, the number of benchmarks and the sum of the medians.
  var totals: ExportTotals {
    ExportTotals(
      rows: count, benchmarks: Set(compactMap { $0.member("benchmark")?.asText }).count,
      sum: reduce(0) { $0 + ($1.member("median")?.asNumber ?? 0) })
  }
}

struct ExportTotals: Equatable {
  let rows: Int
  let benchmarks: Int
  let sum: Double

  init(rows: Int, benchmarks: Int, sum: Double) {
    self.rows = rows
    self.benchmarks = benchmarks
    self.sum = (sum * 1000).rounded() / 1000
  }

  /// Reads `48|16|5232.0`, as databases print a row.
  init?(_ line: String) {
    let parts = line.split { $0 == "|" || $0 == "," || $0.isWhitespace }.compactMap {
      Double($0)
    }
    guard parts.count == 3 else { return nil }
    self.init(rows: Int(parts[0]), benchmarks: Int(parts[1]), sum: parts[2])
  }

  static let query = "SELECT count(*), count(DISTINCT benchmark), sum(median) FROM perf;"
}
