import Measurements

extension Format {
  /// JSON of `hyperfine --export-json`.
  ///
  /// Fixtures: hyperfine 1.15.0.
  package static let hyperfine = Format(
    name: "hyperfine", summary: "JSON of `hyperfine --export-json`",
    carries: .rounds, recognizes: { $0.outline?.has("results[].command") ?? false },
    read: readHyperfine)
}

/// The fields that are read of one entry of `results`.
///
/// `user` and `system` are left out. They are means over all launches, and a mean is no sample.
private struct Export {
  var command = ""
  /// The times in seconds; empty if they were removed from the file.
  var times: [Double] = []
  var memory: [Double] = []
  /// The exit status of each launch; nil for a launch that a signal ended.
  var exitCodes: [Int64?] = []
  var parameters: [String: String] = [:]

  init(from reader: inout JSONReader) throws(JSONError) {
    var command: String?
    try reader.object { (reader, key) throws(JSONError) in
      guard !reader.isNull() else { return }
      switch key {
      case "command": command = try reader.string()
      case "times": times = try reader.numbers()
      case "memory_usage_byte": memory = try reader.numbers()
      case "exit_codes":
        try reader.array { (reader) throws(JSONError) in
          exitCodes.append(
            try reader.optional { (reader) throws(JSONError) in try reader.integer() })
        }
      case "parameters": parameters = try reader.strings()
      default: try reader.skip()
      }
    }
    guard let command else { throw JSONError.missing("command", at: reader.position) }
    self.command = command
  }

  /// All entries of a file.
  static func entries(in input: Input) throws(InputError) -> [Export] {
    try input.json { (reader) throws(JSONError) in
      var entries: [Export] = []
      try reader.object { (reader, key) throws(JSONError) in
        guard key == "results" else { return try reader.skip() }
        try reader.array { (reader) throws(JSONError) in
          entries.append(try Export(from: &reader))
        }
      }
      return entries
    }
  }
}

@Sendable
private func readHyperfine(_ input: Input) throws(InputError) -> ParsedResults {
  var series: [Series] = []
  var failures: [Failure] = []
  var parseNotes: [ParseNote] = []
  var seen: Set<Benchmark> = []
  for (index, result) in try Export.entries(in: input).enumerated() {
    let benchmark = Benchmark(name: result.command, labels: result.parameters)
    if let reason = result.failure {
      failures.append(Failure(benchmark, reason: reason))
      continue
    }
    if !seen.insert(benchmark).inserted {
      parseNotes.append(
        ParseNote(.importSummary, "\(input.name): '\(benchmark)' occurs again: rounds pooled"))
    }
    let field = "results[\(index)]"
    let times = try rounds(of: result.times, "\(field).times", scale: 1e9, input)
    series.append(.init(benchmark: benchmark, .wallTime, times))
    if result.memory.contains(where: { $0 != 0 }) {
      let memory = try rounds(of: result.memory, "\(field).memory_usage_byte", scale: 1, input)
      series.append(.init(benchmark: benchmark, .maxRSS, memory))
    }
    parseNotes += clamped(result, benchmark, input)
  }
  return ParsedResults(series: series, failures: failures, parseNotes: parseNotes)
}

extension Series {
  fileprivate init(benchmark: Benchmark, _ metric: Metric, _ rounds: [Round]) {
    self.init(benchmark: benchmark, metric: metric, rounds: rounds, source: "hyperfine")
  }
}

extension Export {
  /// The reason why the command counts as failed; nil if it does not. The time until a failure says
  /// nothing about success.
  fileprivate var failure: String? {
    guard let first = exitCodes.first(where: { $0 != 0 }) else { return nil }
    let count = exitCodes.count { $0 != 0 }
    let how = first.map { "exit status \($0)" } ?? "ended by a signal"
    return "\(how) (\(count) of \(exitCodes.count) launches failed)"
  }
}

/// The rounds. Each value is of a launch of its own, so it is a round. Values are rounded to whole
/// nanoseconds, the resolution of hyperfine's clock.
private func rounds(
  of values: [Double], _ field: String, scale: Double, _ input: Input
) throws(InputError) -> [Round] {
  guard !values.isEmpty else {
    throw input.error(
      "holds no samples", field: field,
      hint: "keep the lists `times` of hyperfine's export: a mean alone cannot be tested")
  }
  var rounds: [Round] = []
  for (index, value) in values.enumerated() {
    guard value >= 0 else {
      throw input.error("negative", field: "\(field)[\(index)]", text: "\(value)")
    }
    do {
      rounds.append(try Round([(value * scale).rounded()]))
    } catch {
      throw input.error("\(error)", field: "\(field)[\(index)]", text: "\(value)")
    }
  }
  return rounds
}

/// A warning if launches took no time. hyperfine subtracts the start-up time of its shell, and
/// stops at zero.
private func clamped(_ result: Export, _ benchmark: Benchmark, _ input: Input) -> [ParseNote] {
  let zeros = result.times.count { $0 == 0 }
  guard zeros > 0 else { return [] }
  return [
    ParseNote(
      .warning,
      "\(input.name): '\(benchmark)' took no time in \(zeros) launches: it is faster than the "
        + "shell that starts it, use `hyperfine --shell=none`")
  ]
}
