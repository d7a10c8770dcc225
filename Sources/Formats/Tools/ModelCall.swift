import Measurements

/// One call of a language model, in the same terms for all providers.
///
/// Providers count input in two ways. `input_tokens` of Anthropic exclude the tokens in its cache;
/// those of OpenAI and OpenTelemetry include them. Here the parts are separate:
/// ``TokenUsage/input``, ``TokenUsage/cacheRead`` and ``TokenUsage/cacheWrite`` add up to all that
/// was sent.
struct ModelCall {
  var benchmark: Benchmark
  /// The number of requests; nil if unknown, as where a tool tells only the sum of several.
  var requests: Double? = 1
  /// The usage of tokens; nil if the call has none, as a call of a tool.
  var usage: TokenUsage?
  /// The time from the request to the end of the answer, in nanoseconds.
  var duration: Double?
  /// The time from the request to the first part of the answer, in seconds.
  var timeToFirstChunk: Double?
  /// The cost in USD that the tool tells; nil if it tells none.
  var reportedCost: Double?
  let place: ResultBuilder.Place

  /// Makes a call.
  ///
  /// - Parameter operation: The kind of call, such as `chat` or `embeddings`.
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

/// The numbers of tokens of a call; nil if unknown.
struct TokenUsage: Hashable {
  /// The tokens that were sent and neither read from a cache nor written to one.
  var input: Double
  var cacheRead: Double?
  var cacheWrite: Double?
  /// All tokens of the answer, including reasoning, as they are charged; an embedding has none.
  var output: Double?
  /// The part of ``output`` that is not shown.
  var reasoning: Double?

  /// All tokens that were sent and received. Reasoning is a part of the output.
  var total: Double { input + (cacheRead ?? 0) + (cacheWrite ?? 0) + (output ?? 0) }
}

extension TokenUsage {
  /// Makes the usage from a count of input that includes the cache.
  ///
  /// - Parameters:
  ///   - all: The count of the whole input.
  ///   - hint: The hint of the error if the cache has more tokens than the whole input.
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
  /// A count of tokens. Some protocols write 64-bit numbers as strings; these are also read.
  func tokens() throws(InputError) -> Double {
    let count = try wholeNumber()
    guard count >= 0 else { throw error("negative: \(count)") }
    return Double(count)
  }

  /// A whole number, possibly in quotation marks.
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
  /// Adds calls, each of which is a round.
  ///
  /// If any call of a benchmark reports a cache or reasoning, calls that report none get zero. So
  /// each metric has a round for each call. A reported cost is left out where only some calls report one, as a
  /// sum of it would be too small.
  mutating func add(_ calls: [ModelCall]) throws(InputError) {
    let readers = Set(calls.filter { $0.usage?.cacheRead != nil }.map(\.benchmark))
    let thinkers = Set(calls.filter { $0.usage?.reasoning != nil }.map(\.benchmark))
    let writers = Set(calls.filter { $0.usage?.cacheWrite != nil }.map(\.benchmark))
    let isCosted = try checkReportedCosts(of: calls)
    for call in calls {
      try add(call.requests, to: call, "requests")
      try add(call.duration, to: call, input.sumsCalls ? "model_time" : "wall_time", in: "ns")
      if !input.sumsCalls {
        try add(call.timeToFirstChunk, to: call, "time_to_first_chunk", in: "s")
      }
      if isCosted { try add(call.reportedCost, to: call, Self.reportedCost, in: "USD") }
      guard let usage = call.usage else { continue }
      try add(usage.input, to: call, "input_tokens")
      let noneRead = readers.contains(call.benchmark) ? 0.0 : nil
      try add(usage.cacheRead ?? noneRead, to: call, "cache_read_tokens")
      let noneWritten = writers.contains(call.benchmark) ? 0.0 : nil
      try add(usage.cacheWrite ?? noneWritten, to: call, "cache_write_tokens")
      try add(usage.output, to: call, "output_tokens")
      let noThoughts = thinkers.contains(call.benchmark) ? 0.0 : nil
      try add(usage.reasoning ?? noThoughts, to: call, "reasoning_tokens")
      try add(usage.total, to: call, "total_tokens")
    }
  }

  /// The metric of a cost that a tool tells. The metric `cost` comes from prices, or else from this.
  static let reportedCost = "reported_cost"

  /// Returns true if every call with a usage reports its cost.
  private mutating func checkReportedCosts(of calls: [ModelCall]) throws(InputError) -> Bool {
    let used = calls.filter { $0.usage != nil }
    let silent = used.filter { $0.reportedCost == nil }
    if let negative = calls.first(where: { $0.reportedCost ?? 0 < 0 }) {
      throw error("a cost that is negative", at: negative.place)
    }
    guard let first = silent.first, silent.count < used.count else { return silent.isEmpty }
    warn(
      "the reported cost is left out: \(silent.count) of \(used.count) calls report none",
      at: first.place)
    return false
  }

  private mutating func add(
    _ number: Double?, to call: ModelCall, _ metric: String, in unit: String = "1"
  ) throws(InputError) {
    guard let number else { return }
    try add(
      [number], to: call.benchmark, metric, in: unit, better: .cost(by: "usage"), at: call.place)
  }
}
