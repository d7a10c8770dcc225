import Measurements

extension Format {
  /// Text or JSON of gungraun, formerly iai-callgrind, and text of iai.
  ///
  /// Fixtures: outputs from Bencher's tests; the JSON has schema version 6.
  package static let gungraun = Format(
    name: "gungraun", summary: "text or JSON of gungraun, once iai-callgrind",
    carries: .rounds, recognizes: recognizesGungraun, read: readGungraun)
}

/// True if a line is a result in either form. Other output may precede it.
@Sendable
private func recognizesGungraun(_ input: Input) -> Bool {
  input.hasLine(with: GungraunSummary.mark, where: GungraunSummary.isCandidate)
    || GungraunFigure.marks.contains { mark in
      input.hasLine(with: mark) { GungraunFigure($0)?.isTelling == true }
    }
}

/// Reads all figures. Each number is of one process, and most are the same each time.
@Sendable
private func readGungraun(_ input: Input) throws(InputError) -> ParsedResults {
  var reader = GungraunReader(ResultBuilder(input, as: "gungraun"))
  for line in try input.lines() { try reader.read(line) }
  return reader.finish()
}

/// The metric of a figure, by its name in JSON.
struct GungraunMetric {
  let name: String
  let unit: String
  let isExact: Bool
  let better: DirectionSource

  init(_ name: String) {
    self.name = Self.names[name] ?? name
    unit = name.hasSuffix("Rate") ? "%" : name.hasSuffix("Bytes") ? "B" : "1"
    // The time that the system spent varies from run to run.
    isExact = name != "SysTime" && name != "SysCpuTime"
    better =
      name.hasSuffix("HitRate") ? DirectionSource(.higher, by: "its name") : .cost(by: "valgrind")
  }

  private static let names = [
    "Ir": "instructions", "TotalBytes": "allocated_bytes", "TotalBlocks": "allocations",
  ]
}

private struct GungraunReader {
  private var builder: ResultBuilder
  /// The benchmark of the figures that are being read.
  private var benchmark: Benchmark?
  /// A line without indentation. It is a name if figures follow.
  private var heading: Line?
  /// True if the figures compare two benchmarks.
  private var isComparison = false
  private var isEndChecked = false

  init(_ builder: ResultBuilder) { self.builder = builder }

  mutating func read(_ line: Line) throws(InputError) {
    if GungraunSummary.isCandidate(line.text) {
      benchmark = nil
      return try builder.attempt { (builder) throws(InputError) in
        try GungraunSummary(builder.input.jsonNode(on: line)).add(to: &builder)
      }
    }
    guard let indented = line.text.first else { return }
    guard indented == " " else { return readHeading(line) }
    if line.text.drop(while: { $0 == " " }).hasPrefix("Comparison with ") { isComparison = true }
    if let figure = GungraunFigure(line.text) {
      try readFigure(figure, on: line)
    } else if GungraunFigure.isCandidate(line.text) {
      try builder.reject("looks like a result and is not understood", at: .line(line))
    }
  }

  private mutating func readHeading(_ line: Line) {
    heading = line
    benchmark = nil
    isComparison = false
    let isError =
      ["gungraun_runner: Error", "iai_callgrind_runner: Error"].contains(
        where: line.text.hasPrefix)
    if isError || LibtestLine(line.text)?.isError == true {
      builder.fail(nil, String(line.text).trimmed)
    }
  }

  private mutating func readFigure(
    _ figure: GungraunFigure, on line: Line
  ) throws(InputError) {
    guard !isComparison else {
      return builder.skip("figure that compares two benchmarks", at: .line(line))
    }
    if figure.isAlone { try checkEnd() }
    guard let benchmark = try currentBenchmark(on: line) else { return }
    guard let value = figure.value else {
      return builder.skip("figure of an earlier run alone", at: .line(line))
    }
    let metric = GungraunMetric(figure.name)
    guard !builder.has(benchmark, metric.name) else {
      return try builder.reject("'\(metric.name)' a second time", at: .line(line))
    }
    try builder.add(
      [value], to: benchmark, metric.name, in: metric.unit, better: metric.better,
      isExact: metric.isExact, at: .line(line))
  }

  /// Checks the end of the text, once. A figure without an old value may be cut off, and nothing
  /// shows it.
  private mutating func checkEnd() throws(InputError) {
    guard !isEndChecked else { return }
    isEndChecked = true
    try builder.rejectTornEnd()
  }

  private mutating func currentBenchmark(on line: Line) throws(InputError) -> Benchmark? {
    if let benchmark { return benchmark }
    guard let heading else {
      try builder.reject("a result without a benchmark's name", at: .line(line))
      return nil
    }
    let named = Self.benchmark(heading.text)
    builder.keep(original: String(heading.text).trimmed, of: named)
    guard try builder.isFirst(named, at: .line(heading)) else { return nil }
    benchmark = named
    return named
  }

  /// The benchmark of a heading, such as `file::group::function id:arguments`.
  private static func benchmark(_ heading: Substring) -> Benchmark {
    let parts = heading.split(separator: " ", maxSplits: 1)
    guard let path = parts.first, path.contains("::"), parts.count == 2 else {
      return Benchmark(name: String(heading).trimmed)
    }
    let rest = parts[1].split(separator: ":", maxSplits: 1)
    return Benchmark(
      gungraun: String(path), id: rest.first.map(String.init),
      details: rest.count == 2 ? String(rest[1]) : nil)
  }

  consuming func finish() -> ParsedResults { builder.reading() }
}

extension Benchmark {
  /// Makes a benchmark.
  ///
  /// - Parameter details: The arguments with which the function was called.
  init(gungraun path: String, id: String?, details: String?) {
    var labels: [String: String] = [:]
    labels["id"] = id
    labels["arguments"] = details.flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed }
    self.init(name: path, labels: labels)
  }
}
