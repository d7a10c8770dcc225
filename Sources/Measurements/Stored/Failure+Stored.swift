extension Failure {
  /// Reads the stored form; a failure of no particular benchmark names none.
  init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    var labels: [String: String] = [:]
    var reason = ""
    try reader.object { (reader, key) throws(JSONError) in
      switch key {
      case "benchmark":
        name = try reader.optional { (reader) throws(JSONError) in try reader.string() }
      case "labels": labels = try reader.strings()
      case "reason": reason = try reader.string()
      default: try reader.skip()
      }
    }
    self.init(name.map { Benchmark(name: $0, labels: labels) }, reason: reason)
  }
}

extension Failure {
  var json: JSONValue {
    .members([
      "benchmark": benchmark.map { .string($0.name) },
      "labels": benchmark.map { .strings($0.labels) },
      "reason": .string(reason),
    ])
  }
}
