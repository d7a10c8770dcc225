import Measurements

extension Format {
  /// Sessions of Google's Gemini CLI, and what `gemini --output-format json` prints.
  ///
  /// Fixtures: written by hand after the types of Gemini CLI.
  package static let geminiCLI = Format(
    name: "gemini-cli", summary: "sessions of Gemini CLI, its JSON output",
    carries: .rounds, of: .modelCalls, recognizes: recognizesGemini, read: readGemini)
}

/// The paths of messages: in a session, and as lines of one.
private let places = ["messages[].", "", "$set.messages[]."]

@Sendable
private func recognizesGemini(_ input: Input) -> Bool {
  guard let outline = input.outline else { return false }
  if outline.has("stats.models", "stats.tools.totalCalls") { return true }
  return places.contains { place in
    outline.has(place + "tokens.input", place + "tokens.cached", place + "tokens.total")
  }
}

@Sendable
private func readGemini(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "gemini-cli")
  var session = GeminiSession()
  try builder.eachDocument { (builder, document) throws(InputError) in
    try session.read(document, &builder)
  }
  try builder.add(session.calls)
  return builder.reading()
}

/// The calls of a session. A later record of a message replaces an earlier one. What the user took
/// back was paid for nevertheless, so it counts.
private struct GeminiSession {
  private(set) var calls: [ModelCall] = []
  private var indices: [String: Int] = [:]

  mutating func read(
    _ record: JSONNode, _ builder: inout ResultBuilder
  ) throws(InputError) {
    if let stats = record["stats"], let models = stats["models"] {
      return try readStatistics(models, &builder)
    }
    if let messages = record["messages"] ?? record["$set"]?["messages"] {
      for message in try messages.elements() { try read(message, &builder) }
    } else if let tokens = record["tokens"] {
      try add(record, tokens, &builder)
    } else {
      builder.skip("no answer (\(record["type"]?.label ?? "no type"))", at: record.place)
    }
  }

  private mutating func add(
    _ message: JSONNode, _ tokens: JSONNode, _ builder: inout ResultBuilder
  ) throws(InputError) {
    let call = ModelCall(
      model: message["model"]?.label, provider: "google",
      usage: try TokenUsage(gemini: tokens, input: "input", output: "output"), at: message.place)
    guard let id = message["id"]?.label else { return calls.append(call) }
    if let index = indices[id] {
      builder.skip("message that is there already", at: message.place)
      calls[index] = call
    } else {
      indices[id] = calls.count
      calls.append(call)
    }
  }

  /// Reads the sums of a whole session, by model.
  private mutating func readStatistics(
    _ models: JSONNode, _ builder: inout ResultBuilder
  ) throws(InputError) {
    for (model, node) in try models.members() {
      let usage = try TokenUsage(
        gemini: node.member("tokens"), input: "prompt", output: "candidates")
      var call = ModelCall(model: model, provider: "google", usage: usage, at: node.place)
      call.requests = try node["api"]?["totalRequests"].tokens()
      call.duration = try node["api"]?["totalLatencyMs"]?.amount() * 1e6
      calls.append(call)
    }
  }
}

extension TokenUsage {
  /// Reads the usage. The prompt includes what was read from the cache. Thoughts are charged as
  /// output and come besides it. What tools added to the prompt comes besides it, too.
  ///
  /// - Parameters:
  ///   - input: The name of the tokens of the prompt.
  ///   - output: The name of the tokens of the answer.
  fileprivate init(
    gemini tokens: JSONNode, input: String, output: String
  ) throws(InputError) {
    try self.init(
      all: tokens.member(input), cacheRead: tokens["cached"], cacheWrite: nil,
      output: tokens.member(output), reasoning: tokens["thoughts"])
    self.input += try tokens["tool"].tokens() ?? 0
    if let reasoning { self.output = (self.output ?? 0) + reasoning }
  }
}

/// Multiplies a number that may be missing.
private func * (number: Double?, factor: Double) -> Double? { number.map { $0 * factor } }
