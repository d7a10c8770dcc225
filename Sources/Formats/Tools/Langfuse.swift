import Measurements

extension Format {
  /// Observations that Langfuse exports as JSON or JSONL.
  ///
  /// Fixtures: written by hand after the API of Langfuse.
  package static let langfuse = Format(
    name: "langfuse", summary: "observations that Langfuse exports, JSON",
    carries: .rounds, of: .modelCalls, recognizes: recognizesLangfuse, read: readLangfuse)
}

@Sendable
private func recognizesLangfuse(_ input: Input) -> Bool {
  guard let outline = input.outline else { return false }
  return ["", "[].", "data[].", "observations[]."].contains { place in
    outline.has(place + "traceId", place + "type")
      && (outline.has(place + "usageDetails") || outline.has(place + "parentObservationId"))
  }
}

@Sendable
private func readLangfuse(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "langfuse")
  var observations = Observations()
  try builder.eachDocument { (builder, document) throws(InputError) in
    try observations.read(document, traceName: nil, &builder)
  }
  try observations.add(to: &builder)
  return builder.reading()
}

/// The generations and other observations of traces. Each trace is a launch, called as the trace.
private struct Observations {
  private var calls: [(call: ModelCall, trace: String?)] = []
  private var tools: [(node: JSONNode, trace: String?)] = []
  /// The times of the outermost observations, which have no parent.
  private var roots: [(name: String, trace: String?, node: JSONNode)] = []
  private var failures: [(call: ModelCall, trace: String?, reason: String)] = []
  private var names: [String: String] = [:]
  private var seen: Set<String> = []

  mutating func read(
    _ node: JSONNode, traceName: String?, _ builder: inout ResultBuilder
  ) throws(InputError) {
    if case .array = node.value {
      for element in try node.elements() {
        try builder.attempt { (builder) throws(InputError) in
          try read(element, traceName: traceName, &builder)
        }
      }
    } else if let inner = node["data"] ?? node["observations"] {
      try read(inner, traceName: node["name"]?.label, &builder)
    } else {
      try add(node, traceName, &builder)
    }
  }

  private mutating func add(
    _ node: JSONNode, _ traceName: String?, _ builder: inout ResultBuilder
  ) throws(InputError) {
    let place = node.place
    if let id = node["id"]?.label, !seen.insert(id).inserted {
      return builder.skip("observation that is there already", at: place)
    }
    let trace = node["traceId"]?.label
    let isRoot = node["parentObservationId"]?.label ?? "" == ""
    let name = node["traceName"]?.label ?? traceName ?? (isRoot ? node["name"]?.label : nil)
    if let trace, let name { names[trace] = name }
    if isRoot { roots.append((name ?? "chat", trace, node)) }
    switch node["type"]?.label {
    case "GENERATION", "EMBEDDING":
      var call = ModelCall(
        model: (node["model"] ?? node["providedModelName"])?.label, provider: nil, usage: nil,
        at: place)
      guard node["level"]?.label != "ERROR" else {
        return failures.append((call, trace, node["statusMessage"]?.label ?? "level ERROR"))
      }
      call.usage = try node.usageDetails().map { (details) throws(InputError) in
        try TokenUsage(langfuse: details)
      }
      let details = try node["costDetails"]?.decoded()
      call.reportedCost = try
        (details?["total"] ?? node["totalCost"] ?? node["calculatedTotalCost"])?.number()
      call.duration = try node.latency()
      calls.append((call, trace))
    case "TOOL": tools.append((node, trace))
    default:
      builder.skip("observation of another kind (\(node["type"]?.label ?? "no type"))", at: place)
    }
  }

  /// Adds all calls, under the names of their traces.
  func add(to builder: inout ResultBuilder) throws(InputError) {
    for (call, trace, reason) in failures {
      builder.fail(named(call, trace, builder).benchmark, reason)
    }
    let named = calls.map { self.named($0.call, $0.trace, builder) }
    if builder.input.sumsCalls {
      for tool in tools {
        try builder.add(
          [1], to: benchmark(of: tool.trace), "tool_calls", in: "1",
          better: .cost(by: "usage"), at: tool.node.place)
      }
      for root in roots {
        guard let time = try root.node.latency() else { continue }
        try builder.add(
          [time], to: benchmark(of: root.trace), "wall_time", in: "ns", better: .cost(by: "usage"),
          at: root.node.place)
      }
    }
    try builder.add(named)
  }

  private func benchmark(of trace: String?) -> Benchmark {
    Benchmark(
      name: trace.flatMap { names[$0] } ?? "chat",
      labels: trace.map { [Benchmark.launchLabel: $0] } ?? [:])
  }

  private func named(_ call: ModelCall, _ trace: String?, _ builder: ResultBuilder) -> ModelCall {
    var labels = call.benchmark.labels
    if builder.input.sumsCalls { labels[Benchmark.launchLabel] = trace }
    var call = call
    call.benchmark = Benchmark(name: trace.flatMap { names[$0] } ?? "chat", labels: labels)
    return call
  }
}

extension JSONNode {
  fileprivate func usageDetails() throws(InputError) -> JSONNode? {
    guard let details = try self["usageDetails"]?.decoded(), try !details.members().isEmpty
    else { return nil }
    return details
  }

  /// The duration in nanoseconds, from `latency` in seconds or from start and end.
  fileprivate func latency() throws(InputError) -> Double? {
    if let latency = self["latency"] { return try latency.amount() * 1e9 }
    return try duration(from: "startTime", to: "endTime")
  }
}

extension TokenUsage {
  /// Reads the usage. Langfuse takes the parts out of the whole: `input` is without what its kinds
  /// count, such as `input_cached_tokens`, and `output` is without `output_reasoning_tokens`.
  fileprivate init(langfuse details: JSONNode) throws(InputError) {
    var sums: [String: Double] = [:]
    for (key, node) in try details.members() where key != "total" {
      let tokens = try node.tokens()
      let kind =
        switch key {
        case _ where key.contains("cache") && (key.contains("creat") || key.contains("writ")):
          "write"
        case _ where key.contains("cache"): "read"
        case _ where key.contains("reasoning") || key.contains("thought"): "reasoning"
        case _ where key.hasPrefix("output") || key.hasPrefix("completion"): "output"
        default: "input"
        }
      sums[kind, default: 0] += tokens
    }
    let reasoning = sums["reasoning"]
    self.init(
      input: sums["input"] ?? 0, cacheRead: sums["read"], cacheWrite: sums["write"],
      output: sums["output"].map { $0 + (reasoning ?? 0) } ?? reasoning, reasoning: reasoning)
  }
}
