extension Mark {
  /// Reads the stored form; `against` may be absent.
  init(from reader: inout JSONReader) throws(JSONError) {
    var texts: [String: String] = [:]
    var series: [Series.ID]?
    try reader.object { (reader, key) throws(JSONError) in
      switch key {
      case "tree", "suite", "against":
        texts[key] = try reader.optional { (reader) throws(JSONError) in try reader.string() }
      case "series": series = try reader.list(Series.ID.init)
      default: try reader.skip()
      }
    }
    let end = reader.position
    self.init(
      tree: try texts["tree"].required("tree", at: end),
      suite: try texts["suite"].required("suite", at: end),
      series: try series.required("series", at: end), against: texts["against"])
  }

  var json: JSONValue {
    .members([
      "tree": .string(tree), "suite": .string(suite), "series": .array(series.map(\.json)),
      "against": against.map(JSONValue.string),
    ])
  }
}

extension Series.ID {
  init(from reader: inout JSONReader) throws(JSONError) {
    var texts: [String: String] = [:]
    var labels: [String: String] = [:]
    try reader.object { (reader, key) throws(JSONError) in
      switch key {
      case "benchmark", "metric": texts[key] = try reader.string()
      case "labels": labels = try reader.strings()
      default: try reader.skip()
      }
    }
    let end = reader.position
    self.init(
      benchmark: Benchmark(
        name: try texts["benchmark"].required("benchmark", at: end), labels: labels),
      metric: try texts["metric"].required("metric", at: end))
  }

  fileprivate var json: JSONValue {
    .object([
      "benchmark": .string(benchmark.name), "labels": .strings(benchmark.labels),
      "metric": .string(metric),
    ])
  }
}
