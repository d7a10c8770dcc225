import Formats
import Measurements
import System
import Testing

/// Transcript and batch are written by hand, after what Claude Code and the batch API write; message
/// and stream are recordings of Anthropic's SDK.
@Suite("Usage that Claude's API reports")
struct AnthropicTests {
  private let sonnet = "chat model=claude-sonnet-4-5-20250929 provider=anthropic"

  @Test("a recorded message is one call, with the cache apart from the input")
  func message() throws {
    let reading = try Format.anthropic.read(fixture("anthropic/anthropic_message.json"))
    #expect(reading.samples(sonnet, "input_tokens") == [[406]])
    #expect(reading.samples(sonnet, "output_tokens") == [[50]])
    #expect(reading.samples(sonnet, "cache_read_tokens") == [[0]])
    #expect(reading.samples(sonnet, "cache_write_tokens") == [[0]])
    #expect(reading.samples(sonnet, "requests") == [[1]])
    #expect(reading.samples(sonnet, "total_tokens") == [[456]])
    #expect(reading.series.count == 6)
    #expect(reading.series.allSatisfy { !$0.metric.exact && $0.metric.better == .lower })
  }

  @Test("of a stream the last counts are taken, which include all before")
  func stream() throws {
    let input = try fixture("anthropic/anthropic_stream_b_fallback.sse.txt")
    let reading = try Format.anthropic.read(input)
    let opus = "chat model=claude-opus-4-8 provider=anthropic"
    #expect(reading.samples(opus, "input_tokens") == [[31]])
    #expect(reading.samples(opus, "output_tokens") == [[547]])
    #expect(reading.samples(opus, "reasoning_tokens") == [[0]])
    let skipped = try #require(reading.importSummaries.first).skipped
    #expect(skipped.map(\.reason).sorted().first == "event content_block_delta")
    #expect(skipped.first { $0.reason == "event content_block_delta" }?.count == 15)
  }

