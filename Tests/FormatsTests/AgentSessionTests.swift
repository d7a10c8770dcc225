import Formats
import Measurements
import Testing

/// The sum of a fixture's calls.
func launch(_ path: String, _ format: Format) throws -> ParsedResults {
  var input = try fixture(path)
  input.sumsCalls = true
  return try format.read(input).summed()
}

/// All fixtures are written by hand, after what the tools write.
@Suite("Sessions of agents")
struct AgentSessionTests {
  @Test("each count of Codex is the difference from the one before, and a repeated one counts once")
  func codex() throws {
    let gpt = "chat model=gpt-5-codex provider=openai"
    let calls = try Format.codex.read(fixture("codex/rollout.jsonl"))
    #expect(calls.samples(gpt, "input_tokens") == [[400], [400]])
    #expect(calls.samples(gpt, "cache_read_tokens") == [[600], [1100]])
    #expect(calls.samples(gpt, "output_tokens") == [[80], [40]])
    #expect(calls.samples(gpt, "reasoning_tokens") == [[30], [10]])
    let sum = try launch("codex/rollout.jsonl", .codex)
    #expect(sum.samples(gpt, "total_tokens") == [[2620]])
    #expect(sum.samples(gpt, "requests") == [[2]])
    #expect(sum.skipped.contains { $0.hasPrefix("usage that is there already: 1") })
  }

  @Test("what codex exec prints has a usage, and neither a model nor requests")
  func codexExec() throws {
    let sum = try launch("codex/exec.jsonl", .codex)
    #expect(sum.samples("chat provider=openai", "total_tokens") == [[2620]])
    #expect(sum.samples("chat provider=openai", "requests") == nil)
    let failed = #"{"type":"turn.failed","error":{"message":"stream disconnected"}}"#
    #expect(try Format.codex.read(.of(failed)).failures.map(\.reason) == ["stream disconnected"])
  }

  @Test("a session of Codex that goes on with another one does not count the calls of that one")
  func resumed() throws {
    func line(_ total: Int, _ last: Int) -> String {
      let usage = { (tokens: Int) in #"{"input_tokens":\#(tokens),"output_tokens":1}"# }
      return #"{"type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":"#
        + #"\#(usage(total)),"last_token_usage":\#(usage(last))}}}"# + "\n"
    }
    let calls = try Format.codex.read(.of(line(1000, 30) + line(1050, 50) + line(20, 20)))
    #expect(calls.samples("chat provider=openai", "input_tokens") == [[30], [50], [20]])
  }

  @Test("Gemini counts the cache as part of the prompt, and thoughts besides the answer")
  func gemini() throws {
    let pro = "chat model=gemini-2.5-pro provider=google"
    let sum = try launch("gemini-cli/session-2026-10-01.json", .geminiCLI)
    #expect(sum.samples(pro, "input_tokens") == [[1610]])
    #expect(sum.samples(pro, "cache_read_tokens") == [[500]])
    #expect(sum.samples(pro, "output_tokens") == [[120]])
    #expect(sum.samples(pro, "reasoning_tokens") == [[60]])
    #expect(sum.samples(pro, "total_tokens") == [[2230]])
    let lines = try launch("gemini-cli/session.jsonl", .geminiCLI)
    #expect(
      lines.samples("chat model=gemini-2.5-flash provider=google", "total_tokens") == [[1000]])
  }

  @Test("what gemini prints has the sums of each model")
  func geminiOutput() throws {
    let models = try Format.geminiCLI.read(fixture("gemini-cli/output.json"))
    let pro = "chat model=gemini-2.5-pro provider=google"
    #expect(models.samples(pro, "requests") == [[3]])
    #expect(models.samples(pro, "total_tokens") == [[2050]])
    let sum = try launch("gemini-cli/output.json", .geminiCLI)
    #expect(sum.samples("chat provider=google", "requests") == [[4]])
    #expect(sum.samples("chat provider=google", "model_time") == [[6_000_000_000]])
  }

