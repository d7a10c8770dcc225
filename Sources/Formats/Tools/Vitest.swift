import Measurements

extension Format {
  /// JSON of vitest's benchmarks, versions up to 4 and version 5, and of tinybench.
  ///
  /// Fixtures: an output of `--outputJson` from Bencher's tests.
  package static let vitest = Format(
    name: "vitest", summary: "JSON of vitest's benchmarks, or of tinybench",
    carries: .samples, recognizes: recognizesVitest, read: readVitest)
}

@Sendable
private func recognizesVitest(_ input: Input) -> Bool {
  guard let outline = input.outline else { return false }
  return outline.has("files[].groups[].benchmarks[].name")
    || outline.has("testResults[].assertionResults[].benchmarks[].tasks[].name")
    || ["[]", "tasks[]"].contains { tasks in
      outline.has("\(tasks).name")
        && ["result.latency.mean", "result.mean", "result.error"]
          .contains { outline.has("\(tasks).\($0)") }
    }
}

@Sendable
private func readVitest(_ input: Input) throws(InputError) -> ParsedResults {
  var report = VitestReport(builder: ResultBuilder(input, as: "vitest"))
  let root = try input.jsonNode()
  if let files = root["files"] {
    try report.readOutputJSON(files)
  } else if let files = root["testResults"] {
    try report.readReporter(files)
  } else {
    try report.readTinybench(try (root["tasks"] ?? root).elements())
  }
  return report.builder.reading()
}

/// Reads the results. A process is one round, with its samples if they were retained, else with the
/// mean alone.
///
/// Operations per second are skipped, because they are the reciprocal of the same measurement.
private struct VitestReport {
  var builder: ResultBuilder

  /// Reads `vitest bench --outputJson`, of versions up to 4. `fullName` begins with the path of
  /// the file.
  mutating func readOutputJSON(_ files: JSONNode) throws(InputError) {
    for file in try files.elements() {
      for group in try file.member("groups").elements() {
        let names = try group["fullName"]?.string() ?? ""
        for task in try group.member("benchmarks").elements() {
          let benchmark = Benchmark(name: Self.joined([names, try task.member("name").string()]))
          guard try builder.isFirst(benchmark, "wall_time", at: task.place) else { continue }
          try add(task, of: task, to: benchmark)
        }
      }
    }
  }

  /// Reads the JSON reporter of version 5, in which a test has benchmarks, and a benchmark has
  /// tasks. It sorts the samples, so their order has no meaning.
  mutating func readReporter(_ files: JSONNode) throws(InputError) {
    for file in try files.elements() {
      let path = try file["name"]?.string() ?? ""
      let labels = path.split(separator: "/").last.map { ["file": String($0)] } ?? [:]
      for test in try file.member("assertionResults").elements() { try read(test, labels) }
      if let message = try file["message"]?.string(), !message.isEmpty {
        builder.fail(nil, "\(labels["file"] ?? "a file"): \(message.shortened(to: 200))")
      }
    }
  }

  private mutating func read(_ test: JSONNode, _ labels: [String: String]) throws(InputError) {
    let name = try test.member("fullName").string()
    switch try test.member("status").string() {
    case "failed":
      let message = try test["failureMessages"]?.elements().first?.string() ?? "failed"
      return builder.fail(Benchmark(name: name, labels: labels), message.shortened(to: 200))
    case "passed": break
    default: return builder.skip("skipped test", at: test.place)
    }
    guard let benchmarks = try test["benchmarks"]?.elements(), !benchmarks.isEmpty else {
      return builder.skip("test without a benchmark", at: test.place)
    }
    for benchmark in benchmarks {
      let own = try benchmark["name"]?.string() ?? ""
      let group = name.hasSuffix(own) ? "" : own
      for task in try benchmark.member("tasks").elements() {
        let parts = [name, group, try task.member("name").string()]
        try read(task, as: Benchmark(name: Self.joined(parts), labels: labels))
      }
    }
  }

  private mutating func read(_ task: JSONNode, as benchmark: Benchmark) throws(InputError) {
    if let stored = task["fromStore"], stored.value != .bool(false) {
      return builder.skip("stored result of an earlier run", at: task.place)
    }
    guard try builder.isFirst(benchmark, "wall_time", at: task.place) else { return }
    try add(task["latency"], of: task, to: benchmark)
  }

  /// Reads `JSON.stringify(bench.tasks.map(({ name, result }) => ({ name, result })))`
  /// of tinybench.
  mutating func readTinybench(_ tasks: [JSONNode]) throws(InputError) {
    for task in tasks {
      let benchmark = Benchmark(name: try task.member("name").string())
      guard try builder.isFirst(benchmark, "wall_time", at: task.place) else { continue }
      let result = task["result"]
      try add(result?["latency"] ?? result, of: result ?? task, to: benchmark)
    }
  }

  /// Adds the result of a task.
  ///
  /// - Parameter statistics: The statistics in milliseconds; nil or without a mean if the
  ///   task failed.
  private mutating func add(
    _ statistics: JSONNode?, of task: JSONNode, to benchmark: Benchmark
  ) throws(InputError) {
    if let error = task["error"] {
      let message = try (error["message"] ?? error["name"])?.string() ?? error.label
      return builder.fail(benchmark, message?.shortened(to: 200) ?? "failed")
    }
    let state = try task["state"]?.string() ?? ""
    guard task["aborted"]?.value != .bool(true), !state.hasPrefix("aborted") else {
      return builder.fail(benchmark, "was aborted")
    }
    guard let statistics, let mean = statistics["mean"], try mean.numberIfFinite() != nil else {
      return builder.fail(benchmark, "has no result")
    }
    let samples = try statistics["samples"]?.amounts() ?? []
    try builder.add(
      samples.isEmpty ? [mean.amount()] : samples, to: benchmark, "wall_time", in: "ms",
      isSummary: samples.isEmpty, at: samples.isEmpty ? mean.place : statistics.place)
  }

  /// The names joined as vitest does, without empty and repeated ones.
  private static func joined(_ names: [String]) -> String {
    var parts: [String] = []
    for name in names where !name.isEmpty && parts.last != name { parts.append(name) }
    return parts.joined(separator: " > ")
  }
}
