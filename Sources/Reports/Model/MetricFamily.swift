/// The gauges of one name as OpenMetrics writes them: first their description, then their samples.
struct MetricFamily {
  let name: String
  /// The unit, which must also be the end of the name.
  let unit: String?
  let help: String
  let samples: [MetricSample]

  init(_ name: String, unit: String? = nil, _ help: String, _ samples: [MetricSample]) {
    self.name = name
    self.unit = unit
    self.help = help
    self.samples = samples
  }

  /// The lines of the family; empty if there are no samples.
  var text: String {
    guard !samples.isEmpty else { return "" }
    let unit = unit.map { "# UNIT \(name) \($0)\n" } ?? ""
    return "# TYPE \(name) gauge\n\(unit)# HELP \(name) \(help)\n"
      + samples.map { "\(name)\($0.text)\n" }.joined()
  }
}

struct MetricSample {
  let labels: MetricLabels
  let value: Double

  init(_ labels: MetricLabels, _ value: Double) {
    self.labels = labels
    self.value = value
  }

  fileprivate var text: String { "{\(labels.text)} \(value.plain)" }
}

/// The labels that tell the samples of a family apart, as they are written between the braces.
struct MetricLabels: ExpressibleByDictionaryLiteral {
  fileprivate let text: String

  init(dictionaryLiteral pairs: (String, String)...) {
    text = pairs.map(Self.pair).joined(separator: ",")
  }

  private init(text: String) { self.text = text }

  func with(_ name: String, _ value: String) -> MetricLabels {
    MetricLabels(text: "\(text),\(Self.pair(name, value))")
  }

  /// Returns a label and its value. Only some of the characters that need escaping can occur: a
  /// value is on one line.
  private static func pair(_ name: String, _ value: String) -> String {
    let escaped = value.escaping { $0 == "\\" || $0 == "\"" ? "\\\($0)" : nil }
    return "\(name)=\"\(escaped)\""
  }
}
