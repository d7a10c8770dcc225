import Measurements

extension Format {
  /// Logs of LiteLLM: rows of its spend logs, and payloads of its loggers.
  ///
  /// Fixtures: written by hand after LiteLLM's `SpendLogsPayload` and `StandardLoggingPayload`.
  package static let liteLLM = Format(
    name: "litellm", summary: "spend logs and logged calls of LiteLLM, JSON",
    carries: .rounds, of: .modelCalls, recognizes: recognizesLiteLLM, read: readLiteLLM)
}

@Sendable
private func recognizesLiteLLM(_ input: Input) -> Bool {
  guard let outline = input.outline else { return false }
  return ["", "[].", "data[]."].contains { place in
    outline.has(place + "call_type", place + "prompt_tokens", place + "model")
      && (outline.has(place + "spend") || outline.has(place + "response_cost"))
  }
}

@Sendable
private func readLiteLLM(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "litellm")
  var log = LiteLLMLog()
  try builder.eachDocument { (builder, document) throws(InputError) in
    try log.read(document, &builder)
  }
  try builder.add(log.calls)
  return builder.reading()
}

/// The calls of a log. The calls of one session are one launch; a log without sessions is one launch
/// as a whole.
private struct LiteLLMLog {
  private(set) var calls: [ModelCall] = []
  private var seen: Set<String> = []

  mutating func read(
    _ node: JSONNode, _ builder: inout ResultBuilder
  ) throws(InputError) {
    if case .array = node.value {
      for element in try node.elements() {
        try builder.attempt { (builder) throws(InputError) in try add(element, &builder) }
      }
    } else if let data = node["data"] {
      try read(data, &builder)
    } else {
      try add(node, &builder)
    }
  }

  private mutating func add(
    _ row: JSONNode, _ builder: inout ResultBuilder
  ) throws(InputError) {
    let place = row.place
    if let id = (row["request_id"] ?? row["id"])?.label, !seen.insert(id).inserted {
      return builder.skip("call that is there already", at: place)
    }
    // The cache of LiteLLM itself: nobody was asked.
    guard row["cache_hit"]?.label?.lowercased() != "true" else {
      return builder.skip("answer from LiteLLM's own cache", at: place)
    }
    let session = (row["session_id"] ?? row["trace_id"])?.label
    var labels: [String: String] = [:]
    if builder.input.sumsCalls { labels[Benchmark.launchLabel] = session }
    var call = ModelCall(
      row["call_type"]?.label?.contains("embedding") == true ? "embeddings" : "chat",
      model: try row.member("model").string(), provider: row["custom_llm_provider"]?.label,
      labels: labels, usage: nil, at: place)
    guard row["status"]?.label != "failure" else {
      let error = row["error_information"]?["error_message"]?.label ?? row["error_str"]?.label
      return builder.fail(call.benchmark, error ?? "the call failed")
    }
    call.usage = try TokenUsage(liteLLM: row)
    call.reportedCost = try (row["response_cost"] ?? row["spend"])?.number()
    call.duration = try row.duration(from: "startTime", to: "endTime")
    calls.append(call)
  }
}

extension TokenUsage {
  /// Reads the usage. LiteLLM counts the tokens of the cache as part of `prompt_tokens`, whatever
  /// the provider does.
  fileprivate init(liteLLM row: JSONNode) throws(InputError) {
    let metadata = try row["metadata"]?.decoded()
    let object =
      metadata?["usage_object"] ?? metadata?["additional_usage_values"] ?? row["usage_object"]
    let details = object?["prompt_tokens_details"]
    try self.init(
      all: row.member("prompt_tokens"),
      cacheRead: object?["cache_read_input_tokens"] ?? details?["cached_tokens"],
      cacheWrite: object?["cache_creation_input_tokens"] ?? details?["cache_creation_tokens"],
      output: row["completion_tokens"],
      reasoning: object?["completion_tokens_details"]?["reasoning_tokens"])
  }
}

extension JSONNode {
  /// An object, or one that was written into a string.
  func decoded() throws(InputError) -> JSONNode {
    guard case .string(let text) = value, text.first == "{" else { return self }
    return try input.jsonNode(of: text, on: line ?? 1)
  }

  /// The nanoseconds between two times, which are seconds since 1970 or written as RFC 3339; nil if
  /// one of them is missing.
  func duration(from start: String, to end: String) throws(InputError) -> Double? {
    guard let start = self[start], let last = self[end] else { return nil }
    let seconds = try last.secondsSince1970() - start.secondsSince1970()
    guard seconds >= 0 else { throw last.error("before the start") }
    return (seconds * 1e9).rounded()
  }

  private func secondsSince1970() throws(InputError) -> Double {
    guard case .string(let text) = value else { return try number() }
    guard let time = Timestamp(written: text) else { throw expected("a time") }
    let dot = text.firstIndex(of: ".") ?? text.endIndex
    let fraction = text[dot...].prefix { $0 == "." || $0.isNumber }
    return Double(time.secondsSince1970) + (Double("0\(fraction)") ?? 0)
  }
}
