import Measurements

extension Format {
  package static let asv = Format(
    name: "asv", summary: "results of airspeed velocity, `asv run`", carries: .samples,
    recognizes: { $0.isAsvResults || $0.isAsvBenchmarks || $0.isAsvFolder }, read: readAsv)
}

extension Input {
  fileprivate var isAsvResults: Bool {
    guard let outline, outline.has("commit_hash", "params", "results") else { return false }
    return outline.has("result_columns") || outline.has("python", "requirements")
  }

  /// `benchmarks.json`, which says what the parameters and units of all benchmarks are.
  var isAsvBenchmarks: Bool {
    guard let keys = outline?.keys else { return false }
    return keys.contains { $0.hasSuffix(".param_names") }
      && keys.contains { $0.hasSuffix(".unit") || $0.hasSuffix(".type") }
  }

  /// The folder of all results, or of those of a machine.
  fileprivate var isAsvFolder: Bool {
    directory?.files.contains { $0 == "benchmarks.json" || $0 == "machine.json" } ?? false
  }
}

/// https://asv.readthedocs.io/en/stable/dev.html
@Sendable
private func readAsv(_ input: Input) throws(IntakeError) -> Reading {
  if let directory = input.directory { return try readAsv(onlyResults(of: directory, input)) }
  guard !input.isAsvBenchmarks else {
    throw input.error(
      "says what the benchmarks of asv are, and holds no results",
      hint: "name a file of results, from the folder of a machine; this one is read beside it")
  }
  let file = try input.jsonNode()
  let rows = try AsvRow.rows(of: file)
  let benchmarks = try input.neighbour("benchmarks.json") { $0.isAsvBenchmarks }?.jsonNode()
  var reader = AsvReader(Harvest(input, as: "asv"), benchmarks)
  try reader.read(all: rows)
  if let benchmarks {
    reader.harvest.remark("parameters and units are those of \(benchmarks.input.name)")
  } else {
    reader.harvest.remark(
      "without benchmarks.json beside it: parameters are numbered, units those that asv assumes")
  }
  return reader.harvest.reading(context: context(file))
}

/// A folder keeps the results of many commits and environments, and those are never one run.
private func onlyResults(of directory: Directory, _ input: Input) throws(IntakeError) -> Input {
  let results = directory.files.filter { file in
    let name = file.split(separator: "/").last ?? ""
    return name.hasSuffix(".json") && name != "benchmarks.json" && name != "machine.json"
  }
  guard let first = results.first, results.count == 1 else {
    throw input.error(
      "holds \(results.count) files of results, not one",
      hint: results.first.map { "name the one that is meant, such as \(input.name)/\($0)" }
        ?? "check that asv ran its benchmarks, and with `--set-commit-hash` where it needs that")
  }
  var only = try directory.input(at: first)
  only.isLenient = input.isLenient
  only.companions = input.companions
  return only
}

private func context(_ file: JSONNode) -> [String: String] {
  var context = file["params"]?.labels(["arch", "cpu", "machine", "num_cpu", "os", "ram"]) ?? [:]
  context.merge(file.labels(["env_name", "python"])) { $1 }
  return context
}

/// Reads benchmark after benchmark; asv joins the samples of its processes, so each has one round.
private struct AsvReader: RowReader {
  var harvest: Harvest
  private let benchmarks: JSONNode?

  init(_ harvest: Harvest, _ benchmarks: JSONNode?) {
    self.harvest = harvest
    self.benchmarks = benchmarks
  }

  mutating func read(_ row: AsvRow) throws(IntakeError) {
    let known = benchmarks?[row.name]
    let kind = AsvKind(of: row.name, type: known?["type"]?.label)
    let unit = known?["unit"]?.label ?? kind.unit
    let combinations = try row.combinations(names: known?["param_names"])
    guard let results = try row.results(combinations.count) else {
      for labels in combinations { fail(row.name, labels) }
      return
    }
    for (index, labels) in combinations.enumerated() {
      let result = results[index]
      if result.value == .null {
        fail(row.name, labels)
      } else if result.isNaN {
        harvest.skip("skipped by asv, which writes NaN then", at: result.place)
      } else {
        let samples = try row.samples(index)
        let benchmark = Benchmark(name: row.name, labels: labels)
        try harvest.add(
          kind.numbers(samples, or: result), to: benchmark, kind.metric,
          in: Self.symbols[unit] ?? unit, isSummary: samples == nil, at: (samples ?? result).place)
      }
    }
  }

  private mutating func fail(_ name: String, _ labels: [String: String]) {
    harvest.fail(Benchmark(name: name, labels: labels), "asv has no result of it")
  }

  private static let symbols = ["seconds": "s", "bytes": "B", "unit": "1"]
}

/// What a benchmark measures, by what `benchmarks.json` says or by its name, as asv itself has it.
private enum AsvKind {
  case time
  case memory
  case peakMemory
  case tracked

  init(of name: String, type: String?) {
    let method = name.split(separator: ".").last ?? ""
    switch type ?? String(method.prefix { $0 != "_" }).lowercased() {
    case "time", "timeraw": self = .time
    case "memory", "mem": self = .memory
    case "peakmemory", "peakmem": self = .peakMemory
    default: self = .tracked
    }
  }

  var metric: String {
    switch self {
    case .time: "wall_time"
    case .memory: "memory"
    case .peakMemory: "max_rss"
    case .tracked: "value"
    }
  }

  var unit: String {
    switch self {
    case .time: "seconds"
    case .memory, .peakMemory: "bytes"
    case .tracked: "unit"
    }
  }

  /// For one call; asv has divided by their number. What is tracked may be below zero.
  func numbers(_ samples: JSONNode?, or result: JSONNode) throws(IntakeError) -> [Double] {
    if case .tracked = self {
      return if let samples { try samples.numbers() } else { [try result.number()] }
    }
    return if let samples { try samples.amounts() } else { [try result.amount()] }
  }
}

extension JSONNode {
  fileprivate var isNaN: Bool {
    if case .string(let text) = value { text.lowercased() == "nan" } else { false }
  }
}
