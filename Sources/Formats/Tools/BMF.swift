import Measurements

extension Format {
  /// Bencher Metric Format, the JSON of Bencher, https://bencher.dev.
  package static let bmf = Format(
    name: "bmf", summary: "Bencher Metric Format, JSON",
    carries: .summary, recognizes: recognizesBMF, read: readBMF)
}

/// True if the JSON has benchmarks, each with measures, each with a `value`. All keys but the
/// innermost are data.
@Sendable
private func recognizesBMF(_ input: Input) -> Bool {
  guard let outline = input.outline, outline.second == nil,
    outline.keys.contains(where: { $0.hasSuffix(".value") }),
    !outline.keys.contains(where: { $0.contains("[]") }), let root = try? input.jsonNode(),
    let benchmarks = try? root.members()
  else { return false }
  return benchmarks.allSatisfy { benchmark in
    guard let measures = try? benchmark.node.members(), !measures.isEmpty else { return false }
    return measures.allSatisfy { measure in
      guard let values = try? measure.node.members() else { return false }
      return values.contains { $0.key == "value" }
        && values.allSatisfy { ["value", "lower_value", "upper_value"].contains($0.key) }
    }
  }
}

@Sendable
private func readBMF(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "bmf")
  for (key, node) in try input.jsonNode().members() {
    let benchmark = Benchmark(name: builder.name(of: key, at: node.place))
    for (slug, values) in try node.members() {
      let measure = BMFMeasure(slug: slug)
      let value = try values.member("value")
      let number = try measure.isBuiltIn ? value.amount() : value.number()
      guard try builder.isFirst(benchmark, measure.metric, at: values.place) else { continue }
      try builder.add(
        [number], to: benchmark, measure.metric, in: measure.unit,
        isSummary: true, at: value.place)
    }
  }
  return builder.reading()
}

extension ResultBuilder {
  /// The name without the suffix by which Bencher raises no alert. The suffix is no part of the
  /// name in Bencher either.
  fileprivate mutating func name(of key: String, at place: Place) -> String {
    let ending = "-bencher-ignore"
    guard key.hasSuffix(ending) else { return key }
    parseNote("'\(ending)' is no part of the name", at: place)
    return String(key.dropLast(ending.count))
  }
}

/// A measure of Bencher. A built-in one has a unit; any other is a plain number.
private struct BMFMeasure {
  let metric: String
  let unit: String
  /// True for a measure that Bencher defines. Such a measure is never negative, and lower is better
  /// unless it is a rate.
  let isBuiltIn: Bool

  /// Finds the measure.
  ///
  /// - Parameter slug: A slug, or a name such as `Build Time`, which Bencher turns
  ///   into `build-time`.
  init(slug: String) {
    let builtIn = Self.builtIn[slug.lowercased().split(separator: " ").joined(separator: "-")]
    metric = builtIn?.metric ?? slug
    unit = builtIn?.unit ?? "1"
    isBuiltIn = builtIn != nil
  }

  private static let builtIn: [String: (metric: String, unit: String)] = [
    "latency": ("wall_time", "ns"), "throughput": ("operations", "1/s"),
    "build-time": ("build-time", "s"), "file-size": ("file-size", "B"),
    "instructions": ("instructions", "1"),
  ]
}
