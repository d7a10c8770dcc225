extension Series {
  /// Reads the stored form. `labels`, `exact`, `guessed`, `outcome`, `summary`, `source`, `original`
  /// and `definition` may be absent. For a definition, only the digest is stored here.
  init(from reader: inout JSONReader) throws(JSONError) {
    var name: String?
    var labels: [String: String] = [:]
    var metric: String?
    var unit: String?
    var better: Direction?
    var exact = false
    var isGuessed = false
    var isOutcome = false
    var summary = false
    var rounds: [Round]?
    var source = ""
    var original: String?
    var definition: String?
    try reader.object { (reader, key) throws(JSONError) in
      switch key {
      case "benchmark": name = try reader.string()
      case "labels": labels = try reader.strings()
      case "metric": metric = try reader.string()
      case "unit": unit = try reader.string()
      case "better": better = try Direction(from: &reader)
      case "exact": exact = try reader.bool()
      case "guessed": isGuessed = try reader.bool()
      case "outcome": isOutcome = try reader.bool()
      case "summary": summary = try reader.bool()
      case "rounds": rounds = try Self.rounds(from: &reader)
      case "source": source = try reader.string()
      case "original": original = try reader.string()
      case "definition": definition = try reader.string()
      default: try reader.skip()
      }
    }
    let end = reader.position
    self.init(
      benchmark: Benchmark(name: try name.required("benchmark", at: end), labels: labels),
      metric: Metric(
        try metric.required("metric", at: end), Unit(try unit.required("unit", at: end)),
        better: try better.required("better", at: end), exact: exact,
        isGuessed: isGuessed, isOutcome: isOutcome),
      rounds: try rounds.required("rounds", at: end), source: source, isSummary: summary,
      original: original, definition: definition.map { Definition(digest: $0, text: "") })
  }

  /// Reads a series if its benchmark is one of the given names. For any other benchmark the numbers
  /// are skipped and the result is nil.
  static func named(
    _ names: NameFilter, from reader: inout JSONReader
  ) throws(JSONError) -> Series? {
    if let name = reader.canonicalName, !names.contains(ascii: name) {
      try reader.skip()
      return nil
    }
    var start = reader
    var isWanted = false
    try reader.object { (reader, key) throws(JSONError) in
      if key == "benchmark" {
        isWanted = names.contains(try reader.string())
      } else {
        try reader.skip()
      }
    }
    return isWanted ? try Series(from: &start) : nil
  }

  private static func rounds(from reader: inout JSONReader) throws(JSONError) -> [Round] {
    var rounds: [Round] = []
    try reader.array { (reader) throws(JSONError) in
      let samples = try reader.numbers()
      do {
        rounds.append(try Round(samples))
      } catch {
        throw reader.error("\(error)")
      }
    }
    guard !rounds.isEmpty else { throw reader.error("a series without rounds") }
    return rounds
  }
}

extension JSONReader {
  /// The name of the benchmark, if the next series begins with it, as stored ones do, and if it is
  /// ASCII without escapes; nil if the series must be read to know the name.
  fileprivate var canonicalName: ArraySlice<UInt8>? {
    let start = position + Self.head.count
    guard start < bytes.count else { return nil }
    for (offset, byte) in Self.head.enumerated() where bytes[position + offset] != byte {
      return nil
    }
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
      if bytes[end] == UInt8(ascii: "\\") || bytes[end] >= 0x80 { return nil }
      end += 1
    }
    return bytes[start..<end]
  }

  private static let head = Array("{\"benchmark\":\"".utf8)
}

extension Direction {
  fileprivate init(from reader: inout JSONReader) throws(JSONError) {
    let text = try reader.string()
    guard let direction = Direction(rawValue: text) else {
      throw reader.error("'\(text)' is neither lower nor higher")
    }
    self = direction
  }
}

extension Optional {
  /// Requires a member.
  ///
  /// - Throws: ``JSONError`` if the member is missing.
  func required(_ key: String, at position: Int) throws(JSONError) -> Wrapped {
    guard let self else { throw JSONError.missing(key, at: position) }
    return self
  }
}

extension Series {
  package var json: JSONValue {
    .members([
      "benchmark": .string(benchmark.name), "labels": .strings(benchmark.labels),
      "metric": .string(metric.name), "unit": .string(metric.unit.symbol),
      "better": .string(metric.better.rawValue),
      "guessed": metric.isGuessed ? .bool(true) : nil,
      "outcome": metric.isOutcome ? .bool(true) : nil,
      "exact": metric.exact ? .bool(true) : nil, "summary": isSummary ? .bool(true) : nil,
      "rounds": .array(rounds.map { .array($0.samples.map(JSONValue.number)) }),
      "source": .string(source), "original": original.map(JSONValue.string),
      "definition": definition.map { .string($0.digest) },
    ])
  }
}