  @Test("a transcript repeats a message for each of its blocks, and it counts once, as it ended")
  func transcript() throws {
    let reading = try Format.anthropic.read(fixture("anthropic/transcript.jsonl"))
    #expect(reading.samples(sonnet, "input_tokens") == [[10], [4]])
    #expect(reading.samples(sonnet, "output_tokens") == [[150], [80]])
    #expect(reading.samples(sonnet, "cache_write_tokens") == [[1200], [30]])
    #expect(reading.samples(sonnet, "cache_read_tokens") == [[0], [1210]])
    let haiku = "chat model=claude-haiku-4-5-20251001 provider=anthropic"
    #expect(reading.samples(haiku, "output_tokens") == [[20]])
    let skipped = try #require(reading.importSummaries.first).skipped
    #expect(
      skipped.map { "\($0.count) \($0.reason)" } == [
        "1 no answer (summary)", "2 no answer (user)", "2 message that is there already",
        "1 message that no model wrote", "1 sum of a session",
      ])
    #expect(skipped[2].first == "transcript.jsonl:4")
  }

  @Test("requests of a batch that failed have no numbers")
  func batch() throws {
    let reading = try Format.anthropic.read(fixture("anthropic/batch_results.jsonl"))
    let opus = "chat model=claude-opus-4-1-20250805 provider=anthropic"
    #expect(reading.samples(opus, "input_tokens") == [[100], [120]])
    #expect(reading.failures.map(\.reason) == ["max_tokens: Field required", "expired"])
  }

  @Test("an error that a transcript or a stream tells of is a failed call")
  func errors() throws {
    let line =
      #"{"type":"assistant","isApiErrorMessage":true,"error":"server_error","message":"#
      + #"{"role":"assistant","model":"<synthetic>","content":[{"type":"text","text":"API Error: 529"}]}}"#
    let error = #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#
    #expect(
      try Format.anthropic.read(.of(line)).failures.map(\.reason) == ["API Error: 529"])
    for text in [error, "event: error\ndata: \(error)\n\n"] {
      let reading = try Format.anthropic.read(.of(text))
      #expect(reading.failures.map(\.reason) == ["overloaded_error: Overloaded"])
    }
    let mute = try Format.anthropic.read(.of("data: {\"type\":\"error\"}\n\n"))
    #expect(mute.failures.map(\.reason) == ["error of the stream"])
  }

  @Test("what a call did besides answering is warned of, as the totals may not have it")
  func iterations() throws {
    let text = { (kind: String) in
      #"{"id":"a","role":"assistant","model":"m","usage":{"input_tokens":5,"output_tokens":7,"#
        + #""iterations":[{"type":"\#(kind)","input_tokens":90},{"type":"message"}]}}"#
    }
    #expect(try Format.anthropic.read(.of(text("message"))).parseNotes.isEmpty)
    let reading = try Format.anthropic.read(.of(text("compaction")))
    #expect(reading.samples("chat model=m provider=anthropic", "input_tokens") == [[5]])
    #expect(
      reading.parseNotes.map(\.description) == [
        "x: tokens of iterations are left out that may be in no total: compaction"
      ])
  }

  @Test("line ends of Windows and a byte-order mark change nothing")
  func windows() throws {
    let text = try fixture("anthropic/anthropic_stream_b_fallback.sse.txt").text()
    let input = Input.of("\u{feff}" + text.replacing("\n", with: "\r\n"))
    #expect(try Format.detect(input).name == "anthropic")
    #expect(try Format.anthropic.read(input).importSummaries.first?.samples == 7)
  }

  @Test("with --lenient what breaks off is left out, and the rest is read")
  func lenient() throws {
    var input = Input.of(Self.answer(input: "5") + "\n" + Self.answer(input: #""x""#) + "\n{\"a")
    input.isLenient = true
    let reading = try Format.anthropic.read(input)
    #expect(reading.samples("chat model=m provider=anthropic", "input_tokens") == [[5]])
    #expect(reading.parseNotes.map(\.weight) == [.warning, .warning])
  }

  private static func answer(input: String, output: String = "7") -> String {
    #"{"role":"assistant","model":"m","usage":{"input_tokens":\#(input),"output_tokens":\#(output)}}"#
  }

  @Test(arguments: cases) func `what is wrong is named`(_ malformed: Malformed) {
    #expect(failure(of: .anthropic, on: malformed.text) == malformed.message)
  }

  static let cases = [
    Malformed("nothing", "", "x: nothing in it"),
    Malformed(
      "no answer", #"{"type":"user"}"#, "x: holds no benchmark in format 'anthropic'"),
    Malformed(
      "a word for a number", answer(input: #""many""#),
      "x: field 'usage.input_tokens': expected a whole number, found a string"),
    Malformed(
      "a second line", answer(input: "1") + "\n" + answer(input: "1.5"),
      "x:2: field 'usage.input_tokens': expected a whole number, found a number"),
    Malformed(
      "negative", answer(input: "1", output: "-1"),
      "x: field 'usage.output_tokens': negative: -1"),
    Malformed(
      "no output", #"{"role":"assistant","model":"m","usage":{"input_tokens":1}}"#,
      "x: field 'usage.output_tokens': is missing"),
    Malformed(
      "no model", #"{"role":"assistant","usage":{"input_tokens":1,"output_tokens":1}}"#,
      "x: field 'model': is missing"),
    Malformed(
      "no usage", #"{"type":"assistant","message":{"role":"assistant","model":"m"}}"#,
      "x: field 'message': an answer without `usage`"),
    Malformed(
      "cut off", answer(input: "1") + "\n" + answer(input: "1").dropLast(5),
      "x:2: field 'usage': the JSON ends in the middle of a string"),
    Malformed(
      "a stream cut off",
      "data: {\"type\":\"message_start\",\"message\":{\"model\":\"m\",\"usage\":{}}}\n\n",
      "x:1: a message that breaks off before `message_stop`"),
    Malformed(
      "a stream without its start", "\ndata: {\"type\":\"message_stop\"}\n\n",
      "x:2: no message begins before"),
    Malformed(
      "data that break off", "event: a\ndata: {\"type\":\n\n",
      "x:2: field 'type': the JSON ends in the middle"),
    Malformed("no stream", "hello\n", "x:1: no line of an event stream: 'hello'"),
  ]
}
