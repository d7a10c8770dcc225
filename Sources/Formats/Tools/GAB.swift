import Measurements

extension Format {
  /// JSON for the custom tools of github-action-benchmark, `customBiggerIsBetter`
  /// and `customSmallerIsBetter`.
  ///
  /// Definition: https://github.com/benchmark-action/github-action-benchmark, from whose
  /// `test/data/extract` the fixtures are.
  package static let gab = Format(
    name: "gab", summary: "JSON for github-action-benchmark's custom tools",
    carries: .summary, recognizes: recognizesGAB, read: readGAB)
}

@Sendable
private func recognizesGAB(_ input: Input) -> Bool {
  guard let outline = input.outline, outline.has("[].name", "[].unit", "[].value") else {
    return false
  }
  return !outline.has("[].benchmark")
}

@Sendable
private func readGAB(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "gab")
  for entry in try input.jsonNode().elements() { try builder.addGAB(entry) }
  return builder.reading()
}

extension ResultBuilder {
  /// Adds a value. Its unit is free text.
  mutating func addGAB(
    _ entry: JSONNode, better: DirectionSource? = nil, labels: [String: String] = [:]
  ) throws(InputError) {
    let benchmark = Benchmark(name: try entry.member("name").string(), labels: labels)
    let unit = try entry.member("unit").string().unitSymbol
    let value = try entry.member("value")
    guard let number = try value.numberOrNumeral() else {
      return try reject("'\(benchmark)' has no finite number", at: value.place)
    }
    let metric = Metric.nameOfValue(in: unit)
    guard try isFirst(benchmark, metric, at: entry.place) else { return }
    if metric == "wall_time" { try checkNotNegative([number], at: value.place) }
    try add(
      [number], to: benchmark, metric, in: unit,
      better: better ?? DirectionTable.better(ofBenchmark: benchmark.name, metric, in: unit),
      isSummary: true, at: value.place)
  }
}

extension JSONNode {
  /// A number, which may be in quotation marks; nil if it is not finite or no number.
  fileprivate func numberOrNumeral() throws(InputError) -> Double? {
    if case .string(let text) = value {
      return text.trimmed.decimal.flatMap { $0.isFinite ? $0 : nil }
    }
    return try numberIfFinite()
  }
}

extension Metric {
  /// The metric of a number for which only the unit is known.
  static func nameOfValue(in unit: String) -> String {
    switch UnitConversion(from: unit).unit {
    case .nanoseconds: "wall_time"
    case .perSecond: "operations"
    case .bytesPerSecond: "throughput"
    default: "value"
    }
  }
}
