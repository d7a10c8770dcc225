import Measurements

/// The endings of file names that package-benchmark uses for a single benchmark.
private let samplesEnding = ".histogram.samples.tsv"
private let thresholdsEnding = ".p90.json"

extension Input {
  /// True for `histogramSamples`: a line with metric and unit, followed by lines with one whole
  /// number each.
  var isPackageBenchSamples: Bool {
    guard outline == nil, let text = file?.text else { return false }
    var lines = Lines(text: text)
    guard let head = lines.next(), let first = lines.next(), Int(first.text) != nil else {
      return false
    }
    return SamplesHead(head.text)?.isKnown ?? false || fileName.hasSuffix(samplesEnding)
  }

  /// True for `metricP90AbsoluteThresholds`: a flat object whose keys are metrics. At least one key
  /// must be a name that only package-benchmark uses, unless the file has its ending.
  var isPackageBenchThresholds: Bool {
    guard let outline, outline.second == nil else { return false }
    let metrics = outline.keys.filter { !Self.isPart($0) }.map(PackageBenchMetric.called)
    if fileName.hasSuffix(thresholdsEnding) { return metrics.contains { $0 != nil } }
    return metrics.allSatisfy { $0 != nil } && metrics.contains { $0?.isUnmistakable ?? false }
  }

  /// True for a key below a metric whose threshold is a range.
  private static func isPart(_ key: String) -> Bool {
    key.contains(".relative") || key.contains(".range")
  }

  private var fileName: String { String(name.split(separator: "/").last ?? "") }

  /// The benchmark, as `<target>.<benchmark>`. Only the name of the file tells it.
  fileprivate func benchmarkOfFile(
    before ending: String, metric: PackageBenchMetric?
  ) throws(InputError) -> Benchmark {
    guard fileName.hasSuffix(ending) else {
      guard origin != nil, let name = fileName.split(separator: ".").first else {
        throw error(
          "says nowhere which benchmark it is of",
          hint: "name the file as package-benchmark wrote it: its name says that")
      }
      return Benchmark(name: String(name))
    }
    var name = fileName.dropLast(ending.count)
    guard let metric else { return Benchmark(name: String(name)) }
    // The benchmark's name is between the baseline and the metric.
    if let dot = name.firstIndex(of: ".") { name = name[name.index(after: dot)...] }
    let raw = "." + metric.raw.replacing("/", with: "_").replacing(" ", with: "_")
    if name.hasSuffix(raw) { name = name.dropLast(raw.count) }
    return Benchmark(name: String(name))
  }
}

/// The first line of samples, such as `Time (wall clock) (μs)`.
private struct SamplesHead {
  let metric: PackageBenchMetric
  /// The unit without its parentheses; empty for a count.
  let unit: String
  /// True if the metric is one of package-benchmark's own.
  let isKnown: Bool

  init?(_ line: Substring) {
    let known = PackageBenchMetric.all.filter {
      line.hasPrefix($0.description + " ") || line == $0.description
    }
    let end = line.hasSuffix(")") ? line.lastIndex(of: "(") : nil
    if let metric = known.max(by: { $0.description.count < $1.description.count }) {
      let rest = String(line.dropFirst(metric.description.count)).trimmed
      guard rest.isEmpty || rest.hasPrefix("(") && rest.hasSuffix(")") else { return nil }
      self.metric = metric
      unit = String(rest.dropFirst().dropLast())
      isKnown = true
    } else if let end, let open = line[..<end].last, open == " " {
      metric = .custom(String(line[..<end]).trimmed)
      unit = String(line[line.index(after: end)...].dropLast())
      isKnown = false
    } else {
      metric = .custom(String(line).trimmed)
      unit = ""
      isKnown = false
    }
  }
}

func readPackageBenchSamples(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "package-bench")
  var lines = try input.lines()
  guard let first = lines.next(), let head = SamplesHead(first.text),
    let scale = PackageBenchScale(head.unit, of: head.metric)
  else {
    throw input.error("the first line is not a metric and its unit", line: 1)
  }
  let benchmark = try input.benchmarkOfFile(before: samplesEnding, metric: head.metric)
  var samples: [Double] = []
  while let line = lines.next() {
    if let sample = Int64(line.text), sample >= 0 {
      samples.append(Double(sample))
    } else if !line.text.isEmpty {
      try builder.reject("not a whole number", at: .line(line))
    }
  }
  try builder.add(samples, to: benchmark, head.metric, scale, at: .line(first))
  builder.noteQuantised()
  if !scale.isWhole {
    builder.parseNote("what is below one \(head.unit) was cut off", at: .line(first))
  }
  return builder.reading()
}

/// Reads the thresholds: the ninetieth percentile of each metric, in its raw unit.
func readPackageBenchThresholds(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "package-bench")
  let benchmark = try input.benchmarkOfFile(before: thresholdsEnding, metric: nil)
  for (raw, node) in try input.jsonNode().members() {
    if case .object = node.value {
      builder.skip("threshold that is a range, not a number", at: node.place)
      continue
    }
    let metric = PackageBenchMetric.called(raw) ?? .custom(raw)
    try builder.add(
      [node.amount()], to: benchmark, metric.name, in: metric.unit,
      isExact: metric.kind == .exactCount, isSummary: true, at: node.place)
  }
  return builder.reading()
}
