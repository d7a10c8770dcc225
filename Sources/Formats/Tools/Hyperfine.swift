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
  var builder = ResultBuilder(input, as: "hyperfine")
  for (index, result) in try Export.entries(in: input).enumerated() {
    let benchmark = Benchmark(name: result.command, labels: result.parameters)
    if let reason = result.failure {
      builder.fail(benchmark, reason)
      continue
    }
    if builder.has(benchmark, "wall_time") {
      builder.parseNote("'\(benchmark)' occurs again: rounds pooled")
    }
    let field = "results[\(index)]"
    try builder.add(
      launches: result.times, to: benchmark, "wall_time", in: "s", field: "\(field).times")
    if result.memory.contains(where: { $0 != 0 }) {
      try builder.add(
        launches: result.memory, to: benchmark, "max_rss", in: "B",
        field: "\(field).memory_usage_byte")
    }
    builder.warnIfTooShort(result.times, benchmark)
  }
  return builder.reading()
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

extension ResultBuilder {
  /// Adds a round for each launch. Values are rounded to whole nanoseconds, the resolution of
  /// hyperfine's clock.
  fileprivate mutating func add(
    launches values: [Double], to benchmark: Benchmark, _ metric: String, in unit: String,
    field: String
  ) throws(InputError) {
    guard !values.isEmpty else {
      throw error(
        "holds no samples", at: .field(field),
        hint: "keep the lists `times` of hyperfine's export: a mean alone cannot be tested")
    }
    func place(_ index: Int) -> Place {
      Place(field: "\(field)[\(index)]", text: "\(values[index])")
    }
    if let index = values.firstIndex(where: { $0 < 0 }) {
      throw error("negative", at: place(index))
    }
    let conversion = UnitConversion(from: unit)
    let rounds = values.map { [conversion($0).rounded()] }
    let tooLarge = rounds.firstIndex { !$0[0].isFinite }
    try add(
      rounds: rounds, to: benchmark, metric, in: conversion.unit.symbol, written: unit,
      at: place(tooLarge ?? 0))
  }

  /// Warns if launches took no time. hyperfine subtracts the start-up time of its shell, and stops
  /// at zero.
  fileprivate mutating func warnIfTooShort(_ times: [Double], _ benchmark: Benchmark) {
    let zeros = times.count { $0 == 0 }
    guard zeros > 0 else { return }
    warn(
      "'\(benchmark)' took no time in \(zeros) launches: it is faster than the "
        + "shell that starts it, use `hyperfine --shell=none`")
  }
}
