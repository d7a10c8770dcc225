import Measurements

extension Format {
  /// Sessions of OpenAI's Codex CLI, and what `codex exec --json` prints.
  ///
  /// Fixtures: written by hand after the events that Codex CLI 0.9x writes.
  package static let codex = Format(
    name: "codex", summary: "sessions of Codex CLI, `codex exec --json`",
    carries: .rounds, of: .modelCalls, recognizes: recognizesCodex, read: readCodex)
}

@Sendable
private func recognizesCodex(_ input: Input) -> Bool {
  guard let outline = input.outline else { return false }
  let isSession =
    outline.has("type", "payload.type")
    && (outline.has("payload.info") || outline.has("payload.model_provider"))
  return isSession || outline.has("type", "thread_id", "usage.cached_input_tokens")
}

@Sendable
private func readCodex(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "codex")
  var session = CodexSession()
  try builder.eachDocument { (builder, document) throws(InputError) in
    try session.read(document, &builder)
  }
  try builder.add(session.calls)
  return builder.reading()
}

/// The calls of a session.
///
/// An event has the usage of all calls so far, so that a call is the difference from the event
/// before. The first event of a session that goes on with another one includes the calls of that
/// one; there the usage of the last call counts.
private struct CodexSession {
  private(set) var calls: [ModelCall] = []
  private var model: String?
  private var provider = "openai"
  private var total: TokenUsage?

  mutating func read(
    _ event: JSONNode, _ builder: inout ResultBuilder
  ) throws(InputError) {
    let payload = event["payload"]
    switch event["type"]?.label {
    case "session_meta": provider = payload?["model_provider"]?.label ?? provider
    case "turn_context": model = payload?["model"]?.label ?? model
    case "event_msg" where payload?["type"]?.label == "token_count":
      guard let info = payload?["info"] else {
        return builder.skip("event without a usage", at: event.place)
      }
      try add(info, at: event.place, &builder)
    case "event_msg" where payload?["type"]?.label == "error":
      builder.fail(nil, payload?["message"]?.label ?? "error of the session")
    case "turn.completed": try addTurn(event, &builder)
    case "turn.failed":
      builder.fail(nil, event["error"]?["message"]?.label ?? "the turn failed")
    default:
      let kind = payload?["type"]?.label ?? event["type"]?.label ?? "no type"
      builder.skip("event \(kind)", at: event.place)
    }
  }

  private mutating func add(
    _ info: JSONNode, at place: ResultBuilder.Place, _ builder: inout ResultBuilder
  ) throws(InputError) {
    let now = try info["total_token_usage"].map(TokenUsage.init(codex:))
    let last = try info["last_token_usage"].map(TokenUsage.init(codex:))
    guard let usage = now ?? last else { throw info.error("no usage of tokens") }
    defer { total = now ?? total }
    if let now, now == total {
      return builder.skip("usage that is there already", at: place)
    }
    let difference = now.flatMap { now in total.flatMap { now.subtracting($0) } }
    append(difference ?? last ?? usage, requests: 1, at: place)
  }

  /// Adds a turn of `codex exec`, which does not tell its calls or the model.
  private mutating func addTurn(
    _ event: JSONNode, _ builder: inout ResultBuilder
  ) throws(InputError) {
    let now = try TokenUsage(codex: event.member("usage"))
    let difference = total.flatMap { now.subtracting($0) }
    total = now
    append(difference ?? now, requests: nil, at: event.place)
  }

  private mutating func append(
    _ usage: TokenUsage, requests: Double?, at place: ResultBuilder.Place
  ) {
    var call = ModelCall(model: model, provider: provider, usage: usage, at: place)
    call.requests = requests
    calls.append(call)
  }
}

extension TokenUsage {
  /// Reads the usage. `input_tokens` includes those of the cache, `output_tokens` includes
  /// `reasoning_output_tokens`.
  fileprivate init(codex usage: JSONNode) throws(InputError) {
    try self.init(
      all: usage.member("input_tokens"), cacheRead: usage["cached_input_tokens"],
      cacheWrite: usage["cache_write_input_tokens"], output: usage.member("output_tokens"),
      reasoning: usage["reasoning_output_tokens"])
  }

  /// The usage since an earlier one; nil if the counts have begun anew since then.
  fileprivate func subtracting(_ old: TokenUsage) -> TokenUsage? {
    func difference(_ new: Double?, _ old: Double?) -> Double? { new.map { $0 - (old ?? 0) } }
    let all = TokenUsage(
      input: input - old.input, cacheRead: difference(cacheRead, old.cacheRead),
      cacheWrite: difference(cacheWrite, old.cacheWrite), output: difference(output, old.output),
      reasoning: difference(reasoning, old.reasoning))
    let parts = [all.input, all.cacheRead, all.cacheWrite, all.output, all.reasoning]
    return parts.allSatisfy { $0 ?? 0 >= 0 } ? all : nil
  }
}
