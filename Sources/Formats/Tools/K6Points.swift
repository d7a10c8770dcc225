import Measurements

extension Format {
  /// Every point of `k6 run --out json`, one JSON value per line.
  package static let k6Points = Format(
    name: "k6-points", summary: "every point of `k6 run --out json`",
    carries: .samples,
    recognizes: {
      $0.outline?.has("type", "metric", "data.time", "data.value", "data.tags") ?? false
    },
    read: readK6Points)
}

/// Reads all points. A test is one process, so it is one round of each trend and its tags.
///
/// Points of trends are kept, such as times of requests. Counters, rates and gauges of single
/// moments are left to k6's summary. Points of failed requests are skipped.
@Sendable
private func readK6Points(_ input: Input) throws(InputError) -> ParsedResults {
  var points = K6PointReader(input)
  for line in try input.filledLines() { try points.read(line) }
  return try points.reading()
}

/// Reads one line at a time, because these files are large.
private struct K6PointReader {
  private var builder: ResultBuilder
  private var declared: [String: Declaration] = [:]
  private var series: [Series] = []
  private var places: [Key: Int] = [:]

  private struct Declaration {
    let kind: K6Metric.Kind?
    let contains: String
  }

  private struct Key: Hashable {
    let metric: String
    let tags: [String: String]
  }

  private struct Series {
    let key: Key
    let first: ResultBuilder.Place
    var samples: [Double] = []
  }

  /// The tags that become labels. A tag for the address would make a benchmark of each address; k6
  /// has the tag `name` to group them.
  private static let labels: Set = ["group", "method", "name", "scenario"]

  init(_ input: Input) {
    builder = ResultBuilder(input, as: "k6-points")
  }

  mutating func read(_ line: Line) throws(InputError) {
    let place = ResultBuilder.Place.line(line)
    guard let node = try? builder.input.jsonNode(on: line),
      let type = try? node.member("type").string(),
      let metric = try? node.member("metric").string(),
      let data = node["data"]
    else { return try builder.reject("neither a metric nor a point of k6", at: place) }
    switch type {
    case "Metric":
      declared[metric] = Declaration(
        kind: (try? data["type"]?.string()).flatMap(K6Metric.Kind.init),
        contains: (try? data["contains"]?.string()) ?? "default")
    case "Point": try add(data, of: metric, at: place)
    default: try builder.reject("unknown type '\(type)'", at: place)
    }
  }

  private mutating func add(
    _ data: JSONNode, of metric: String, at place: ResultBuilder.Place
  ) throws(InputError) {
    guard let declaration = declared[metric], let kind = declaration.kind else {
      return try builder.reject("a point of '\(metric)', which was not declared", at: place)
    }
    guard kind == .trend else { return builder.skip("point of a \(kind)", at: place) }
    guard let value = try? data.member("value").number(),
      declaration.contains != "time" || value >= 0
    else { return try builder.reject("a point without a value that can be", at: place) }
    let tags =
      (try? data["tags"]?.members())?.compactMap { key, node in
        node.label.map { (key, $0) }
      } ?? []
    guard !tags.contains(where: { $0 == ("expected_response", "false") }) else {
      return builder.skip("point of a failed request", at: place)
    }
    let labels = tags.filter { Self.labels.contains($0.0) && !$0.1.isEmpty }
    let key = Key(metric: metric, tags: Dictionary(labels) { first, _ in first })
    let index = places[key] ?? series.count
    if index == series.count {
      places[key] = index
      series.append(Series(key: key, first: place))
    }
    series[index].samples.append(value)
  }

  func reading() throws(InputError) -> ParsedResults {
    var builder = builder
    for series in series {
      let contains = declared[series.key.metric]?.contains
      let unit = contains == "time" ? "ms" : contains == "data" ? "B" : "1"
      try builder.add(
        series.samples, to: Benchmark(name: series.key.metric, labels: series.key.tags),
        Metric.nameOfValue(in: unit), in: unit,
        better: DirectionTable.better(of: series.key.metric, in: unit), at: series.first)
    }
    return builder.reading()
  }
}
