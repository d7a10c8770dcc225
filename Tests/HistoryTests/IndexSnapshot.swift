import Foundation
import Git
import Measurements
import TestSupport
import Testing

@testable import History

/// All that an index says, a line each, so that two of them can be compared.
struct IndexSnapshot: Equatable {
  let lines: [String]
  /// What is said about lines that cannot be read.
  var reasons: [String] = []

  /// The first line in which another snapshot differs, for messages.
  func difference(from other: IndexSnapshot) -> String? {
    guard lines != other.lines else {
      return reasons == other.reasons ? nil : "\(reasons) and \(other.reasons)"
    }
    let same = zip(lines, other.lines).prefix { $0 == $1 }.count
    func line(_ lines: [String]) -> String { same < lines.count ? lines[same] : "the end" }
    return "'\(line(lines))' and '\(line(other.lines))'"
  }
}

extension IndexSnapshot {
  init(_ index: HistoryIndex, isOfObjects: Bool = true) throws {
    var lines: [String] = []
    for run in index.runs {
      let facts: [String] = [
        "run \(run.id)", Self.text(run.commit?.description), Self.text(run.tree?.description),
        Self.text(run.time.flatMap { Timestamp(secondsSince1970: $0)?.description }), run.suite,
        Self.text(run.environment.map(Self.text)), Self.text(run.session),
        Self.text(run.load.map { "\($0)" }), Self.text(run.part),
        Self.text(run.shard?.description), "\(run.isImported)", "\(run.isSummary)",
        "\(run.failures) failed", "\(run.rounds) rounds", "\(run.series) series",
        "\(run.benchmarks) benchmarks", "\(index.marks(of: run)) marks",
      ]
      let objects = isOfObjects ? try index.objects(of: run).map(\.description) : []
      let series = try index.series(of: run).map { Self.text(index.series[$0]) }.sorted()
      lines.append((facts + objects + series).joined(separator: " | "))
    }
    for line in index.skipped {
      lines.append("skipped \(line.id)")
      reasons.append("\(line.reason) | \(Self.text(line.suite)) | \(Self.text(line.machine))")
    }
    for place in index.series.indices {
      let values = try index.values(of: place)
      lines.append("series \(Self.text(index.series[place]))")
      for entry in values.entries {
        lines.append(
          "\(index.runs[entry.run].id) \(entry.isSummary) \(Array(values.values(of: entry))) "
            + "\(values.samples(of: entry))")
      }
    }
    self.lines = lines
  }

  fileprivate static func text(_ text: String?) -> String { text ?? "none" }

  fileprivate static func text(_ machine: Environment) -> String {
    "\(machine.key) \(machine.cpu) \(machine.cores) \(machine.memory) \(machine.os) "
      + "\(machine.kernel) \(machine.arch) \(machine.labels.text)"
  }

  fileprivate static func text(_ series: (benchmark: Benchmark, metric: Metric)) -> String {
    let metric = series.metric
    return [
      bytes(series.benchmark.name), bytes(series.benchmark.labels.text), bytes(metric.name),
      metric.unit.symbol, metric.better.rawValue, "\(metric.exact)", "\(metric.isGuessed)",
    ].joined(separator: " ")
  }

  /// A text whose two Unicode forms differ.
  fileprivate static func bytes(_ text: String) -> String {
    text.unicodeScalars.map { $0.isASCII ? "\($0)" : "<\($0.value)>" }.joined()
  }
}

/// The notes of some commits as Foundation's JSON reads them, without any of the code of the index.
struct IndexOracle {
  private var runs: [Line] = []
  private var skipped: [Line] = []
  private var objects: [String: Set<String>] = [:]
  private var words: [MarkKey: (time: String, isMark: Bool)] = [:]

  private struct Line {
    let id: String
    let fields: [String: Any]
  }

  private struct MarkKey: Hashable {
    let tree: String
    let suite: String
    let series: String
  }

