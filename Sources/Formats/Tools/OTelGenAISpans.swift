import Measurements

/// The spans of calls, each of which is a round, and of the agents and tools around them.
///
/// The usage of an agent includes that of the calls below it. It counts only if no span below the
/// agent has a usage of its own.
struct GenAISpans {
  private var spans: [Span] = []
  private var indices: [String: Int] = [:]

  private struct Span {
    let kind: Kind
    let parent: String?
    /// The call. It has no duration if it failed.
    var call: ModelCall
  }

  private enum Kind {
    case model, agent, tool

    init(operation: String?) {
      switch operation {
      case "invoke_agent", "create_agent", "invoke_workflow": self = .agent
      case "execute_tool": self = .tool
      default: self = .model
      }
    }
  }

  mutating func read(
    _ span: JSONNode, _ builder: inout ResultBuilder
  ) throws(InputError) {
    let place = span.place
    let attributes = try GenAIAttributes(of: span)
    guard attributes.areOfGenAI else { return builder.skip("span of something else", at: place) }
    guard attributes["operation.name", "request.model", "response.model"] != nil else {
      return builder.skip("span without an operation", at: place)
    }
    let trace = span["traceId"]?.label
    func key(_ id: String) -> String? {
      span[id]?.label.flatMap { id in trace.map { "\($0)/\(id)" } }
    }
    if let key = key("spanId") {
      guard indices[key] == nil else {
        return builder.skip("span that is there already", at: place)
      }
      // A span that failed is known, too, so that it is not read twice.
      indices[key] = spans.count
    }
    let kind = Kind(operation: attributes["operation.name"]?.label)
    var call = attributes.call(at: place)
    // Agents go on when a tool fails, so that is no failure of the launch.
    if let failure = span.failure ?? attributes.errorType, kind != .tool || !builder.input.sumsCalls
    {
      builder.fail(call.benchmark, failure)
    } else {
      call.duration = try span.duration()
      call.usage = try attributes.usage()
      call.timeToFirstChunk = try attributes["response.time_to_first_chunk"]?.number()
    }
    spans.append(Span(kind: kind, parent: key("parentSpanId"), call: call))
  }

  /// Adds all calls to a builder.
  ///
  /// - Returns: The benchmarks of the calls that did not fail.
  mutating func add(to builder: inout ResultBuilder) throws(InputError) -> Set<Benchmark> {
    let counted = ancestors { $0.call.usage != nil }
    for index in counted where spans[index].kind == .agent && spans[index].call.usage != nil {
      builder.skip("usage of an agent whose calls have theirs", at: spans[index].call.place)
      spans[index].call.usage = nil
    }
    let done = spans.filter { $0.call.duration != nil }
    if builder.input.sumsCalls {
      try addLaunch(to: &builder)
    } else {
      try builder.add(done.map(\.call))
    }
    return Set(done.map(\.call.benchmark))
  }

  /// Adds what can be summed for the launch: the calls of models, the number of those of tools, and
  /// the time of the outermost agents.
  private func addLaunch(to builder: inout ResultBuilder) throws(InputError) {
    var calls: [ModelCall] = []
    let inner = descendants(of: .agent)
    for (index, span) in spans.enumerated() {
      guard let duration = span.call.duration else { continue }
      var call = span.call
      switch span.kind {
      case .model: calls.append(call)
      case .tool: try builder.add([1], to: call, "tool_calls", in: "1")
      case .agent:
        if !inner.contains(index) { try builder.add([duration], to: call, "wall_time", in: "ns") }
        guard call.usage != nil else { continue }
        (call.duration, call.requests) = (nil, nil)
        calls.append(call)
      }
    }
    try builder.add(calls)
  }

  /// The indices of all spans above some spans.
  private func ancestors(of isMeant: (Span) -> Bool) -> Set<Int> {
    var above: Set<Int> = []
    for span in spans where isMeant(span) {
      var parent = span.parent
      // What is above a span that was visited has been visited as well. So a circle ends.
      while let index = parent.flatMap({ indices[$0] }), above.insert(index).inserted {
        parent = spans[index].parent
      }
    }
    return above
  }

  /// The indices of all spans below spans of a kind.
  private func descendants(of kind: Kind) -> Set<Int> {
    var below: Set<Int> = []
    for (index, span) in spans.enumerated() {
      var visited: Set<Int> = [index]
      var parent = span.parent
      while let place = parent.flatMap({ indices[$0] }), visited.insert(place).inserted {
        if spans[place].kind == kind || below.contains(place) {
          below.insert(index)
          break
        }
        parent = spans[place].parent
      }
    }
    return below
  }
}

extension ResultBuilder {
  fileprivate mutating func add(
    _ samples: [Double], to call: ModelCall, _ metric: String, in unit: String
  ) throws(InputError) {
    try add(
      samples, to: call.benchmark, metric, in: unit, better: .cost(by: "usage"), at: call.place)
  }
}

extension JSONNode {
  /// The message of an error status; nil if there is no error.
  fileprivate var failure: String? {
    guard let status = self["status"], ["2", "STATUS_CODE_ERROR"].contains(status["code"]?.label)
    else { return nil }
    return status["message"]?.label ?? "status ERROR"
  }

  /// The duration of the span in nanoseconds.
  fileprivate func duration() throws(InputError) -> Double {
    let start = try member("startTimeUnixNano").wholeNumber()
    let end = try member("endTimeUnixNano").wholeNumber()
    guard start >= 0, end >= start else { throw error("ends before it starts") }
    return Double(end - start)
  }
}
