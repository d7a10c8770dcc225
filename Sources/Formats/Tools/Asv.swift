import Measurements

extension Format {
  /// Files and folders of results that asv writes, in versions 1 and 2 of its format.
  ///
  /// Definition: https://asv.readthedocs.io/en/stable/dev.html
  ///
  /// Fixtures: asv 0.6.6.
  package static let asv = Format(
    name: "asv", summary: "results of airspeed velocity, `asv run`", carries: .samples,
    recognizes: { $0.isAsvResults || $0.isAsvBenchmarks || $0.isAsvFolder }, read: readAsv,
    walk: walkAsv,
    companion: Companion(name: "benchmarks.json", recognizes: \.isAsvBenchmarks))
}

extension Input {
  fileprivate var isAsvResults: Bool {
    guard let outline, outline.has("commit_hash", "params", "results") else { return false }
    return outline.has("result_columns") || outline.has("python", "requirements")
  }

  /// True for `benchmarks.json`, which has the parameters and units of all benchmarks.
  fileprivate var isAsvBenchmarks: Bool {
    guard let keys = outline?.keys else { return false }
    return keys.contains { $0.hasSuffix(".param_names") }
      && keys.contains { $0.hasSuffix(".unit") || $0.hasSuffix(".type") }
  }

  /// True for the folder of all results, and for the folder of a machine.
  fileprivate var isAsvFolder: Bool {
    directory?.files.contains { $0 == "benchmarks.json" || $0 == "machine.json" } ?? false
  }
}

/// Reads a file of results, or a folder that has only one.
@Sendable
private func readAsv(_ input: Input) throws(InputError) -> ParsedResults {
  if let directory = input.directory { return try readAsv(onlyResults(of: directory, input)) }
  let file = AsvFile(try input.resultsNode(), try input.asvBenchmarks())
  var builder = ResultBuilder(input, as: "asv")
  try file.read(into: &builder)
  return builder.reading(context: file.context)
}

@Sendable
private func walkAsv(_ input: Input, _ visit: HistoryRecord.Visitor) throws(InputError) {
  let inputs = input.directory?.asvResults ?? [""]
  // A single `benchmarks.json` explains the results of all machines and commits.
  let first = try inputs.first.map { (path) throws(InputError) in try input.results(at: path) }
  let benchmarks = try first?.asvBenchmarks()
  for path in inputs {
    let results = try input.results(at: path)
    do throws(InputError) {
      let file = AsvFile(try results.resultsNode(), benchmarks)
      try visit(
        HistoryRecord(
          commit: file.node["commit_hash"]?.label,
          time: Result { () throws(InputError) in try file.time() }, grows: true,
          environment: file.environment, input: results, place: file.node.place, read: file.read))
    } catch {
      guard input.isLenient else { throw error }
      // The error concerns one file among many, so it becomes an entry of its own.
      try visit(
        HistoryRecord(
          commit: nil, time: .failure(error), input: results, place: ResultBuilder.Place(),
          read: { _ in }))
    }
  }
}

extension Input {
  /// The input for a file of a folder. If the input is a file itself, it is returned.
  fileprivate func results(at path: String) throws(InputError) -> Input {
    guard var results = try directory?.input(at: path) else { return self }
    results.isLenient = isLenient
    results.companions = companions
    return results
  }

  /// The JSON of the results of one commit.
  fileprivate func resultsNode() throws(InputError) -> JSONNode {
    guard !isAsvBenchmarks else {
      throw error(
        "says what the benchmarks of asv are, and holds no results",
        hint: "name a file of results, from the folder of a machine; this one is read beside it")
    }
    return try jsonNode()
  }

  /// The JSON of `benchmarks.json`, which explains parameters and units; nil if there is none.
  fileprivate func asvBenchmarks() throws(InputError) -> JSONNode? {
    try neighbour("benchmarks.json") { $0.isAsvBenchmarks }?.jsonNode()
  }
}

