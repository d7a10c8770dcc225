import Measurements

extension Format {
  /// JSON of pytest-benchmark, from `--benchmark-json` or as saved.
  ///
  /// Definition: https://pytest-benchmark.readthedocs.io
  ///
  /// Fixtures: pytest-benchmark 5.3.1.
  package static let pytestBenchmark = Format(
    name: "pytest-benchmark", summary: "JSON of `pytest --benchmark-json`, or as saved",
    carries: .samples,
    recognizes: { $0.outline?.has("machine_info", "benchmarks[].stats") ?? false },
    read: readPytestBenchmark)
}

/// Reads all tests of a file. Tests that failed are not in it.
@Sendable
private func readPytestBenchmark(_ input: Input) throws(InputError) -> ParsedResults {
  let file = try input.jsonNode()
  let tests = try file.member("benchmarks").elements()
  let naming = NameDisambiguation(of: tests) { test in
    (name: try test.member("fullname").string(), benchmark: try Benchmark(pytest: test))
  }
  var reader = PytestReader(ResultBuilder(input, as: "pytest-benchmark"), naming)
  try reader.read(all: tests)
  var context = context(try file.member("machine_info"))
  context[NamedCommit.key] = file["commit_info"]?["id"]?.label
  if file["commit_info"]?["dirty"]?.value == .bool(true) { context[NamedCommit.dirtyKey] = "true" }
  return reader.builder.reading(context: context)
}

private func context(_ machine: JSONNode) -> [String: String] {
  var context = machine.labels([
    "machine", "node", "python_implementation", "python_version", "release", "system",
  ])
  context["cpu"] = machine["cpu"].flatMap { $0["brand_raw"] ?? $0["brand"] }?.label
  context["cores"] = machine["cpu"]?["count"]?.label
  return context
}

/// Reads one test after another. Each has one round, because one process ran all.
private struct PytestReader: RowReader {
  var builder: ResultBuilder
  private let naming: NameDisambiguation

  init(_ builder: ResultBuilder, _ naming: NameDisambiguation) {
    self.builder = builder
    self.naming = naming
  }

  mutating func read(_ test: JSONNode) throws(InputError) {
    let name = try test.member("fullname").string()
    let benchmark = naming.benchmark(try Benchmark(pytest: test), of: name)
    builder.keep(original: name, of: benchmark)
    guard try builder.isFirst(benchmark, at: test.place) else { return }
    let metric = try self.metric(of: test)
    let stats = try test.member("stats")
    guard let data = stats["data"] else {
      let summary = if let median = stats["median"] { median } else { try stats.member("mean") }
      return try builder.add(
        [summary.amount()], to: benchmark, metric, in: "s", isSummary: true, at: summary.place)
    }
    let samples = try samples(of: data)
    try checkCount(of: data, stats)
    try builder.add(samples, to: benchmark, metric, in: "s", at: data.place)
  }

  /// The samples in seconds for one iteration. pytest-benchmark has already divided them by the
  /// number of iterations.
  private mutating func samples(of data: JSONNode) throws(InputError) -> [Double] {
    do throws(InputError) {
      return try data.amounts()
    } catch {
      guard builder.input.isLenient else { throw error }
    }
    var samples: [Double] = []
    for element in try data.elements() {
      do throws(InputError) {
        samples.append(try element.amount())
      } catch {
        try builder.reject(error.problem, at: element.place)
      }
    }
    return samples
  }

  /// Warns if the file has fewer or more samples than the test had rounds.
  private mutating func checkCount(of data: JSONNode, _ stats: JSONNode) throws(InputError) {
    guard let rounds = try stats["rounds"]?.integer() else { return }
    let count = try data.count()
    guard count != rounds else { return }
    builder.warn("\(count) samples of a test that had \(rounds)", at: data.place)
  }

  /// The metric of the timer. Most timers give wall time, some the time of the processor.
  private func metric(of test: JSONNode) throws(InputError) -> String {
    let timer = try test["options"]?["timer"]?.string() ?? "perf_counter"
    let name = timer.split(separator: ".").last ?? ""
    return ["process_time", "thread_time"].contains(name) ? "cpu_time" : "wall_time"
  }
}

extension Benchmark {
  /// Reads the name and the parameters. `test_sort.py::test_sort[10-up]` becomes
  /// `test_sort.py::test_sort` if the file has the parameters `10` and `up`.
  ///
  /// For a parameter that is no JSON, such as a function, the file has an address, which differs
  /// each time. In that case, the whole name is kept.
  fileprivate init(pytest test: JSONNode) throws(InputError) {
    var name = try test.member("fullname").string()
    let all = try test["params"]?.parameters() ?? [:]
    let labels = all.filter { !$0.value.hasPrefix("UNSERIALIZABLE[") }
    if !labels.isEmpty, labels.count == all.count, let id = test["param"]?.label,
      name.hasSuffix("[\(id)]")
    {
      name.removeLast(id.count + 2)
    }
    self.init(name: name, labels: labels)
  }
}