  init(_ store: RunStore, _ commits: [Commit]) throws {
    var texts: [String: [UInt8]] = [:]
    for commit in commits {
      for object in [commit.id, commit.tree] {
        let note = try store.notes.contents(of: object) ?? []
        for line in note.split(separator: UInt8(ascii: "\n")) {
          let bytes = Array(line) + [UInt8(ascii: "\n")]
          let id = try ObjectID(hashing: bytes).description
          objects[id, default: []].insert(object.description)
          texts[id] = bytes
        }
      }
    }
    for (id, text) in texts.sorted(by: { $0.key < $1.key }) {
      let parsed = try? JSONSerialization.jsonObject(with: Data(text)) as? [String: Any]
      let line = Line(id: id, fields: parsed ?? [:])
      if parsed == nil || (parsed?["version"] as? Int ?? 0) > 1 {
        skipped.append(line)
      } else if Self.isMarking(line.fields) {
        add(line.fields)
      } else {
        runs.append(line)
      }
    }
  }

  private static func isMarking(_ fields: [String: Any]) -> Bool {
    ["marks", "unmarks"].contains { !(fields[$0] as? [Any] ?? []).isEmpty }
  }

  private mutating func add(_ fields: [String: Any]) {
    let time = fields["recordedAt"] as? String ?? ""
    for (name, isMark) in [("marks", true), ("unmarks", false)] {
      for mark in fields[name] as? [[String: Any]] ?? [] {
        for series in mark["series"] as? [[String: Any]] ?? [] {
          let key = MarkKey(
            tree: mark["tree"] as? String ?? "", suite: mark["suite"] as? String ?? "",
            series: "\(series["benchmark"] ?? "") \(series["metric"] ?? "")")
          let old = words[key]
          if let old, (old.time, old.isMark ? 1 : 0) >= (time, isMark ? 1 : 0) { continue }
          words[key] = (time, isMark)
        }
      }
    }
  }
}

extension IndexOracle {
  private struct Found {
    var descriptions: [(Benchmark, Metric)] = []
    var entries: [(run: Line, series: [[String: Any]])] = []
  }

  private struct Key: Hashable {
    let benchmark: Benchmark
    let metric: String
    let unit: String
  }

  func snapshot() throws -> IndexSnapshot {
    let ordered = runs.sorted { a, b in
      (a.fields["recordedAt"] as? String ?? "", a.id) < (
        b.fields["recordedAt"] as? String ?? "", b.id
      )
    }
    let found = series(ordered)
    var lines: [String] = []
    for run in ordered { lines.append(line(of: run, among: found)) }
    lines += skipped.map { "skipped \($0.id)" }
    for (key, one) in found.sorted(by: { Self.isBefore($0.key, $1.key) }) {
      lines.append("series \(IndexSnapshot.text(Self.description(key, one)))")
      for entry in one.entries {
        let rounds = entry.series.flatMap { $0["rounds"] as? [[Double]] ?? [] }
        let isSummary = entry.series.contains { $0["summary"] as? Bool ?? false }
        lines.append(
          "\(entry.run.id) \(isSummary) \(rounds.map(Self.median)) \(rounds.flatMap(\.self))")
      }
    }
    return IndexSnapshot(lines: lines)
  }

  private func line(of run: Line, among found: [Key: Found]) -> String {
    let fields = run.fields
    let series = fields["series"] as? [[String: Any]] ?? []
    let conditions = fields["conditions"] as? [String: Any]
    let loads =
      (conditions?["roundLoads"] as? [Double] ?? []) + (conditions?["load"] as? [Double] ?? [])
    let tree = fields["tree"] as? String ?? ""
    let suite = fields["suite"] as? String ?? ""
    let marks = words.count { $0.key.tree == tree && $0.key.suite == suite && $0.value.isMark }
    func text(_ name: String) -> String { fields[name] as? String ?? "none" }
    let facts: [String] = [
      "run \(run.id)", text("commit"), text("tree"), text("recordedAt"), suite,
      Self.machine(fields["environment"] as? [String: Any]), text("session"),
      loads.max().map { "\($0)" } ?? "none", text("part"), text("shard"),
      "\(fields["imported"] != nil)", "\(series.contains { $0["summary"] as? Bool ?? false })",
      "\((fields["failures"] as? [Any] ?? []).count) failed",
      "\(series.map { ($0["rounds"] as? [Any] ?? []).count }.max() ?? 0) rounds",
      "\(Set(series.map(Self.written)).count) series",
      "\(Set(series.map(Self.benchmark)).count) benchmarks", "\(marks) marks",
    ]
    let own = found.filter { $0.value.entries.contains { $0.run.id == run.id } }
      .map { IndexSnapshot.text(Self.description($0.key, $0.value)) }.sorted()
    return (facts + (objects[run.id] ?? []).sorted() + own).joined(separator: " | ")
  }