/// The only file of results in a folder. A folder has the results of many commits and environments,
/// and those are never one run.
private func onlyResults(of directory: Directory, _ input: Input) throws(InputError) -> Input {
  let files = directory.asvResults
  guard files.count == 1 else {
    throw input.error(
      "holds \(files.count) files of results, not one",
      hint: files.first.map {
        "name the one that is meant, such as \(input.name)/\($0), or store all of them with "
          + "`--history`"
      }
        ?? "check that asv ran its benchmarks, and with `--set-commit-hash` where it needs that")
  }
  return try input.results(at: files[0])
}

extension Directory {
  fileprivate var asvResults: [String] {
    files.filter { file in
      let name = file.split(separator: "/").last ?? ""
      return name.hasSuffix(".json") && name != "benchmarks.json" && name != "machine.json"
    }
  }
}

/// The results of one commit, environment and machine, with the file that explains them.
private struct AsvFile {
  let node: JSONNode
  private let benchmarks: JSONNode?

  init(_ node: JSONNode, _ benchmarks: JSONNode?) {
    self.node = node
    self.benchmarks = benchmarks
  }

  func read(into builder: inout ResultBuilder) throws(InputError) {
    var reader = AsvReader(builder, benchmarks)
    try reader.read(all: AsvRow.rows(of: node))
    if let benchmarks {
      reader.builder.parseNote("parameters and units are those of \(benchmarks.input.name)")
    } else {
      let text =
        "without benchmarks.json beside it: parameters are numbered, units those that asv assumes"
      let isGuess = try AsvRow.rows(of: node).map { (row) throws(InputError) in
        try row.hasParameters()
      }.contains(true)
      if isGuess { reader.builder.warn(text) } else { reader.builder.parseNote(text) }
    }
    builder = reader.builder
  }

  var context: [String: String] {
    var context =
      node["params"]?.labels(["arch", "cpu", "machine", "num_cpu", "os", "ram"]) ?? [:]
    context.merge(node.labels(["env_name", "python"])) { $1 }
    context[NamedCommit.key] = node["commit_hash"]?.label
    return context
  }

  /// The time when the first benchmark was started. In old files, which lack it, it is the time of
  /// the commit.
  func time() throws(InputError) -> Timestamp {
    var first: (node: JSONNode, number: Double)?
    for start in try AsvRow.rows(of: node).compactMap(\.started) {
      let number = try start.number()
      if first.map({ number < $0.number }) ?? true { first = (start, number) }
    }
    guard let first else { return try node.member("date").timestamp(perSecond: 1000) }
    return try first.node.timestamp(perSecond: 1000)
  }

  /// The machine and the environment that asv made on it.
  var environment: Environment {
    let context = context
    return Environment(
      cpu: context["cpu"] ?? "", cores: context["num_cpu"].flatMap { Int($0) } ?? 0,
      memory: context["ram"].flatMap { Int64($0) } ?? 0, os: context["os"] ?? "", kernel: "",
      arch: context["arch"] ?? "",
      labels: context.filter { ["env_name", "machine"].contains($0.key) })
  }
}

/// Reads one benchmark after another. Each has one round, because asv joins the samples of
/// its processes.
private struct AsvReader: RowReader {
  var builder: ResultBuilder
  private let benchmarks: JSONNode?

  init(_ builder: ResultBuilder, _ benchmarks: JSONNode?) {
    self.builder = builder
    self.benchmarks = benchmarks
  }

  mutating func read(_ row: AsvRow) throws(InputError) {
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
        builder.skip("skipped by asv, which writes NaN then", at: result.place)
      } else {
        let samples = try row.samples(index)
        let benchmark = Benchmark(name: row.name, labels: labels)
        try builder.add(
          kind.numbers(samples, or: result), to: benchmark, kind.metric,
          in: Self.symbols[unit] ?? unit, isSummary: samples == nil, at: (samples ?? result).place)
      }
    }
  }

  private mutating func fail(_ name: String, _ labels: [String: String]) {
    builder.fail(Benchmark(name: name, labels: labels), "asv has no result of it")
  }

  private static let symbols = ["seconds": "s", "bytes": "B", "unit": "1"]
}

/// The kind of a benchmark. As in asv itself, `benchmarks.json` or the benchmark's name tells it.
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

  /// The numbers for one call. asv has already divided them by the number of calls. A tracked
  /// number may be negative.
  func numbers(_ samples: JSONNode?, or result: JSONNode) throws(InputError) -> [Double] {
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
