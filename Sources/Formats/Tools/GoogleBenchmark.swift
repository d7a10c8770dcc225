import Measurements

extension Format {
  /// JSON of Google Benchmark.
  ///
  /// Fixtures: Google Benchmark 1.7.1, and a file from `tools/gbench/Inputs`
  /// of https://github.com/google/benchmark.
  package static let googleBenchmark = Format(
    name: "google-benchmark", summary: "JSON of Google Benchmark",
    carries: .samples, recognizes: recognizesGoogleBenchmark, read: readGoogleBenchmark)
}

@Sendable
private func recognizesGoogleBenchmark(_ input: Input) -> Bool {
  guard let outline = input.outline else { return false }
  return outline.has("context", "benchmarks[].name")
    && (outline.has("benchmarks[].time_unit") || outline.has("benchmarks[].run_type"))
}

/// Reads all benchmarks. All repetitions ran in one process, so they are samples of one round.
@Sendable
private func readGoogleBenchmark(_ input: Input) throws(InputError) -> ParsedResults {
  let root = try input.jsonNode()
  let rows = try root.member("benchmarks").elements()
  let names = try rows.map { (row) throws(InputError) in try row.googleName().string() }
  let naming = NameDisambiguation(of: names) { (name: $0, benchmark: Benchmark(google: $0)) }
  var reader = GoogleBenchmarkReader(
    input, aggregates: try GoogleAggregates(rows), naming: naming)
  for row in rows { try reader.read(row) }
  return try reader.finish(context: try root["context"]?.googleContext() ?? [:])
}

private struct GoogleBenchmarkReader {
  private var builder: ResultBuilder
  private var grouper = SampleGrouper()
  private let aggregates: GoogleAggregates
  private let naming: NameDisambiguation
  private var seen: [Benchmark: Seen] = [:]
  private var failures: Set<Failure> = []
  private var aggregateRows = 0

  /// The family of a benchmark, and the repetitions that were read.
  private struct Seen {
    let family: [Int64?]
    var repetitions: Set<Int64> = []
  }

  init(_ input: Input, aggregates: GoogleAggregates, naming: NameDisambiguation) {
    builder = ResultBuilder(input, as: "google-benchmark")
    self.naming = naming
    self.aggregates = aggregates
  }

  mutating func read(_ row: JSONNode) throws(InputError) {
    if let aggregate = try aggregates.name(of: row) {
      aggregateRows += 1
      return builder.skip("aggregate (\(aggregate))", at: row.place)
    }
    let name = try row.googleName().string()
    let benchmark = naming.benchmark(Benchmark(google: name), of: name)
    builder.keep(original: name, of: benchmark)
    if let failed = row["error_occurred"], try failed.bool() {
      return fail(benchmark, try row["error_message"]?.string() ?? "an error occurred")
    }
    if let skipped = row["skipped"], try skipped.bool() {
      return builder.skip("benchmark that skipped itself", at: row.place)
    }
    guard try isNew(row, of: benchmark) else { return }
    try readTimes(row, of: benchmark)
    for (key, node) in try row.members() where !Self.known.contains(key) {
      try readCounter(key, node, of: benchmark)
    }
  }

  /// Adds a failure. Repetitions that fail for the same reason are reported once.
  private mutating func fail(_ benchmark: Benchmark, _ reason: String) {
    if failures.insert(Failure(benchmark, reason: reason)).inserted {
      builder.fail(benchmark, reason)
    }
  }

  private mutating func readTimes(
    _ row: JSONNode, of benchmark: Benchmark
  ) throws(InputError) {
    let unit = try row["time_unit"]?.string() ?? "ns"
    guard ["ns", "us", "ms", "s"].contains(unit) else {
      throw try row.member("time_unit").error("'\(unit)' is no unit of time")
    }
    for (key, metric) in [("real_time", "wall_time"), ("cpu_time", "cpu_time")] {
      let node = try row.member(key)
      try grouper.add(
        node.amount(), to: benchmark, metric, in: unit, of: builder, at: node.place)
    }
  }

  /// Reads a counter. Any other field of a row that is a number is one, whatever its name.
  private mutating func readCounter(
    _ key: String, _ node: JSONNode, of benchmark: Benchmark
  ) throws(InputError) {
    switch node.value {
    case .null: return
    case .string(let text) where key != "label" && JSONNode.isNonFinite(text):
      return try builder.reject("not a finite number", at: node.place)
    case .integer, .number: break
    default: return builder.skip("field '\(key)', which is no number", at: node.place)
    }
    let counter = GoogleCounter(key)
    try grouper.add(
      try node.number(), to: benchmark, counter.metric, in: counter.unit, of: builder,
      at: node.place)
  }

