import Measurements

/// The data points of histograms of calls. The mean of each is kept, as a summary, because the
/// calls themselves are not in it; or the sum, where the calls of a launch are summed.
struct GenAIPoints {
  private var points: [Point] = []
  /// The indices of cumulative points. A later export has the same points again, with more calls.
  private var growing: [Key: Int] = [:]

  private struct Point {
    let call: ModelCall
    let metric: String
    let unit: String
    let sum: Double
    let count: Double
    let place: ResultBuilder.Place

    /// Adds the mean, or what it adds to a launch. The mean time to the first chunk of a launch
    /// cannot be summed.
    func add(to builder: inout ResultBuilder) throws(InputError) {
      let isSummed = builder.input.sumsCalls
      if isSummed, metric == "time_to_first_chunk" { return }
      try builder.add(
        [isSummed ? sum : sum / count], to: call.benchmark,
        isSummed && metric == "wall_time" ? "model_time" : metric, in: unit,
        better: .cost(by: "usage"), isSummary: !isSummed, at: place)
    }
  }

  private struct Key: Hashable {
    let metric: String
    let attributes: String
    let start: String
  }

  /// Reads the points of a metric.
  ///
  /// - Throws: ``InputError`` if a metric of calls is no histogram, or is not understood.
  mutating func read(
    _ metric: JSONNode, _ builder: inout ResultBuilder
  ) throws(InputError) {
    let name = try metric.member("name").string()
    guard name.hasPrefix("gen_ai.") else {
      return builder.skip("metric of something else", at: metric.place)
    }
    guard let histogram = metric["histogram"] ?? metric["exponentialHistogram"] else {
      throw metric.error("'\(name)' is no histogram")
    }
    let grows = ["2", "AGGREGATION_TEMPORALITY_CUMULATIVE"]
      .contains(histogram["aggregationTemporality"]?.label)
    for point in try histogram.member("dataPoints").elements() {
      let place = point.place
      let attributes = try GenAIAttributes(of: point)
      let count = try point.member("count").wholeNumber()
      guard count > 0 else {
        builder.skip("data point of no call", at: place)
        continue
      }
      let call = attributes.call(at: place)
      if let error = attributes.errorType {
        builder.fail(call.benchmark, "\(count) calls: \(error)")
        continue
      }
      let new = Point(
        call: call, metric: try Self.name(of: name, attributes, point),
        unit: Self.unit(metric["unit"]?.label ?? "1"),
        sum: try point.member("sum").number(), count: Double(count), place: place)
      let key = Key(
        metric: name, attributes: attributes.text, start: point["startTimeUnixNano"]?.label ?? "")
      if grows, let old = growing[key] {
        builder.skip("data point that a later one includes", at: points[old].place)
        points[old] = new
      } else {
        if grows { growing[key] = points.count }
        points.append(new)
      }
    }
  }

  /// Adds the means, except for benchmarks whose calls are known one by one.
  ///
  /// The input includes the cache here, as the conventions require, and no value tells how much.
  func add(to builder: inout ResultBuilder, besides known: Set<Benchmark>) throws(InputError) {
    for point in points {
      let benchmark = point.call.benchmark
      guard !known.contains(benchmark) else {
        builder.skip("histogram of calls that have spans", at: point.place)
        continue
      }
      try point.add(to: &builder)
      guard point.metric == "wall_time" else { continue }
      try builder.add(
        [point.count], to: benchmark, "requests", in: "1", better: .cost(by: "usage"),
        isSummary: true, at: point.place)
    }
    if let first = points.first(where: { $0.metric == "input_tokens" }) {
      builder.warn(
        "input tokens of a histogram include those from a cache, and so may their cost",
        at: first.place)
    }
  }

  private static func name(
    of metric: String, _ attributes: GenAIAttributes, _ point: JSONNode
  ) throws(InputError) -> String {
    switch metric {
    case "gen_ai.client.operation.duration": return "wall_time"
    case "gen_ai.client.operation.time_to_first_chunk": return "time_to_first_chunk"
    case "gen_ai.client.token.usage":
      guard let type = attributes["token.type"]?.label else {
        throw point.error("tokens without their type", hint: "`gen_ai.token.type` is missing")
      }
      switch type {
      case "input": return "input_tokens"
      case "output", "completion": return "output_tokens"
      default: return "\(metric) \(type)"
      }
    default: return metric
    }
  }

  /// The unit of a metric. `{token}` is an annotation of a plain number.
  private static func unit(_ symbol: String) -> String {
    symbol.hasPrefix("{") || symbol.isEmpty ? "1" : symbol
  }
}
