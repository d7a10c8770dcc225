import Measurements

extension Format {
  /// Chat completions, responses, embeddings and event streams of OpenAI's API.
  ///
  /// Fixtures: written by hand after OpenAI's description of its API.
  package static let openAI = Format(
    name: "openai", summary: "chat completions, responses, event streams",
    carries: .rounds, of: .modelCalls, recognizes: recognizesOpenAI, read: readOpenAI)
}

/// The paths of answers: alone, in results of a batch, in events, and in lists.
private let places = ["", "response.body.", "response.", "data[]."]

@Sendable
private func recognizesOpenAI(_ input: Input) -> Bool {
  if input.isEventStream(with: "chat.completion.chunk", "text_completion", "response.created") {
    return true
  }
  guard let outline = input.outline else { return false }
  return places.flatMap { [$0, "[]." + $0] }.contains { place in
    let usage = place + "usage."
    return outline.has(usage + "total_tokens", place + "model")
      && (outline.has(usage + "prompt_tokens")
        || outline.has(usage + "input_tokens", usage + "output_tokens"))
  }
}

@Sendable
private func readOpenAI(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "openai")
  var answers = Answers()
  if input.outline == nil {
    var stream = AnswerStream()
    try builder.eachEvent { (builder, event) throws(InputError) in
      try stream.read(event, into: &answers, &builder)
    }
    try stream.finish(into: &answers, &builder)
  } else {
    try builder.eachDocument { (builder, document) throws(InputError) in
      try answers.read(document, &builder)
    }
  }
  try builder.add(answers.calls)
  return builder.reading()
}

/// The calls of a file. A call that is written twice, as by two loggers, counts once.
private struct Answers {
  private(set) var calls: [ModelCall] = []
  private var indices: [String: Int] = [:]

  mutating func read(
    _ node: JSONNode, _ builder: inout ResultBuilder
  ) throws(InputError) {
    let place = node.place
    if case .array = node.value {
      for element in try node.elements() { try read(element, &builder) }
    } else if let body = node["response"]?["body"] ?? node["response"] {
      try read(body, &builder)
    } else if let failure = node.openAIFailure {
      builder.fail(
        node["model"]?.label.map {
          ModelCall(model: $0, provider: node.answerer, usage: nil, at: place).benchmark
        },
        failure)
    } else if let usage = node["usage"] {
      try add(node, usage, place, &builder)
    } else if let data = node["data"] {
      try read(data, &builder)
    } else if ["queued", "in_progress"].contains(node["status"]?.label) {
      builder.skip("answer that is not ready", at: place)
    } else if node["choices"] != nil || node["output"] != nil {
      throw node.error("an answer without `usage`")
    } else {
      builder.skip("no answer (\(node["object"]?.label ?? "no object"))", at: place)
    }
  }

  /// Adds a call.
  ///
  /// - Parameter answer: The value with the model, the id and the kind of the call.
  mutating func add(
    _ answer: JSONNode, _ usage: JSONNode, _ place: ResultBuilder.Place,
    _ builder: inout ResultBuilder
  ) throws(InputError) {
    let call = ModelCall(
      answer.operation, model: try answer.member("model").string(), provider: answer.answerer,
      usage: try TokenUsage(openAI: usage), at: place)
    guard let id = answer["id"]?.label else { return calls.append(call) }
    guard let index = indices[id] else {
      indices[id] = calls.count
      return calls.append(call)
    }
    guard calls[index].usage == call.usage else {
      throw answer.error("'\(id)' is there already, with another usage")
    }
    builder.skip("answer that is there already", at: place)
  }
}

extension JSONNode {
  /// The reason why a call failed; nil if the value does not report a failed call.
  fileprivate var openAIFailure: String? {
    if let error = self["error"] {
      return error["message"]?.label ?? error["code"]?.label ?? error.label ?? "an error"
    }
    guard let status = self["status"]?.label, ["failed", "cancelled"].contains(status) else {
      return nil
    }
    return status
  }

  fileprivate var operation: String {
    switch self["object"]?.label {
    case "text_completion": "text_completion"
    case "list": "embeddings"
    default: "chat"
    }
  }

  /// The provider that answered. Routers with this protocol name the provider that they asked.
  fileprivate var answerer: String { self["provider"]?.label ?? "openai" }
}

extension TokenUsage {
  /// Reads the usage. `prompt_tokens`, or `input_tokens` of responses, includes `cached_tokens` and
  /// `cache_write_tokens` of its details. `completion_tokens`, or `output_tokens`, includes
  /// `reasoning_tokens` of its details.
  fileprivate init(openAI usage: JSONNode) throws(InputError) {
    let isResponse = usage["prompt_tokens"] == nil && usage["input_tokens"] != nil
    let (input, output) =
      isResponse ? ("input_tokens", "output_tokens") : ("prompt_tokens", "completion_tokens")
    let details = usage[input + "_details"]
    try self.init(
      all: usage.member(input), cacheRead: details?["cached_tokens"],
      cacheWrite: details?["cache_write_tokens"], output: usage[output],
      reasoning: usage[output + "_details"]?["reasoning_tokens"])
  }
}

/// Reads the events of streams: the parts of a completion, the last of which has the usage, or the
/// steps of a response.
private struct AnswerStream {
  /// The unfinished answers, in the order of their first parts.
  private var open: [Piece] = []

  private struct Piece {
    let id: String
    let place: ResultBuilder.Place
    /// The last part with a usage, which is that of the whole answer.
    var last: JSONNode?
  }

  mutating func read(
    _ node: JSONNode, into answers: inout Answers, _ builder: inout ResultBuilder
  ) throws(InputError) {
    let place = node.place
    guard let type = node["type"]?.label else { return try readPiece(node, place, &builder) }
    switch type {
    case "response.created": note(try node.member("response").member("id").string(), place)
    case "response.completed", "response.incomplete", "response.failed":
      let response = try node.member("response")
      open.removeAll { $0.id == response["id"]?.label }
      try answers.read(response, &builder)
    case "error":
      builder.fail(nil, node["message"]?.label ?? node["code"]?.label ?? "error of the stream")
    default: builder.skip("event \(type)", at: place)
    }
  }

  private mutating func readPiece(
    _ node: JSONNode, _ place: ResultBuilder.Place, _ builder: inout ResultBuilder
  ) throws(InputError) {
    if let failure = node.openAIFailure { return builder.fail(nil, failure) }
    let index = note(try node.member("id").string(), place)
    if node["usage"] == nil {
      builder.skip("piece of an answer", at: place)
    } else {
      open[index].last = node
    }
  }

  @discardableResult
  private mutating func note(_ id: String, _ place: ResultBuilder.Place) -> Int {
    // The latest answer is the most likely one, and few are open at a time.
    if let index = open.lastIndex(where: { $0.id == id }) { return index }
    open.append(Piece(id: id, place: place))
    return open.count - 1
  }

  /// Adds the answers that are still open.
  ///
  /// - Throws: ``InputError`` for an answer that breaks off or reports no usage.
  mutating func finish(
    into answers: inout Answers, _ builder: inout ResultBuilder
  ) throws(InputError) {
    for piece in open {
      if let last = piece.last, let usage = last["usage"] {
        try builder.attempt { (builder) throws(InputError) in
          try answers.add(last, usage, piece.place, &builder)
        }
      } else {
        try builder.reject(
          "'\(piece.id)' ends without its usage", at: piece.place,
          hint: "ask for it with `\"stream_options\": {\"include_usage\": true}`")
      }
    }
    open = []
  }
}
