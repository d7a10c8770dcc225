import Measurements

extension Format {
  /// Summaries of k6 as JSON.
  ///
  /// Fixtures: the data of `handleSummary` from the tests of https://github.com/grafana/k6, and
  /// version 1.0.0 of the machine-readable form of k6 2.0.0.
  package static let k6 = Format(
    name: "k6", summary: "summary of k6 as JSON",
    carries: .summary, recognizes: recognizesK6, read: readK6)
}

@Sendable
private func recognizesK6(_ input: Input) -> Bool {
  guard let outline = input.outline, outline.second == nil else { return false }
  return outline.has("metrics", "root_group")
    || outline.has("version", "metadata", "results.metrics[].values", "results.metrics[].contains")
}

/// Reads the three forms of a summary: the data of `handleSummary`, the file of `--summary-export`,
/// and the machine-readable form of k6 2.
@Sendable
private func readK6(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "k6")
  let root = try input.jsonNode()
  if let results = root["results"] {
    let seconds = try root["config"]?["duration"]?.number()
    let checks = try results["checks"]?["metrics"]?.elements() ?? []
    for node in try results.member("metrics").elements() + checks {
      let name = try node.member("name").string()
      try builder.add(try K6Metric(name: name, node, seconds: seconds))
    }
  } else {
    for (name, node) in try root.member("metrics").members() {
      try builder.add(try K6Metric(name: name, node, seconds: nil))
    }
  }
  return builder.reading()
}

extension ResultBuilder {
  /// Adds a metric of k6. Each statistic of a trend is a metric with the name that k6 gives it,
  /// such as `p(95)`.
  fileprivate mutating func add(_ metric: K6Metric) throws(InputError) {
    let benchmark = Benchmark(k6: metric.name)
    keep(original: metric.name, of: benchmark)
    for threshold in try metric.brokenThresholds() {
      warn("threshold '\(threshold)' of '\(metric.name)' is broken", at: metric.node.place)
    }
    switch metric.kind {
    case .trend:
      for (key, value) in try metric.values.members() where key != "thresholds" {
        guard key != "count" else {
          skip("count of a trend", at: value.place)
          continue
        }
        let number = try metric.contains == "time" ? value.amount() : value.number()
        try add([number], to: benchmark, key, metric, at: value.place)
      }
    case .counter: try addRate(of: metric, to: benchmark)
    case .rate:
      // `--summary-export` uses the key `value`.
      let rate = try metric.values.member(metric.values["rate"] == nil ? "value" : "rate")
      try add([try rate.number()], to: benchmark, "rate", metric, at: rate.place)
    case .gauge where ["vus", "vus_max"].contains(metric.name):
      skip("number of virtual users", at: metric.node.place)
    case .gauge:
      let value = try metric.values.member("value")
      try add([try value.number()], to: benchmark, "value", metric, at: value.place)
    case nil:
      try reject("a metric of unknown type", at: metric.node.place)
    }
  }

  /// Adds the rate of a counter. Without a rate, the count is divided by the duration, because a
  /// count alone depends on how long the test took.
  private mutating func addRate(of metric: K6Metric, to benchmark: Benchmark) throws(InputError) {
    let count = try metric.values.member("count")
    if let rate = metric.values["rate"] {
      try add([try rate.number()], to: benchmark, "rate", metric, at: rate.place)
    } else if let seconds = metric.seconds, seconds > 0 {
      try add([try count.number() / seconds], to: benchmark, "rate", metric, at: count.place)
    } else {
      skip("total without a duration", at: count.place)
    }
  }

  private mutating func add(
    _ samples: [Double], to benchmark: Benchmark, _ statistic: String, _ metric: K6Metric,
    at place: Place
  ) throws(InputError) {
    try add(
      samples, to: benchmark, statistic, in: metric.unit, better: metric.better, isSummary: true,
      at: place)
  }
}

/// One of the metrics of a summary.
struct K6Metric {
  let name: String
  let node: JSONNode
  let values: JSONNode
  let kind: Kind?
  /// The kind of values: `time` in milliseconds, `data` in bytes, or `default`.
  let contains: String
  /// The duration of the test, if the file has it in the form without rates; else nil.
  let seconds: Double?

  enum Kind: String { case trend, counter, rate, gauge }

  init(name: String, _ node: JSONNode, seconds: Double?) throws(InputError) {
    self.name = name
    self.node = node
    self.seconds = seconds
    values = node["values"] ?? node
    if let type = node["type"] {
      kind = Kind(rawValue: try type.string())
    } else {
      kind = Self.kind(of: node)
    }
    if let contents = node["contains"] {
      contains = try contents.string()
    } else {
      contains = Self.contents(of: name)
    }
  }

  /// The kind of a metric of `--summary-export`, which does not name it. The keys of the values
  /// tell it.
  private static func kind(of node: JSONNode) -> Kind? {
    if node["avg"] != nil || node["med"] != nil || node["p(95)"] != nil { return .trend }
    if node["count"] != nil { return .counter }
    if node["passes"] != nil { return .rate }
    return node["value"] != nil ? .gauge : nil
  }

  /// The kind of values of a metric that k6 defines. For any other metric it is unknown, so values
  /// are plain numbers.
  private static func contents(of name: String) -> String {
    let name = name.prefix { $0 != "{" }
    if name.hasPrefix("data_") { return "data" }
    let times = ["group_duration", "ws_connecting", "ws_session_duration", "ws_ping"]
    let isTime =
      times.contains(String(name)) || name.hasPrefix("http_req_") || name.hasSuffix("_req_duration")
      || name == "iteration_duration"
    return isTime ? "time" : "default"
  }

  var unit: String {
    switch (kind, contains) {
    case (.rate, _): "1"
    case (.counter, "data"): "B/s"
    case (.counter, _): "1/s"
    case (_, "time"): "ms"
    case (_, "data"): "B"
    default: "1"
    }
  }

  /// The better direction. It is known by name for metrics that k6 defines. A counter of a script
  /// may count errors as well as results.
  var better: DirectionSource? {
    let base = String(name.prefix { $0 != "{" })
    switch base {
    case "http_reqs", "iterations", "data_received", "data_sent", "checks", "checks_total",
      "checks_succeeded":
      return DirectionSource(.higher, by: "metric \(base)")
    case "http_req_failed", "checks_failed", "dropped_iterations":
      return DirectionSource(.lower, by: "metric \(base)")
    default: return DirectionTable.better(of: base, in: unit)
    }
  }

  /// The thresholds that failed. In `--summary-export`, `true` means failed, unlike `ok` in the
  /// newer form.
  func brokenThresholds() throws(InputError) -> [String] {
    guard let thresholds = node["thresholds"] else { return [] }
    var broken: [String] = []
    for (expression, state) in try thresholds.members() {
      let isBroken: Bool
      if let ok = state["ok"] { isBroken = try !ok.bool() } else { isBroken = try state.bool() }
      if isBroken { broken.append(expression) }
    }
    return broken
  }
}

extension Benchmark {
  /// Reads a name such as `http_req_duration{expected_response:true}`. The parts in braces
  /// become labels.
  init(k6 text: String) {
    guard let open = text.firstIndex(of: "{"), text.last == "}" else {
      self.init(name: text)
      return
    }
    var labels: [String: String] = [:]
    for tag in text[text.index(after: open)...].dropLast().split(separator: ",") {
      guard let colon = tag.firstIndex(of: ":") else {
        self.init(name: text)
        return
      }
      labels[String(tag[..<colon]).trimmed] = String(tag[tag.index(after: colon)...]).trimmed
    }
    self.init(name: String(text[..<open]), labels: labels)
  }
}
