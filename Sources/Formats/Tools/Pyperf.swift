import Measurements

extension Format {
  /// JSON of pyperf and pyperformance.
  ///
  /// Definition: https://pyperf.readthedocs.io/en/latest/api.html#pyperf-json-file-format
  ///
  /// Fixtures: pyperf 2.10.0, and older files from the documentation of
  /// https://github.com/psf/pyperf.
  package static let pyperf = Format(
    name: "pyperf", summary: "JSON of `pyperf` and `pyperformance`",
    carries: .rounds, recognizes: recognizesPyperf, read: readPyperf)
}

@Sendable
private func recognizesPyperf(_ input: Input) -> Bool {
  guard let outline = input.outline, outline.has("version", "benchmarks[].runs") else {
    return false
  }
  return ["values", "warmups", "samples"].contains { outline.has("benchmarks[].runs[].\($0)") }
}

/// Reads all benchmarks of a file.
@Sendable
private func readPyperf(_ input: Input) throws(InputError) -> ParsedResults {
  let file = try input.jsonNode()
  try checkVersion(file)
  var reader = PyperfReader(ResultBuilder(input, as: "pyperf"), of: file)
  try reader.read(all: file.member("benchmarks").elements())
  return reader.builder.reading(context: file["metadata"]?.labels(contextKeys) ?? [:])
}

/// The keys of a file's metadata about machine and interpreter, which apply to all its benchmarks.
private let contextKeys = [
  "aslr", "cpu_count", "cpu_model_name", "hostname", "platform", "python_implementation",
  "python_version",
]

/// Checks the version. Version 6 differs only in warm-up values, which are skipped.
private func checkVersion(_ file: JSONNode) throws(InputError) {
  let version = try file.member("version")
  guard let label = version.label, ["1.0", "6"].contains(label) else {
    throw version.error(
      "'\(version.label ?? "")' is no version that is known: those are 1.0 and 6",
      hint: "let pyperf write it anew: `python3 -m pyperf convert <file> -o <new file>`")
  }
}

/// Reads one benchmark after another. Each run is a process of its own, so it is a round.
private struct PyperfReader: RowReader {
  var builder: ResultBuilder
  private let metadata: JSONNode?

  init(_ builder: ResultBuilder, of file: JSONNode) {
    self.builder = builder
    metadata = file["metadata"]
  }

  mutating func read(_ node: JSONNode) throws(InputError) {
    let runs = try node.member("runs").elements()
    let shared = [node["metadata"], metadata].compactMap { $0 }
    let first = PyperfMetadata(runs.first, shared)
    guard let name = try first["name"]?.string() else {
      throw node.error("has no name, neither here nor in the metadata of the file")
    }
    let benchmark = Benchmark(name: name)
    guard try builder.isFirst(benchmark, at: node.place) else { return }
    var hasValues = false
    for run in runs {
      hasValues = try read(run, PyperfMetadata(run, shared), of: benchmark) || hasValues
    }
    if !hasValues {
      builder.warn("'\(name)' has no run with values, only for calibration", at: node.place)
    }
  }

  /// Reads the values of a run.
  ///
  /// - Returns: True if it has values.
  private mutating func read(
    _ run: JSONNode, _ metadata: PyperfMetadata, of benchmark: Benchmark
  ) throws(InputError) -> Bool {
    let values = try run["values"]?.amounts() ?? []
    let warmups = try run["warmups"]?.count() ?? 0
    guard !values.isEmpty else {
      if warmups > 0 {
        builder.skip("calibration run", at: run.place)
      } else {
        try builder.reject("a run without values", at: run.place)
      }
      return false
    }
    if warmups > 0 { builder.skip("warm-up value", count: warmups, at: run.place) }
    let kind = try metadata.kind()
    try builder.add(values, to: benchmark, kind.metric, in: kind.unit, at: run.place)
    guard kind.metric == "wall_time", let memory = metadata.memory else { return true }
    let rss = try memory.amount()
    try builder.add([rss], to: benchmark, "max_rss", in: "B", at: memory.place)
    return true
  }
}

/// The metadata of a run: the nearest of those at the run, at its benchmark and at the file.
private struct PyperfMetadata {
  private let layers: [JSONNode]

  init(_ run: JSONNode?, _ shared: [JSONNode]) {
    layers = (run?["metadata"].map { [$0] } ?? []) + shared
  }

  subscript(key: String) -> JSONNode? {
    for layer in layers {
      if let value = layer[key] { return value }
    }
    return nil
  }

  /// The memory of the command, if pyperf measured one, and not of the process that started it.
  var memory: JSONNode? { self["command_max_rss"] ?? self["mem_max_rss"] }

  /// The metric and unit of the values. Bytes are a peak of memory from `--track-memory` or
  /// `--tracemalloc`; the file does not say which.
  func kind() throws(InputError) -> (metric: String, unit: String) {
    guard let unit = self["unit"] else { return ("wall_time", "s") }
    switch try unit.string() {
    case "second": return ("wall_time", "s")
    case "byte": return ("peak_memory", "B")
    case "integer": return ("value", "1")
    default: throw unit.error("not one of second, byte and integer")
    }
  }
}