  @Test("the result of Claude Code has the usage of each model, with its cost")
  func claudeResult() throws {
    let sum = try launch("anthropic/claude_result.json", .anthropic)
    #expect(sum.samples("chat provider=anthropic", "total_tokens") == [[10840]])
    let cost = sum.samples("chat provider=anthropic", "reported_cost")?[0][0] ?? 0
    #expect(abs(cost - 0.0525) < 1e-12)
    #expect(sum.samples("chat provider=anthropic") == [[5_200_000_000]])
    let models = try Format.anthropic.read(fixture("anthropic/claude_result.json"))
    let haiku = "chat model=claude-haiku-4-5-20251001 provider=anthropic"
    #expect(models.samples(haiku, "reported_cost") == [[0.0025]])
  }

  @Test("beside its messages, only the cost and the time of a result count")
  func claudeStream() throws {
    let sum = try launch("anthropic/claude_stream.jsonl", .anthropic)
    let sonnet = "chat model=claude-sonnet-4-5-20250929 provider=anthropic"
    #expect(sum.samples(sonnet, "total_tokens") == [[50]])
    #expect(sum.samples(sonnet, "reported_cost") == [[0.02]])
    #expect(sum.samples(sonnet) == [[2_500_000_000]])
  }

  @Test("a cost is left out, with a warning, where one of two sessions has none")
  func partialCost() throws {
    let line = { (session: String, id: String) in
      #"{"type":"assistant","session_id":"\#(session)","message":{"id":"\#(id)","role":"assistant","#
        + #""model":"m","usage":{"input_tokens":1,"output_tokens":1}}}"# + "\n"
    }
    var input = Input.of(
      line("s", "a") + line("t", "b")
        + #"{"type":"result","session_id":"s","total_cost_usd":0.5}"#)
    input.sumsCalls = true
    let sum = try Format.anthropic.read(input).summed()
    #expect(sum.samples("chat model=m provider=anthropic", "reported_cost") == nil)
    #expect(
      sum.parseNotes.map(\.description) == [
        "x:3: field 'total_cost_usd': the reported cost is left out: 1 of 2 sessions report none"
      ])
  }

  @Test(arguments: cases) func `what is wrong is named`(_ wrong: Wrong) {
    #expect(failure(of: wrong.format, on: wrong.malformed.text) == wrong.malformed.message)
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    let format: Format
    let malformed: Malformed
    var testDescription: String { "\(format.name): \(malformed.testDescription)" }

    init(_ format: Format, _ name: String, _ text: String, _ message: String) {
      self.format = format
      malformed = Malformed(name, text, message)
    }
  }

