import Measurements

extension Format {
  package static let gungraun = Format(
    name: "gungraun", summary: "text or JSON of gungraun, once iai-callgrind",
    carries: .rounds, recognizes: recognizesGungraun, read: readGungraun)
}

/// Harnesses print around it, so that either form may begin anywhere.
@Sendable
private func recognizesGungraun(_ input: Input) -> Bool {
  input.hasLine(with: GungraunSummary.mark, where: GungraunSummary.isCandidate)
    || GungraunFigure.marks.contains { mark in
      input.hasLine(with: mark) { GungraunFigure($0)?.isTelling == true }
    }
}

/// Every number is of one process, and most are the same each time.
@Sendable
private func readGungraun(_ input: Input) throws(InputError) -> ParsedResults {
  var reader = GungraunReader(ResultBuilder(input, as: "gungraun"))
  for line in try input.lines() { try reader.read(line) }
  return reader.finish()
}

/// What is known of a figure, by the name that it has in JSON.
struct GungraunMetric {
  let name: String
  let unit: String
  let isExact: Bool
  let better: DirectionSource

  init(_ name: String) {
    self.name = Self.names[name] ?? name
    unit = name.hasSuffix("Rate") ? "%" : name.hasSuffix("Bytes") ? "B" : "1"
    // What the system spent differs from time to time.
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
  /// The benchmark that the figures of the text are of.
  private var benchmark: Benchmark?
  /// A line at the margin, which is a name if figures follow.
  private var heading: Line?
  /// Whether figures are of two benchmarks that the harness compares.
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

  /// Once, however many figures have nothing beside them that shows that they are whole.
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

  /// `file::group::function id:arguments`
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
  /// - Parameter details: How the function was called.
  init(gungraun path: String, id: String?, details: String?) {
    var labels: [String: String] = [:]
    labels["id"] = id
    labels["arguments"] = details.flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed }
    self.init(name: path, labels: labels)
  }
}