  /// True if a row is one more repetition. Another benchmark of the same name is refused.
  private mutating func isNew(
    _ row: JSONNode, of benchmark: Benchmark
  ) throws(InputError) -> Bool {
    let family = [
      try row["family_index"]?.integer(), try row["per_family_instance_index"]?.integer(),
    ]
    var entry = seen[benchmark] ?? Seen(family: family)
    let repetition = try row["repetition_index"]?.integer()
    let isRepeated = repetition.map { !entry.repetitions.insert($0).inserted } ?? false
    guard entry.family == family, !isRepeated else {
      try builder.reject(
        "'\(benchmark)' stands for two benchmarks", at: row.place,
        hint: "give each a name of its own, and import several runs as several files")
      return false
    }
    seen[benchmark] = entry
    return true
  }

  consuming func finish(context: [String: String]) throws(InputError) -> ParsedResults {
    try grouper.finish(into: &builder)
    let reading = builder.reading(context: context)
    guard !reading.isEmpty || aggregateRows == 0 else {
      throw builder.error(
        "holds only aggregates, no sample", at: ResultBuilder.Place(),
        hint: "run without `--benchmark_report_aggregates_only`; "
          + "`--benchmark_display_aggregates_only` shortens only what is shown")
    }
    return reading
  }

  private static let known: Set = [
    "name", "family_index", "per_family_instance_index", "run_name", "run_type", "repetitions",
    "repetition_index", "threads", "iterations", "real_time", "cpu_time", "time_unit",
    "error_occurred", "error_message", "skipped", "skip_message",
  ]
}

/// Finds the rows that are computed from others.
private struct GoogleAggregates {
  private static let suffixes = ["mean", "median", "stddev", "cv", "BigO", "RMS"]
  private var names: Set<String> = []

  init(_ rows: [JSONNode]) throws(InputError) {
    for row in rows { names.insert(try row.member("name").string()) }
  }

  /// The name of the aggregate, such as `mean`; nil for a measured row.
  ///
  /// Files from before 2019 do not mark aggregates. In these, a row `sort_mean` is one if there is
  /// also a row `sort`, or a row `sort_stddev`.
  func name(of row: JSONNode) throws(InputError) -> String? {
    if let type = row["run_type"] {
      switch try type.string() {
      case "iteration": return nil
      case "aggregate": return try row["aggregate_name"]?.string() ?? "unnamed"
      default: throw type.error("neither 'iteration' nor 'aggregate'")
      }
    }
    let name = try row.member("name").string()
    guard let suffix = Self.suffixes.first(where: { name.hasSuffix("_\($0)") }) else { return nil }
    let base = name.dropLast(suffix.count + 1)
    let isComputed =
      names.contains(String(base)) || names.isSuperset(of: ["\(base)_mean", "\(base)_stddev"])
    return isComputed ? suffix : nil
  }
}

/// The metric and unit of a counter, by its name, because a file has no unit for it.
private struct GoogleCounter {
  let metric: String
  let unit: String

  init(_ key: String) {
    switch key {
    case "bytes_per_second": (metric, unit) = ("throughput", "B/s")
    case "items_per_second": (metric, unit) = ("items", "1/s")
    case "allocs_per_iter": (metric, unit) = ("allocations", "1")
    case "max_bytes_used", "total_allocated_bytes", "net_heap_growth": (metric, unit) = (key, "B")
    default: (metric, unit) = (key, "1")
    }
  }
}

extension JSONNode {
  /// The properties that stay the same from run to run on one machine, including those
  /// of `--benchmark_context`.
  fileprivate func googleContext() throws(InputError) -> [String: String] {
    let changing: Set = ["date", "load_avg", "mhz_per_cpu", "caches", "json_schema_version"]
    var context: [String: String] = [:]
    for (key, node) in try members() where !changing.contains(key) { context[key] = node.label }
    return context
  }

  /// True if a text is one that the tool writes for a number that is not finite.
  fileprivate static func isNonFinite(_ text: String) -> Bool {
    ["nan", "-nan", "infinity", "-infinity", "inf", "-inf"].contains(text.lowercased())
  }
}

extension JSONNode {
  /// The name of the benchmark. In newer files, it is without the name of an aggregate.
  fileprivate func googleName() throws(InputError) -> JSONNode {
    if let name = self["run_name"] { name } else { try member("name") }
  }
}

extension Benchmark {
  /// Reads a name such as `BM_Sort/size:64/threads:2`. Arguments with names become labels; those
  /// without stay in the name.
  fileprivate init(google name: String) {
    var labels: [String: String] = [:]
    var parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let first = parts.removeFirst()
    parts.removeAll { part in
      let pair = part.split(separator: ":", omittingEmptySubsequences: false)
      guard pair.count == 2, !pair[1].isEmpty, labels[String(pair[0])] == nil,
        let start = pair[0].first, start.isLetter || start == "_",
        pair[0].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
      else { return false }
      labels[String(pair[0])] = String(pair[1])
      return true
    }
    self.init(name: ([first] + parts).joined(separator: "/"), labels: labels)
  }
}