  private func series(_ ordered: [Line]) -> [Key: Found] {
    var found: [Key: Found] = [:]
    for run in ordered {
      var own: [Key: [[String: Any]]] = [:]
      for series in run.fields["series"] as? [[String: Any]] ?? [] {
        let benchmark = Self.benchmark(series)
        let key = Key(
          benchmark: benchmark, metric: series["metric"] as? String ?? "",
          unit: series["unit"] as? String ?? "")
        own[key, default: []].append(series)
      }
      for (key, all) in own {
        // Those that are described alike are joined, and the better description comes first.
        let joined = Dictionary(grouping: all, by: Self.written).values.sorted { a, b in
          Self.isBefore(
            (Self.benchmark(a[0]), Self.metric(a[0])), (Self.benchmark(b[0]), Self.metric(b[0])))
        }
        found[key, default: Found()].descriptions += all.map {
          (Self.benchmark($0), Self.metric($0))
        }
        found[key, default: Found()].entries += joined.map { (run, $0) }
      }
    }
    return found
  }

  private static func description(_ key: Key, _ found: Found) -> (Benchmark, Metric) {
    found.descriptions.min(by: isBefore) ?? (key.benchmark, Metric(key.metric, Unit(key.unit)))
  }

  private static func rank(_ metric: Metric) -> Int {
    (metric.isGuessed ? 4 : 0) + (metric.better == .lower ? 0 : 2) + (metric.exact ? 0 : 1)
  }

  private static func isBefore(_ a: (Benchmark, Metric), _ b: (Benchmark, Metric)) -> Bool {
    rank(a.1) == rank(b.1)
      ? a.0.name.utf8.lexicographicallyPrecedes(b.0.name.utf8) : rank(a.1) < rank(b.1)
  }

  private static func isBefore(_ a: Key, _ b: Key) -> Bool {
    let (one, two) = (
      Series.ID(benchmark: a.benchmark, metric: a.metric),
      Series.ID(benchmark: b.benchmark, metric: b.metric)
    )
    return one == two ? a.unit < b.unit : one < two
  }

  private static func benchmark(_ series: [String: Any]) -> Benchmark {
    Benchmark(
      name: series["benchmark"] as? String ?? "",
      labels: series["labels"] as? [String: String] ?? [:]
    )
  }

  private static func metric(_ series: [String: Any]) -> Metric {
    Metric(
      series["metric"] as? String ?? "", Unit(series["unit"] as? String ?? ""),
      better: series["better"] as? String == "higher" ? .higher : .lower,
      exact: series["exact"] as? Bool ?? false, isGuessed: series["guessed"] as? Bool ?? false)
  }

  /// The description of a series as its line has it.
  private static func written(_ series: [String: Any]) -> String {
    IndexSnapshot.text((benchmark(series), metric(series)))
  }

  private static func machine(_ fields: [String: Any]?) -> String {
    guard let fields else { return "none" }
    func text(_ name: String) -> String { "\(fields[name] ?? "")" }
    return
      "\(text("key")) \(text("cpu")) \(text("cores")) \(text("memory")) \(text("os")) "
      + "\(text("kernel")) \(text("arch")) \((fields["labels"] as? [String: String] ?? [:]).text)"
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
