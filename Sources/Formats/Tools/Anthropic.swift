import Measurements

extension Format {
  /// Messages, transcripts, results of batches and event streams of Anthropic's API.
  ///
  /// The line `result` of Claude Code, `claude -p --output-format json`, is the sum of a session. It
  /// is read where no message is, and else only its cost and times are.
  ///
  /// Fixtures: a message and a stream from the tests of
  /// https://github.com/anthropics/anthropic-sdk-python; a transcript and a batch, written by hand
  /// after what Claude Code and the batch API write.
  package static let anthropic = Format(
    name: "anthropic", summary: "Claude messages, transcripts, event streams",
    carries: .rounds, of: .modelCalls, recognizes: recognizesAnthropic, read: readAnthropic)
}

/// The paths of messages: alone, in transcripts, in recorded exchanges, and in results of a batch.
private let places = ["", "message.", "response.body.", "result.message."]

@Sendable
private func recognizesAnthropic(_ input: Input) -> Bool {
  if input.isEventStream(with: "message_start") { return true }
  guard let outline = input.outline else { return false }
  return places.flatMap { [$0, "[]." + $0] }.contains { place in
    let usage = place + "usage."
    // OpenAI's responses have the same names, and also the total.
    return outline.has(usage + "input_tokens", usage + "output_tokens", place + "model")
      && outline.has(place + "role") && !outline.has(usage + "total_tokens")
  } || outline.has("total_cost_usd", "session_id", "usage")
}

@Sendable
private func readAnthropic(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "anthropic")
  var messages = Messages()
  if input.outline == nil {
    var stream = MessageStream()
    try builder.eachEvent { (builder, event) throws(InputError) in
      try stream.read(event, into: &messages, &builder)
    }
    try stream.finish(&builder)
  } else {
    try builder.eachDocument { (builder, document) throws(InputError) in
      try messages.read(document, &builder)
    }
  }
  try messages.add(to: &builder)
  return builder.reading()
}

/// The calls of a file, each once. A transcript has a line for every block of a message, and each
/// line has the message's usage so far.
private struct Messages {
  private var calls: [ModelCall] = []
  private var indices: [String: Int] = [:]
  private var sessions = ClaudeSessions()

  /// Adds all calls, or the sums of sessions if there is no call.
  func add(to builder: inout ResultBuilder) throws(InputError) {
    if builder.input.sumsCalls { try sessions.addTimes(to: &builder) }
    if calls.isEmpty {
      try builder.add(sessions.calls())
    } else {
      try builder.add(calls)
      if builder.input.sumsCalls { try sessions.addCosts(to: &builder) }
    }
  }

  mutating func read(
    _ node: JSONNode, _ builder: inout ResultBuilder
  ) throws(InputError) {
    sessions.note(node)
    if case .array = node.value {
      for element in try node.elements() { try read(element, &builder) }
    } else if let failure = node.anthropicFailure {
      builder.fail(nil, failure)
    } else if let body = node["response"]?["body"] ?? node["result"]?["message"] {
      try read(body, &builder)
    } else if node["type"]?.label == "result" {
      builder.skip("sum of a session", at: node.place)
    } else if node["usage"] != nil, node["role"] != nil {
      try add(node, at: node.place, &builder)
    } else if let message = node["message"], message["role"]?.label == "assistant" {
      guard message["usage"] != nil else { throw message.error("an answer without `usage`") }
      try add(message, at: node.place, &builder)
    } else {
      builder.skip("no answer (\(node["type"]?.label ?? "no type"))", at: node.place)
    }
  }

  private mutating func add(
    _ message: JSONNode, at place: ResultBuilder.Place, _ builder: inout ResultBuilder
  ) throws(InputError) {
    guard message["model"]?.label != "<synthetic>" else {
      return builder.skip("message that no model wrote", at: place)
    }
    try add(message, [message.member("usage")], at: place, &builder)
  }

  /// Adds a call. If the message was already read, the usage with the most output counts, because
  /// its numbers only grow.
  ///
  /// - Parameter nodes: Objects with the message's usage. Each field is read from the first object
  ///   that has it.
  mutating func add(
    _ message: JSONNode, _ nodes: [JSONNode], at place: ResultBuilder.Place,
    _ builder: inout ResultBuilder
  ) throws(InputError) {
    let usage = try TokenUsage(anthropic: nodes)
    let call = ModelCall(
      model: try message.member("model").string(), provider: "anthropic", usage: usage, at: place)
    let id = message["id"]?.label
    if let id, let index = indices[id] {
      builder.skip("message that is there already", at: place)
      if usage.output ?? 0 >= calls[index].usage?.output ?? 0 { calls[index].usage = usage }
      return
    }
    if let id { indices[id] = calls.count }
    calls.append(call)
    try warn(ofIterationsIn: nodes, place, &builder)
  }

