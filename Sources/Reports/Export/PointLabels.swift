import Measurements

/// The labels of a point in a time-series store.
package enum PointLabels {
  /// The names that every point has.
  static let common = ["benchmark", "metric", "unit", "suite", "machine", "branch"]
  /// Names that a label of a benchmark cannot have, because fields or the store itself use them.
  private static let reserved = [
    "round", "time", "run", "commit", "median", "min", "max", "rounds", "value",
  ]

  /// The name with an underscore for each byte that a store does not take in a name.
  package static func clean(_ name: String) -> String {
    let bytes = name.utf8.map { byte in
      byte.isDigit || byte == UInt8(ascii: "_")
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        ? byte : UInt8(ascii: "_")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.isEmpty || text.utf8.first?.isDigit == true ? "_\(text)" : text
  }

  /// Two labels that would have one name.
  package struct Collision: Error, Hashable {
    package let first: String
    package let second: String
    package let name: String
    /// True if the second is a name that every point has.
    package let isReserved: Bool
  }

  /// - Throws: ``Collision`` if two of the labels would have one name.
  package static func check(_ names: some Sequence<String>) throws(Collision) {
    var known: [String: String] = [:]
    for name in Set(names).sorted() {
      let cleaned = clean(name)
      if common.contains(cleaned) || reserved.contains(cleaned) || cleaned.hasPrefix("__") {
        throw Collision(first: name, second: cleaned, name: cleaned, isReserved: true)
      }
      if let other = known[cleaned] {
        throw Collision(first: other, second: name, name: cleaned, isReserved: false)
      }
      known[cleaned] = name
    }
  }

  /// The labels of a series, by their names; a store has no empty values.
  static func pairs(of benchmark: Benchmark, _ metric: Metric) -> [(name: String, value: String)] {
    let own = benchmark.labels.map { (name: clean($0.key), value: $0.value) }
    let all =
      [("benchmark", benchmark.name), ("metric", metric.name), ("unit", metric.unit.symbol)] + own
    return all.filter { !$0.value.isEmpty }.sorted { $0.name < $1.name }
  }

  static func pairs(of home: ExportedRun.Home) -> [(name: String, value: String)] {
    [("suite", home.suite), ("machine", home.machine ?? ""), ("branch", home.branch ?? "")]
      .filter { !$0.1.isEmpty }
  }
}
