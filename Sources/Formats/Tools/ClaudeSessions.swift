import Measurements

/// The sums of sessions of Claude Code, which it writes as a line of the type `result`.
///
/// A session that goes on writes a sum anew, which includes those before. The largest cost is the
/// last one.
struct ClaudeSessions {
  /// The last line of each session, by its id.
  private var results: [String: JSONNode] = [:]
  private var order: [String] = []
  /// The sessions that have a line of any kind.
  private var seen: Set<String> = []

  /// Notes a line, which may be of any kind.
  mutating func note(_ line: JSONNode) {
    guard let id = (line["session_id"] ?? line["sessionId"])?.label else { return }
    seen.insert(id)
    guard line["type"]?.label == "result" else { return }
    if results.updateValue(line, forKey: id) == nil { order.append(id) }
  }

  private var lines: [JSONNode] { order.compactMap { results[$0] } }

  /// Adds the times of the sessions.
  func addTimes(to builder: inout ResultBuilder) throws(InputError) {
    for line in lines {
      for (key, metric) in [("duration_ms", "wall_time"), ("duration_api_ms", "model_time")] {
        guard let time = line[key] else { continue }
        try builder.add(
          [time.amount()], to: Benchmark(name: "chat"), metric, in: "ms",
          better: .cost(by: "usage"),
          at: time.place)
      }
    }
  }

  /// Adds the cost of all sessions, unless one of them has none.
  func addCosts(to builder: inout ResultBuilder) throws(InputError) {
    let costs = lines.compactMap { $0["total_cost_usd"] }
    guard !costs.isEmpty else { return }
    guard costs.count == seen.count else {
      return builder.warn(
        "the reported cost is left out: \(seen.count - costs.count) of \(seen.count) sessions report "
          + "none", at: costs[0].place)
    }
    for cost in costs {
      try builder.add(
        [cost.amount()], to: Benchmark(name: "chat"), ResultBuilder.reportedCost, in: "USD",
        better: .cost(by: "usage"), at: cost.place)
    }
  }

  /// The calls of all sessions, summed for each model. The number of requests is not known.
  func calls() throws(InputError) -> [ModelCall] {
    var calls: [ModelCall] = []
    for line in lines {
      guard let models = try line["modelUsage"]?.members(), !models.isEmpty else {
        guard let usage = line["usage"] else { continue }
        var call = ModelCall(
          model: nil, provider: "anthropic",
          usage: try TokenUsage(anthropic: [usage]), at: line.place)
        call.requests = nil
        call.reportedCost = try line["total_cost_usd"]?.amount()
        calls.append(call)
        continue
      }
      for (model, node) in models {
        var call = ModelCall(
          model: model, provider: "anthropic", usage: try TokenUsage(claudeCode: node),
          at: node.place)
        call.requests = nil
        call.reportedCost = try node["costUSD"]?.amount()
        calls.append(call)
      }
    }
    return calls
  }
}

extension TokenUsage {
  /// Reads the usage of a model, as the sum of a session has it.
  fileprivate init(claudeCode usage: JSONNode) throws(InputError) {
    self.init(
      input: try usage.member("inputTokens").tokens(),
      cacheRead: try usage["cacheReadInputTokens"].tokens(),
      cacheWrite: try usage["cacheCreationInputTokens"].tokens(),
      output: try usage.member("outputTokens").tokens())
  }
}