  static let cases = [
    Wrong(.codex, "nothing", "", "x: nothing in it"),
    Wrong(
      .codex, "no call", #"{"type":"turn_context","payload":{"model":"m"}}"#,
      "x: holds no benchmark in format 'codex'"),
    Wrong(
      .codex, "negative",
      #"{"type":"turn.completed","usage":{"input_tokens":-1,"output_tokens":1}}"#,
      "x: field 'usage.input_tokens': negative: -1"),
    Wrong(
      .codex, "no usage", #"{"type":"event_msg","payload":{"type":"token_count","info":{}}}"#,
      "x: field 'payload.info': no usage of tokens"),
    Wrong(
      .codex, "cut off", #"{"type":"turn.completed","usage":{"input_tok"#,
      "x:1: field 'usage': the JSON ends in the middle of a string"),
    Wrong(
      .geminiCLI, "a cache larger than the prompt",
      #"{"id":"a","tokens":{"input":1,"cached":2,"output":1,"total":4}}"#,
      "x: field 'tokens.input': fewer tokens than the cache alone has, 2"),
    Wrong(
      .geminiCLI, "no output", #"{"id":"a","tokens":{"input":1}}"#,
      "x: field 'tokens.output': is missing"),
    Wrong(
      .liteLLM, "a time that is none",
      #"{"model":"m","prompt_tokens":1,"startTime":"soon","endTime":"2026-10-01T08:00:00Z"}"#,
      "x: field 'startTime': expected a time, found a string"),
    Wrong(
      .liteLLM, "an end before the start",
      #"{"model":"m","prompt_tokens":1,"startTime":5,"endTime":4}"#,
      "x: field 'endTime': before the start"),
    Wrong(
      .liteLLM, "a cost below zero", #"{"model":"m","prompt_tokens":1,"spend":-1}"#,
      "x: a cost that is negative"),
    Wrong(
      .liteLLM, "no tokens", #"{"model":"m","spend":1}"#, "x: field 'prompt_tokens': is missing"),
    Wrong(
      .langfuse, "a word for a number",
      #"{"id":"a","traceId":"t","type":"GENERATION","usageDetails":{"input":"many"}}"#,
      "x: field 'usageDetails.input': expected a whole number, found a string"),
  ]
}

@Suite("Logs of gateways and traces")
struct GatewayLogTests {
  @Test("calls of one session of LiteLLM are a launch, and its own cache is no call")
  func sessions() throws {
    let sum = try launch("litellm/spend_logs.json", .liteLLM)
    #expect(sum.samples("chat", "requests") == [[2], [1]])
    #expect(sum.samples("chat", "total_tokens") == [[1160], [220]])
    #expect(sum.samples("chat", "cache_read_tokens") == [[700], [0]])
    #expect(sum.samples("chat", "failed_requests") == [[0], [1]])
    #expect(
      sum.samples("chat", "reported_cost")?.map { $0.map { ($0 * 1e6).rounded() } } == [
        [13300], [2000],
      ])
    #expect(sum.skipped.contains { $0.hasPrefix("answer from LiteLLM's own cache: 1") })
  }

  @Test("a launch of perf-record is one round, whatever sessions it had")
  func oneLaunch() throws {
    var input = try fixture("litellm/spend_logs.json")
    input.sumsCalls = true
    let sum = try Format.liteLLM.read(input).summed(areOneLaunch: true)
    #expect(sum.samples("chat", "requests") == [[3]])
  }

  @Test("apart, each call has its model, time and cost")
  func apart() throws {
    let calls = try Format.liteLLM.read(fixture("litellm/spend_logs.json"))
    let claude = "chat model=claude-sonnet-4-5 provider=anthropic"
    #expect(calls.samples(claude, "input_tokens") == [[200]])
    #expect(calls.samples(claude, "cache_write_tokens") == [[100]])
    #expect(calls.samples(claude) == [[2_500_000_000]])
    let payloads = try Format.liteLLM.read(fixture("litellm/payloads.jsonl"))
    let gpt = "chat model=gpt-4o provider=openai"
    #expect(payloads.samples(gpt) == [[1_250_000_000], [1_000_000_000]])
    #expect(payloads.samples(gpt, "input_tokens") == [[12], [10]])
    #expect(payloads.samples(gpt, "reported_cost") == [[0.5], [0.25]])
  }

  @Test("each trace of Langfuse is a launch under its name")
  func traces() throws {
    let sum = try launch("langfuse/observations.json", .langfuse)
    let task = "task-1 model=claude-sonnet-4-5"
    #expect(sum.samples(task, "requests") == [[2], [1]])
    #expect(sum.samples(task, "input_tokens") == [[300], [300]])
    #expect(sum.samples(task, "cache_read_tokens") == [[400], [0]])
    #expect(sum.samples(task, "output_tokens") == [[90], [60]])
    #expect(sum.samples(task, "tool_calls") == [[1], [0]])
    #expect(sum.samples(task, "failed_requests") == [[0], [1]])
    #expect(sum.samples(task) == [[10_500_000_000], [8_000_000_000]])
    #expect(
      sum.samples(task, "reported_cost")?.map { $0.map { ($0 * 1e6).rounded() } } == [
        [2000], [2000],
      ])
  }
}
