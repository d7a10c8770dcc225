import Measurements

/// One call of a language model, in the same terms whoever answered it.
///
/// Providers count input in two ways: Anthropic's `input_tokens` are without what its cache holds,
/// those of OpenAI and OpenTelemetry with it. Here the parts are apart: ``TokenUsage/input``,
/// ``TokenUsage/cacheRead`` and ``TokenUsage/cacheWrite`` add up to all that was sent.
struct ModelCall {
  let benchmark: Benchmark
  /// nil where the call has none, as that of a tool.
  var usage: TokenUsage?
  /// From the request to the end of the answer, in nanoseconds.
  var duration: Double?
  /// From the request to the first piece of the answer, in seconds.
  var timeToFirstChunk: Double?
  let place: ResultBuilder.Place

  /// - Parameter operation: What was asked for: `chat`, `embeddings`.
  init(
    _ operation: String = "chat", model: String?, provider: String?,
    labels: [String: String] = [:], usage: TokenUsage?, at place: ResultBuilder.Place
  ) {
    var labels = labels
    labels["model"] = model
    labels["provider"] = provider
    benchmark = Benchmark(name: operation, labels: labels)
    self.usage = usage
    self.place = place
  }
}

/// How many tokens a call took; nil is what nobody told.
struct TokenUsage: Hashable {
  /// Sent, and neither read from a cache nor written to one.
  var input: Double
  var cacheRead: Double?
  var cacheWrite: Double?
  /// All of the answer, thoughts included, as it is paid for; an embedding has none.
  var output: Double?
  /// The part of ``output`` that nobody sees.
  var reasoning: Double?
}

extension TokenUsage {
  /// The usage where the count of the input includes the cache.
  ///
  /// - Parameters:
  ///   - all: Of the whole input.
  ///   - hint: For where the cache is more than the whole.
  init(
    all: JSONNode, cacheRead: JSONNode?, cacheWrite: JSONNode?, output: JSONNode?,
    reasoning: JSONNode?, hint: String? = nil
  ) throws(InputError) {
    self.cacheRead = try cacheRead.tokens()
    self.cacheWrite = try cacheWrite.tokens()
    let cached = (self.cacheRead ?? 0) + (self.cacheWrite ?? 0)
    input = try all.tokens() - cached
    guard input >= 0 else {
      throw all.error("fewer tokens than the cache alone has, \(Int64(cached))", hint: hint)
    }
    self.output = try output.tokens()
    self.reasoning = try reasoning.tokens()
  }
}

extension JSONNode {
  /// A count of tokens; protocols that keep 64-bit numbers in strings are understood, too.
  func tokens() throws(InputError) -> Double {
    let count = try wholeNumber()
    guard count >= 0 else { throw error("negative: \(count)") }
    return Double(count)
  }

  /// A whole number, maybe in quotes.
  func wholeNumber() throws(InputError) -> Int64 {
    guard case .string(let text) = value else { return try integer() }
    guard let number = Int64(text) else { throw expected("a whole number") }
    return number
  }
}

extension JSONNode? {
  func tokens() throws(InputError) -> Double? { try self?.tokens() }
}

extension ResultBuilder {
  /// Adds calls, each of them a round.
  ///
  /// Where any call of a benchmark tells of a cache, the others used none: each has a number then,
  /// so that rounds of one metric are those of another.
  mutating func add(_ calls: [ModelCall]) throws(InputError) {
    let readers = Set(calls.filter { $0.usage?.cacheRead != nil }.map(\.benchmark))
    let writers = Set(calls.filter { $0.usage?.cacheWrite != nil }.map(\.benchmark))
    for call in calls {
      try add(1, to: call, "requests")
      try add(call.duration, to: call, "wall_time", in: "ns")
      try add(call.timeToFirstChunk, to: call, "time_to_first_chunk", in: "s")
      guard let usage = call.usage else { continue }
      try add(usage.input, to: call, "input_tokens")
      let noneRead = readers.contains(call.benchmark) ? 0.0 : nil
      try add(usage.cacheRead ?? noneRead, to: call, "cache_read_tokens")
      let noneWritten = writers.contains(call.benchmark) ? 0.0 : nil
      try add(usage.cacheWrite ?? noneWritten, to: call, "cache_write_tokens")
      try add(usage.output, to: call, "output_tokens")
      try add(usage.reasoning, to: call, "reasoning_tokens")
    }
  }

  private mutating func add(
    _ number: Double?, to call: ModelCall, _ metric: String, in unit: String = "1"
  ) throws(InputError) {
    guard let number else { return }
    try add(
      [number], to: call.benchmark, metric, in: unit, better: .cost(by: "usage"), at: call.place)
  }
}