  /// Warns of iterations whose tokens may be in no total. A call may do more than answer, such as
  /// shorten the earlier messages; that costs tokens, too.
  private func warn(
    ofIterationsIn nodes: [JSONNode], _ place: ResultBuilder.Place, _ builder: inout ResultBuilder
  ) throws(InputError) {
    let iterations = try nodes.lazy.compactMap { $0["iterations"] }.first?.elements() ?? []
    let kinds = Set(iterations.compactMap { $0["type"]?.label }).subtracting(["message"])
    guard !kinds.isEmpty else { return }
    builder.warn(
      "tokens of iterations are left out that may be in no total: "
        + kinds.sorted().joined(separator: ", "), at: place)
  }
}

extension JSONNode {
  /// The reason why a call failed; nil if the value does not report a failed call.
  fileprivate var anthropicFailure: String? {
    if self["isApiErrorMessage"]?.value == .bool(true) {
      let text = try? self["message"]?["content"]?.elements().first?["text"]?.label
      return text ?? self["error"]?.label ?? "error of the API"
    }
    let isError = self["type"]?.label == "error"
    if let error = isError ? self["error"] : self["response"]?["body"]?["error"] {
      return [error["type"]?.label, error["message"]?.label].compactMap(\.self)
        .joined(separator: ": ")
    }
    guard self["custom_id"] != nil, let result = self["result"], result["message"] == nil else {
      return nil
    }
    let error = result["error"]?["error"] ?? result["error"]
    return error?["message"]?.label ?? result["type"]?.label ?? "no result"
  }
}

extension TokenUsage {
  /// Reads the usage of a message.
  ///
  /// `input_tokens` excludes the cache; `cache_read_input_tokens` and `cache_creation_input_tokens`
  /// count it separately. `output_tokens` includes `output_tokens_details.thinking_tokens`. Answers
  /// in `iterations` are already included.
  ///
  /// - Parameter nodes: Objects with the usage. Each field is read from the first object that
  ///   has it.
  init(anthropic nodes: [JSONNode]) throws(InputError) {
    func field(_ key: String) -> JSONNode? { nodes.lazy.compactMap { $0[key] }.first }
    func need(_ key: String) throws(InputError) -> Double {
      guard let node = field(key) else { return try nodes[0].member(key).tokens() }
      return try node.tokens()
    }
    input = try need("input_tokens")
    output = try need("output_tokens")
    cacheRead = try field("cache_read_input_tokens").tokens()
    cacheWrite = try field("cache_creation_input_tokens").tokens()
    reasoning = try field("output_tokens_details")?["thinking_tokens"].tokens()
  }
}

/// Reads the events of streams, one stream after another. Each stream has one message.
private struct MessageStream {
  private var message: JSONNode?
  private var place = ResultBuilder.Place()
  /// The latest usage. Its counts include everything so far, so the last usage is that of
  /// the message.
  private var latest: JSONNode?

  mutating func read(
    _ event: JSONNode, into messages: inout Messages, _ builder: inout ResultBuilder
  ) throws(InputError) {
    let type = try event.member("type").string()
    switch type {
    case "message_start":
      try finish(&builder)
      place = event.place
      message = try event.member("message")
    case "message_delta":
      guard message != nil else { throw event.error("no message begins before") }
      latest = event["usage"] ?? latest
    case "message_stop":
      guard let message else { throw event.error("no message begins before") }
      let usage = [latest, try message.member("usage")].compactMap(\.self)
      try messages.add(message, usage, at: place, &builder)
      (self.message, latest) = (nil, nil)
    case "error":
      builder.fail(nil, event.anthropicFailure ?? "error of the stream")
      (message, latest) = (nil, nil)
    default: builder.skip("event \(type)", at: event.place)
    }
  }

  /// Ends the current message.
  ///
  /// - Throws: ``InputError`` if the message breaks off: its usage is unknown.
  mutating func finish(_ builder: inout ResultBuilder) throws(InputError) {
    guard message != nil else { return }
    (message, latest) = (nil, nil)
    try builder.reject("a message that breaks off before `message_stop`", at: place)
  }
}
