import Measurements

extension Format {
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

/// The three forms of a summary: what `handleSummary` gets, what `--summary-export` writes, and the
/// machine-readable one of version 2.
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
  /// Each statistic of a trend is a metric by the name that k6 gives it, `p(95)`.
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
      // `--summary-export` calls it so.
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

  /// A count alone says how long the test took, so it is divided by that.
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
  /// `time` in milliseconds, `data` in bytes, or `default`.
  let contains: String
  /// How long the test took, where the file says so in the form that has no rates.
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

  /// What `--summary-export` does not say can be told from the values that are there.
  private static func kind(of node: JSONNode) -> Kind? {
    if node["avg"] != nil || node["med"] != nil || node["p(95)"] != nil { return .trend }
    if node["count"] != nil { return .counter }
    if node["passes"] != nil { return .rate }
    return node["value"] != nil ? .gauge : nil
  }

  /// Of the metrics that k6 has itself; for any other it is unknown, and so a plain number.
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

  /// By name for what k6 counts itself; what a script counts may be errors as well as results.
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

  /// Of `--summary-export`, `true` is a broken one, unlike `ok` in the newer form.
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
  /// `http_req_duration{expected_response:true}`: what stands in braces are labels.
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
