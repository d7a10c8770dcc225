extension Series: Codable {
  private enum Key: String, CodingKey {
    case benchmark, labels, metric, unit, better, exact, rounds, source
  }

  /// Reads the stored form; `labels`, `exact` and `source` may be absent.
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    benchmark = Benchmark(
      name: try fields.decode(String.self, forKey: .benchmark),
      labels: try fields.decodeIfPresent([String: String].self, forKey: .labels) ?? [:])
    metric = Metric(
      try fields.decode(String.self, forKey: .metric),
      try fields.decode(Unit.self, forKey: .unit),
      better: try fields.decode(Direction.self, forKey: .better),
      exact: try fields.decodeIfPresent(Bool.self, forKey: .exact) ?? false)
    rounds = try Self.rounds(from: fields.nestedUnkeyedContainer(forKey: .rounds))
    source = try fields.decodeIfPresent(String.self, forKey: .source) ?? ""
  }

  /// Walks the nested arrays itself: `decode([[Double]].self)` takes twice as long.
  private static func rounds(from container: any UnkeyedDecodingContainer) throws -> [Round] {
    var outer = container
    var rounds: [Round] = []
    rounds.reserveCapacity(outer.count ?? 0)
    while !outer.isAtEnd {
      var inner = try outer.nestedUnkeyedContainer()
      var samples: [Double] = []
      while !inner.isAtEnd { samples.append(try inner.decode(Double.self)) }
      do {
        rounds.append(try Round(samples))
      } catch {
        throw DecodingError.dataCorrupted(
          .init(codingPath: inner.codingPath, debugDescription: "\(error)"))
      }
    }
    guard !rounds.isEmpty else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: outer.codingPath, debugDescription: "a series without rounds"))
    }
    return rounds
  }

  package func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(benchmark.name, forKey: .benchmark)
    try fields.encode(benchmark.labels, forKey: .labels)
    try fields.encode(metric.name, forKey: .metric)
    try fields.encode(metric.unit, forKey: .unit)
    try fields.encode(metric.better, forKey: .better)
    if metric.exact { try fields.encode(true, forKey: .exact) }
    try fields.encode(rounds.map(\.samples), forKey: .rounds)
    try fields.encode(source, forKey: .source)
  }
}
