import Measurements

extension Format {
  /// Logs of Inspect, the UK AI Security Institute's framework for evaluations: `.json`, and `.eval`,
  /// which is a zip file of JSON.
  ///
  /// Each sample is a task, called `<task>/<sample>`, and each epoch an attempt at it. A log names
  /// the commit that it was made at.
  ///
  /// Fixtures: written by hand after version 2 of Inspect's logs.
  package static let inspect = Format(
    name: "inspect", summary: "logs of Inspect (inspect_ai), .json and .eval",
    carries: .rounds, recognizes: recognizesInspect, read: readInspect)
}

@Sendable
private func recognizesInspect(_ input: Input) -> Bool {
  if Zip.packs(input.bytes) {
    let names = (try? Zip(input.bytes))?.names ?? []
    return names.contains("header.json") || names.contains("_journal/start.json")
  }
  guard let outline = input.outline else { return false }
  return outline.has("eval.task", "eval.model") && outline.has("version", "status")
}

@Sendable
private func readInspect(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "inspect")
  let log = try InspectLog(input)
  guard !log.samples.isEmpty else {
    throw input.error(
      "a log without samples", hint: "let Inspect log them, with `log_samples`")
  }
  var attempts = try InspectAttempts(log.header.member("eval"))
  for sample in log.samples {
    try builder.attempt { (builder) throws(InputError) in try attempts.read(sample, &builder) }
  }
  try builder.add(attempts.calls)
  return builder.reading(context: log.context).inUsageOrder()
}

/// The header and the samples of a log.
private struct InspectLog {
  let header: JSONNode
  let samples: [JSONNode]

  init(_ input: Input) throws(InputError) {
    guard Zip.packs(input.bytes) else {
      header = try input.jsonNode()
      samples = try header["samples"]?.elements() ?? []
      return
    }
    let zip: Zip
    do {
      zip = try Zip(input.bytes)
    } catch {
      throw input.error(error)
    }
    // A log that was broken off has no header at its end; its start says the same of the task.
    let start = try input.member("_journal/start.json", of: zip)
    guard let header = try input.member("header.json", of: zip) ?? start else {
      throw input.error("a zip file without the header of a log")
    }
    self.header = header
    samples = try Self.samples(of: input, zip)
  }

  /// The summaries of all samples, which are small; or the samples themselves, if the summaries are
  /// those of an older version and have no usage.
  private static func samples(of input: Input, _ zip: Zip) throws(InputError) -> [JSONNode] {
    var summaries = try input.member("summaries.json", of: zip)?.elements() ?? []
    if summaries.isEmpty {
      for name in zip.names where name.hasPrefix("_journal/summaries/") {
        summaries += try input.member(name, of: zip)?.elements() ?? []
      }
    }
    if summaries.contains(where: { $0["model_usage"] != nil }) { return summaries }
    var samples: [JSONNode] = []
    let names = zip.names.filter { $0.hasPrefix("samples/") && $0.hasSuffix(".json") }
    guard zip.size(of: names) <= input.origin?.limit ?? Input.usualLimit else {
      throw input.error(.tooLarge)
    }
    for name in names {
      if let sample = try input.member(name, of: zip) { samples.append(sample) }
    }
    return samples.isEmpty ? summaries : samples
  }

  /// The commit of the log.
  var context: [String: String] {
    var context: [String: String] = [:]
    let revision = header["eval"]?["revision"]
    context[NamedCommit.key] = revision?["commit"]?.label
    context[NamedCommit.dirtyKey] = revision?["dirty"]?.label
    return context
  }
}

extension Input {
  /// A member of a zip file as JSON; nil if there is none of that name.
  fileprivate func member(_ name: String, of zip: Zip) throws(InputError) -> JSONNode? {
    let bytes: [UInt8]?
    do {
      bytes = try zip.unpacked(name, limit: origin?.limit ?? Self.usualLimit)
    } catch {
      throw self.error(error, in: name)
    }
    return try bytes.map { (bytes) throws(InputError) in
      try Input(name: "\(self.name)/\(name)", bytes: bytes).jsonNode()
    }
  }

  fileprivate func error(_ problem: Zip.Problem, in name: String? = nil) -> InputError {
    let what = name.map { "'\($0)'" } ?? "the zip file"
    switch problem {
    case .broken:
      return error(
        "\(what) cannot be unpacked", hint: "see whether it was cut off: `unzip -t` tells")
    case .tooLarge:
      return error("\(what) is too large", hint: "allow more with `--max-size <bytes>`")
    case .encrypted: return error("\(what) is encrypted")
    case .method(let method):
      return error(
        "\(what) is packed by \(method == 93 ? "zstd" : "method \(method)"), which is not read",
        hint: "convert the log: `inspect log convert --to json --output-dir <dir> <log>`")
    }
  }
}

