import Formats
import Measurements
import Testing

@Suite("The calls of a launch are summed")
struct UsageSumTests {
  /// A call with 10 tokens of input and 2 of output.
  private static func call(
    _ id: String, _ model: String = "m", input: Int = 10, more: String = ""
  ) -> String {
    #"{"id":"\#(id)","role":"assistant","model":"\#(model)","#
      + #""usage":{"input_tokens":\#(input),"output_tokens":2\#(more)}}"# + "\n"
  }

  private static func launch(_ text: String, _ format: Format = .anthropic) throws -> ParsedResults
  {
    var input = Input.of(text)
    input.sumsCalls = true
    return try format.read(input).summed()
  }

  @Test("calls of one model are one round, which keeps the model as a label")
  func oneModel() throws {
    let sum = try Self.launch(
      Self.call("a", more: #","cache_read_input_tokens":5"#) + Self.call("b"))
    let name = "chat model=m provider=anthropic"
    #expect(sum.samples(name, "requests") == [[2]])
    #expect(sum.samples(name, "input_tokens") == [[20]])
    #expect(sum.samples(name, "cache_read_tokens") == [[5]])
    #expect(sum.samples(name, "output_tokens") == [[4]])
    #expect(sum.samples(name, "total_tokens") == [[29]])
    #expect(sum.importSummaries.map(\.rounds) == [5])
  }

  @Test("calls of two models are one benchmark without a model")
  func twoModels() throws {
    let sum = try Self.launch(Self.call("a") + Self.call("b", "n"))
    #expect(Set(sum.series.map { "\($0.benchmark)" }) == ["chat provider=anthropic"])
    #expect(sum.samples("chat provider=anthropic", "total_tokens") == [[24]])
  }

  @Test("a call that failed is counted where another succeeded, and else the launch has failed")
  func failures() throws {
    let error = #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#
    let sum = try Self.launch(Self.call("a") + error)
    #expect(sum.failures.isEmpty)
    #expect(sum.samples("chat model=m provider=anthropic", "failed_requests") == [[1]])
    #expect(
      sum.parseNotes.map(\.description) == ["a request failed: overloaded_error: Overloaded"])
    #expect(try Self.launch(error).failures.map(\.reason) == ["overloaded_error: Overloaded"])
  }

  @Test("launches of a task have the labels that all of them have, and zeros where one is silent")
  func aligned() throws {
    let launches = try [
      Self.launch(Self.call("a")),
      Self.launch(Self.call("a", "n", more: #","cache_read_input_tokens":5"#)),
    ].map { $0.named("task-1", ["agent": "qa"], .modelCalls, areSummed: true) }
    let all = launches.aligned().merged()
    #expect(
      all.samples("task-1 agent=qa provider=anthropic", "cache_read_tokens") == [[0], [5]])
    #expect(all.samples("task-1 agent=qa provider=anthropic", "requests") == [[1], [1]])
    #expect(Set(all.series.map(\.benchmark)).count == 1)
  }

  @Test("without a name, files of two models stay two benchmarks, each with its zeros")
  func zeroFilled() throws {
    let all = try [
      Self.launch(Self.call("a")), Self.launch(Self.call("a", "n")),
      Self.launch(Self.call("a", more: #","cache_creation_input_tokens":7"#)),
    ].zeroFilled().merged()
    #expect(
      all.samples("chat model=m provider=anthropic", "cache_write_tokens") == [[0], [7]])
    #expect(all.samples("chat model=n provider=anthropic", "cache_write_tokens") == nil)
  }

  @Test("apart, calls that are no chat are told apart by a label under a name that is given")
  func operations() throws {
    let embedding =
      #"{"object":"list","model":"e","data":[],"usage":{"prompt_tokens":8,"total_tokens":8}}"#
    let named = try Format.openAI.read(.of(embedding)).named(
      "task", [:], .modelCalls, areSummed: false)
    #expect(
      named.samples("task model=e operation=embeddings provider=openai", "input_tokens") == [[8]])
  }

  @Test("several commands of one launch are told apart by a label, a single one is not")
  func commands() throws {
    func text(_ command: String) -> String {
      "\tCommand being timed: \"\(command)\"\n\tUser time (seconds): 0.02\n\tExit status: 0\n"
    }
    let one = try Format.time.read(.of(text("a"))).named("t", [:], .command, areSummed: false)
    #expect(one.samples("t", "user_time") == [[20_000_000]])
    let two = try Format.time.read(.of(text("a") + text("b")))
      .named("t", [:], .command, areSummed: false)
    #expect(two.samples("t command=b", "user_time") == [[20_000_000]])
  }

  @Test("of a trace, the time is that of the agent, whose usage does not count twice")
  func agent() throws {
    func span(_ id: String, _ parent: String, _ operation: String, end: Int, _ tokens: Int?)
      -> String
    {
      let usage = tokens.map {
        #",{"key":"gen_ai.usage.input_tokens","value":{"intValue":"\#($0)"}},"#
          + #"{"key":"gen_ai.usage.output_tokens","value":{"intValue":"1"}}"#
      }
      return #"{"traceId":"t","spanId":"\#(id)","parentSpanId":"\#(parent)","#
        + #""startTimeUnixNano":"0","endTimeUnixNano":"\#(end)","attributes":["#
        + #"{"key":"gen_ai.operation.name","value":{"stringValue":"\#(operation)"}}"#
        + (usage ?? "") + "]}"
    }
    func trace(_ spans: [String]) -> String {
      #"{"resourceSpans":[{"scopeSpans":[{"spans":[\#(spans.joined(separator: ","))]}]}]}"#
    }
    let spans = [
      span("a", "", "invoke_agent", end: 100, 30), span("b", "a", "chat", end: 40, 10),
      span("c", "a", "chat", end: 30, 20), span("d", "a", "execute_tool", end: 5, nil),
      span("e", "a", "invoke_agent", end: 50, nil),
    ]
    let sum = try Self.launch(trace(spans), .otelGenAI)
    #expect(sum.samples("chat", "input_tokens") == [[30]])
    #expect(sum.samples("chat", "requests") == [[2]])
    #expect(sum.samples("chat", "model_time") == [[70]])
    #expect(sum.samples("chat", "tool_calls") == [[1]])
    #expect(sum.samples("chat", "wall_time") == [[100]])
    let apart = try Format.otelGenAI.read(.of(trace(spans)))
    #expect(apart.samples("invoke_agent", "input_tokens") == nil)
    #expect(apart.samples("invoke_agent") == [[100], [50]])
    let alone = try Self.launch(trace([spans[0], spans[3]]), .otelGenAI)
    #expect(alone.samples("invoke_agent", "input_tokens") == [[30]])
  }
}
