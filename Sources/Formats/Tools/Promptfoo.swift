import Measurements

extension Format {
  /// Results of promptfoo, `promptfoo eval --output results.json`.
  ///
  /// Each test is a task, with the metric `success`. A test is called by its description, or else
  /// by its variables. A provider that failed is a failure, and no test that was not passed.
  ///
  /// Fixtures: written by hand after version 3 of promptfoo's results.
  package static let promptfoo = Format(
    name: "promptfoo", summary: "results of promptfoo, JSON",
    carries: .rounds, recognizes: recognizesPromptfoo, read: readPromptfoo)
}

/// The paths of results: of a file, and as lines.
private let places = ["results.results[].", "results[].", ""]

@Sendable
private func recognizesPromptfoo(_ input: Input) -> Bool {
  guard let outline = input.outline else { return false }
  return places.contains { place in
    outline.has(place + "success", place + "latencyMs")
      && (outline.has(place + "testCase") || outline.has(place + "vars"))
  }
}

@Sendable
private func readPromptfoo(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "promptfoo")
  var evaluation = Evaluation()
  try builder.eachDocument { (builder, document) throws(InputError) in
    let results = document["results"]?["results"] ?? document["results"]
    for result in try results?.elements() ?? [document] {
      try builder.attempt { (builder) throws(InputError) in
        try evaluation.read(result, &builder)
      }
    }
  }
  try evaluation.add(to: &builder)
  return builder.reading().inUsageOrder()
}

private struct Evaluation {
  private var attempts: [Attempt] = []

  private struct Attempt {
    let result: JSONNode
    let call: ModelCall
    /// The label of the prompt.
    let prompt: String?
  }

  mutating func read(
    _ result: JSONNode, _ builder: inout ResultBuilder
  ) throws(InputError) {
    let provider = result["provider"]?["id"]?.label ?? result["provider"]?.label
    var labels: [String: String] = [:]
    if let label = result["provider"]?["label"]?.label, !label.isEmpty { labels["agent"] = label }
    // `openai:chat:gpt-4o` is a model; the path of a program with a colon is none.
    let parts = provider.map { $0.split(separator: ":").map(String.init) } ?? []
    let isModel =
      parts.count > 1 && !["file", "exec", "python", "http", "https"].contains(parts[0])
    var call = ModelCall(
      Self.name(of: result), model: isModel ? parts.last : nil,
      provider: isModel ? parts[0] : provider, labels: labels, usage: nil, at: result.place)
    call.duration = try result["latencyMs"].map { (node) throws(InputError) in
      try node.amount() * 1e6
    }
    call.reportedCost = try result["cost"]?.amount()
    let usage = result["tokenUsage"] ?? result["response"]?["tokenUsage"]
    call.usage = try usage.flatMap { (usage) throws(InputError) in
      try TokenUsage(promptfoo: usage)
    }
    call.requests = try usage?["numRequests"].tokens()
    attempts.append(
      Attempt(
        result: result, call: call,
        prompt: result["prompt"]?["label"]?.label ?? result["promptIdx"]?.label))
  }

  /// Adds the attempts. Prompts are told apart by a label if there are several.
  func add(to builder: inout ResultBuilder) throws(InputError) {
    let prompts = Set(attempts.map(\.prompt))
    var calls: [ModelCall] = []
    for attempt in attempts {
      var call = attempt.call
      if prompts.count > 1, let prompt = attempt.prompt {
        call.benchmark = Benchmark(
          name: call.benchmark.name,
          labels: call.benchmark.labels.merging(["prompt": prompt.shortened(to: 200)]) { $1 })
      }
      let isSolved = try attempt.result.member("success").bool()
      let reason = try attempt.result["failureReason"]?.integer()
      // 1 is an assertion that does not hold, 2 an error of the provider.
      let hasError = attempt.result["error"] != nil && reason != 1
      guard isSolved || reason != 2 && !(hasError && reason == nil) else {
        try builder.addInfrastructureFailure(
          attempt.result["error"]?.label ?? "an error of the provider", of: call.benchmark,
          at: call.place)
        continue
      }
      try builder.addSuccess(isSolved, to: call.benchmark, at: call.place)
      if attempt.result["response"]?["cached"]?.value == .bool(true) {
        builder.skip("time and tokens of an answer from promptfoo's cache", at: call.place)
      } else {
        calls.append(call)
      }
    }
    try builder.add(calls)
  }

  /// The name of a test: its description, or else its variables, or its number.
  private static func name(of result: JSONNode) -> String {
    if let name = result["testCase"]?["description"]?.label ?? result["description"]?.label,
      !name.isEmpty
    {
      return name
    }
    let variables = (try? (result["vars"] ?? result["testCase"]?["vars"])?.parameters()) ?? [:]
    guard variables.isEmpty else { return variables.text.shortened(to: 200) }
    return "test \(result["testIdx"]?.label ?? "")".trimmed
  }
}

extension TokenUsage {
  /// Reads the usage; nil if nothing was counted. `cached` are the tokens of answers that promptfoo
  /// itself had kept.
  fileprivate init?(promptfoo usage: JSONNode) throws(InputError) {
    guard let prompt = usage["prompt"], let completion = usage["completion"] else { return nil }
    try self.init(
      all: prompt, cacheRead: usage["completionDetails"]?["cacheReadInputTokens"],
      cacheWrite: usage["completionDetails"]?["cacheCreationInputTokens"], output: completion,
      reasoning: usage["completionDetails"]?["reasoning"])
  }
}