/// The attempts of a log: outcomes, times and usages of its samples.
private struct InspectAttempts {
  private(set) var calls: [ModelCall] = []
  private let task: String
  private let model: String

  init(_ eval: JSONNode) throws(InputError) {
    task = try eval.member("task").string()
    model = try eval.member("model").string()
  }

  mutating func read(
    _ sample: JSONNode, _ builder: inout ResultBuilder
  ) throws(InputError) {
    guard let id = try sample.member("id").label else {
      throw sample.error("an id that is no word and no number")
    }
    let name = "\(task)/\(id)"
    let own = call(name, of: model, at: sample.place)
    // An attempt without an outcome has no numbers, so that each metric has the same rounds. An
    // error has a message, and in summaries it is one.
    if let error = sample["error"] {
      return try builder.addInfrastructureFailure(
        error["message"]?.label ?? error.label ?? "an error", of: own.benchmark, at: sample.place)
    }
    guard try builder.addScores(of: sample, to: own.benchmark) else {
      return builder.fail(own.benchmark, "it has no score")
    }
    try addUsage(of: sample, name)
    try builder.add(sample["total_time"], to: own.benchmark, "wall_time")
    try builder.add(sample["working_time"], to: own.benchmark, "working_time")
  }

  /// Adds the usages of all models. What other models used, such as those that grade, is kept under
  /// their names.
  private mutating func addUsage(of sample: JSONNode, _ name: String) throws(InputError) {
    for (model, node) in try sample["model_usage"]?.members() ?? [] {
      var call = call(name, of: model, at: node.place)
      call.requests = nil
      call.usage = try TokenUsage(inspect: node)
      call.reportedCost = try node["total_cost"]?.number()
      calls.append(call)
    }
  }

  /// A call of a model such as `openai/gpt-4o`.
  private func call(
    _ name: String, of model: String, at place: ResultBuilder.Place
  ) -> ModelCall {
    let parts = model.split(separator: "/", maxSplits: 1).map(String.init)
    return ModelCall(
      name, model: parts.last ?? model, provider: parts.count > 1 ? parts[0] : nil, usage: nil,
      at: place)
  }
}

extension ResultBuilder {
  /// Adds the outcome of a sample: it is solved if every score says so.
  ///
  /// `C` is solved; `P` (partly), `I` and `N` are not. A number is solved from 1 on. Numbers and
  /// parts are also kept as `score`.
  ///
  /// - Returns: False if it has no score.
  fileprivate mutating func addScores(
    of sample: JSONNode, to benchmark: Benchmark
  ) throws(InputError) -> Bool {
    var values: [Double] = []
    for (name, score) in try sample["scores"]?.members() ?? [] {
      guard let value = score["value"]?.score else {
        skip("score of several values (\(name))", at: score.place)
        continue
      }
      values.append(value)
      let metric = name == "score" || sample.hasOneScore ? "score" : "score \(name)"
      try add(
        [value], to: benchmark, metric, in: "1",
        better: DirectionSource(.higher, by: "it is a score"), at: score.place)
    }
    guard !values.isEmpty else { return false }
    try addSuccess(values.allSatisfy { $0 >= 1 }, to: benchmark, at: sample.place)
    return true
  }

  fileprivate mutating func add(
    _ seconds: JSONNode?, to benchmark: Benchmark, _ metric: String
  ) throws(InputError) {
    guard let seconds else { return }
    try add([seconds.amount()], to: benchmark, metric, in: "s", at: seconds.place)
  }
}

extension JSONNode {
  fileprivate var hasOneScore: Bool { (try? self["scores"]?.members().count) == 1 }

  /// The value of a score as a number; nil for one of several values.
  fileprivate var score: Double? {
    switch value {
    case .integer(let number): Double(number)
    case .number(let number): number
    case .bool(let bool): bool ? 1 : 0
    case .string(let text):
      switch text.lowercased() {
      case "c", "yes", "true", "correct": 1
      case "p": 0.5
      case "i", "n", "no", "false", "incorrect": 0
      default: text.finiteDecimal
      }
    case .null, .array, .object: nil
    }
  }
}

extension TokenUsage {
  /// Reads the usage. `input_tokens` excludes the tokens of the cache.
  fileprivate init(inspect usage: JSONNode) throws(InputError) {
    self.init(
      input: try usage["input_tokens"].tokens() ?? 0,
      cacheRead: try usage["input_tokens_cache_read"].tokens(),
      cacheWrite: try usage["input_tokens_cache_write"].tokens(),
      output: try usage["output_tokens"].tokens() ?? 0,
      reasoning: try usage["reasoning_tokens"].tokens())
  }
}
