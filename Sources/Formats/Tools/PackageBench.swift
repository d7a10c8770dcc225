import Measurements

extension Format {
  /// Exports of package-benchmark for JMH's viewer, exports of samples, and thresholds.
  ///
  /// Definition: https://github.com/ordo-one/package-benchmark
  package static let packageBench = Format(
    name: "package-bench", summary: "ordo-one's package-benchmark: JMH, samples, p90",
    carries: .samples,
    recognizes: {
      $0.isPackageBenchJMH || $0.isPackageBenchSamples || $0.isPackageBenchThresholds
    }, read: readPackageBench)
}

extension Input {
  fileprivate var isPackageBenchJMH: Bool {
    looksLikeJMH(self) && mentions(swiftBenchmarkPrefix)
  }
}

@Sendable
private func readPackageBench(_ input: Input) throws(InputError) -> ParsedResults {
  if input.isPackageBenchThresholds { return try readPackageBenchThresholds(input) }
  guard input.outline != nil else { return try readPackageBenchSamples(input) }
  let entries = try input.jsonNode().elements()
  var reader = SwiftJMHReader(ResultBuilder(input, as: "package-bench"))
  try reader.read(all: entries)
  reader.builder.noteQuantised()
  return reader.builder.reading()
}

extension ResultBuilder {
  mutating func noteQuantised() {
    parseNote("samples come from histograms: by size, not by time, and to three digits")
  }
}

/// Reads one benchmark after another. Each has one round, because one process ran it.
private struct SwiftJMHReader: RowReader {
  var builder: ResultBuilder
  /// The latest samples of each secondary metric. If a benchmark lacks a metric, package-benchmark
  /// writes the samples of an earlier benchmark again.
  private var latest: [String: [Double]] = [:]

  init(_ builder: ResultBuilder) { self.builder = builder }

  mutating func read(_ entry: JSONNode) throws(InputError) {
    let written = try entry.member("benchmark").string()
    let isPrefixed = written.hasPrefix(swiftBenchmarkPrefix)
    let benchmark = Benchmark(
      name: isPrefixed ? String(written.dropFirst(swiftBenchmarkPrefix.count)) : written)
    builder.keep(original: written, of: benchmark)
    guard try builder.isFirst(benchmark, at: entry.place) else { return }
    let primary = try entry.member("primaryMetric")
    let throughput = PackageBenchMetric.called("throughput") ?? .custom("throughput")
    try add(try samples(of: primary), primary, to: benchmark, throughput)
    let count = try entry["measurementIterations"]?.integer()
    for (description, node) in try entry["secondaryMetrics"]?.members() ?? [] {
      let metric = PackageBenchMetric.described(description) ?? .custom(description)
      let samples = try samples(of: node)
      let isLeft = isLeftBehind(samples, metric, of: count)
      latest[description] = samples
      if isLeft {
        builder.skip("metric of an earlier benchmark, written again", at: node.place)
      } else {
        try add(samples, node, to: benchmark, metric)
      }
    }
  }

  /// True if samples were left over from an earlier benchmark. Equal samples were if their number
  /// is wrong, or if they are three or more time measurements, which are never all equal by chance.
  private func isLeftBehind(
    _ samples: [Double], _ metric: PackageBenchMetric, of count: Int64?
  ) -> Bool {
    guard latest[metric.description] == samples else { return false }
    let isOther = count.map { $0 != samples.count } ?? false
    return isOther || metric.kind == .time && samples.count > 2
  }

  private func samples(of metric: JSONNode) throws(InputError) -> [Double] {
    var samples: [Double] = []
    for list in try metric.member("rawData").elements() { samples += try list.amounts() }
    return samples
  }

  private mutating func add(
    _ samples: [Double], _ node: JSONNode, to benchmark: Benchmark, _ metric: PackageBenchMetric
  ) throws(InputError) {
    let unit = try node.member("scoreUnit")
    guard let scale = PackageBenchScale(try unit.string(), of: metric) else {
      throw unit.error("'\(try unit.string())' is no unit of '\(metric.description)'")
    }
    try builder.add(samples, to: benchmark, metric, scale, at: node.place)
  }
}
