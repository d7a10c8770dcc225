import Measurements

extension Format {
  /// Spans and metrics of OpenTelemetry's conventions for generative AI, as OTLP/JSON.
  ///
  /// Definition: the conventions of semantic-conventions-genai, v0.1.0. Older names of attributes
  /// are also read.
  ///
  /// Fixtures: opentelemetry-sdk 1.45.2 for Python.
  package static let otelGenAI = Format(
    name: "otel-genai", summary: "OpenTelemetry GenAI spans or metrics, OTLP/JSON",
    carries: .rounds, of: .modelCalls, recognizes: recognizesTelemetry, read: readTelemetry)
}

@Sendable
private func recognizesTelemetry(_ input: Input) -> Bool {
  guard let outline = input.outline else { return false }
  let isTelemetry =
    outline.has("resourceSpans[].scopeSpans[].spans[].attributes[].key")
    || outline.has("resourceMetrics[].scopeMetrics[].metrics[].name")
  return isTelemetry && input.mentions("\"gen_ai.")
}

/// Reads the exports that a collector writes into a file: one per line, or a single one.
@Sendable
private func readTelemetry(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "otel-genai")
  var spans = GenAISpans()
  var points = GenAIPoints()
  try builder.eachDocument { (builder, document) throws(InputError) in
    for span in try document.leaves("resourceSpans", "scopeSpans", "spans") {
      try builder.attempt { (builder) throws(InputError) in
        try spans.read(span, &builder)
      }
    }
    for metric in try document.leaves("resourceMetrics", "scopeMetrics", "metrics") {
      try builder.attempt { (builder) throws(InputError) in
        try points.read(metric, &builder)
      }
    }
    if let logs = document["resourceLogs"] { builder.skip("logs", at: logs.place) }
  }
  let known = try spans.add(to: &builder)
  try points.add(to: &builder, besides: known)
  return builder.reading()
}

extension JSONNode {
  /// All elements of three nested arrays.
  fileprivate func leaves(
    _ first: String, _ second: String, _ third: String
  ) throws(InputError) -> [JSONNode] {
    var leaves: [JSONNode] = []
    for outer in try self[first]?.elements() ?? [] {
      for inner in try outer[second]?.elements() ?? [] {
        leaves += try inner[third]?.elements() ?? []
      }
    }
    return leaves
  }
}

/// The attributes of a span or a data point.
struct GenAIAttributes {
  private var values: [String: JSONNode] = [:]
  private let owner: JSONNode

  /// Reads attributes.
  ///
  /// - Parameter owner: The value that has `attributes`.
  init(of owner: JSONNode) throws(InputError) {
    self.owner = owner
    for attribute in try owner["attributes"]?.elements() ?? [] {
      let key = try attribute.member("key").string()
      // `{"intValue": "12"}`, with the type as the key.
      values[key] = try attribute["value"]?.members().first?.node
    }
  }

  /// The first of the named attributes that exists.
  subscript(names: String...) -> JSONNode? {
    names.lazy.compactMap { values["gen_ai." + $0] }.first
  }

  /// The class of an error; nil for a call that did not fail.
  var errorType: String? { values["error.type"]?.label }

  var areOfGenAI: Bool { values.keys.contains { $0.hasPrefix("gen_ai.") } }

  /// All attributes as text, by which data points are distinguished.
  var text: String { values.compactMapValues(\.label).text }

  /// The call that the attributes describe. Newer names have precedence over older ones. The model
  /// that answered has precedence over the requested one, as other formats know only the former.
  func call(usage: TokenUsage? = nil, at place: ResultBuilder.Place) -> ModelCall {
    var labels: [String: String] = [:]
    labels["tool"] = self["tool.name"]?.label
    labels["agent"] = self["agent.name"]?.label
    return ModelCall(
      self["operation.name"]?.label ?? "chat",
      model: self["response.model", "request.model"]?.label,
      provider: self["provider.name", "system"]?.label, labels: labels, usage: usage, at: place)
  }

  /// Reads the usage. `gen_ai.usage.input_tokens` includes the cache, as the conventions
  /// require; `gen_ai.usage.cache_read.input_tokens` and
  /// `gen_ai.usage.cache_creation.input_tokens` are subtracted from it.
  /// `gen_ai.usage.output_tokens` includes `gen_ai.usage.reasoning.output_tokens`.
  func usage() throws(InputError) -> TokenUsage? {
    guard let all = self["usage.input_tokens", "usage.prompt_tokens"] else {
      guard self["usage.output_tokens", "usage.completion_tokens"] == nil else {
        throw owner.error("output tokens without input tokens")
      }
      return nil
    }
    return try TokenUsage(
      all: all,
      cacheRead: self["usage.cache_read.input_tokens", "usage.cache_read_input_tokens"],
      cacheWrite: self["usage.cache_creation.input_tokens", "usage.cache_creation_input_tokens"],
      output: self["usage.output_tokens", "usage.completion_tokens"],
      reasoning: self["usage.reasoning.output_tokens"],
      hint: "whoever wrote it counts the cache apart, and not as the conventions say")
  }
}
