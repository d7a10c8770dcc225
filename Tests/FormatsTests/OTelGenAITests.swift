import Formats
import Measurements
import Testing

@Suite("Calls that OpenTelemetry traced or counted")
struct OTelGenAITests {
  private let sonnet = "chat model=claude-sonnet-4-5-20250929 provider=anthropic"

  @Test("each span of a call is a round, the cache taken from its input")
  func spans() throws {
    let reading = try Format.otelGenAI.read(fixture("otel-genai/spans.jsonl"))
    #expect(reading.samples(sonnet) == [[1_500_000_000], [900_000_000]])
    #expect(reading.samples(sonnet, "input_tokens") == [[100], [40]])
    #expect(reading.samples(sonnet, "cache_read_tokens") == [[1000], [0]])
    #expect(reading.samples(sonnet, "cache_write_tokens") == [[200], [0]])
    #expect(reading.samples(sonnet, "output_tokens") == [[150], [20]])
    #expect(reading.samples(sonnet, "reasoning_tokens") == [[0], [8]])
    #expect(reading.samples(sonnet, "time_to_first_chunk") == [[250_000_000]])
    #expect(reading.failures.map(\.description) == ["'\(sonnet)' failed: the model is overloaded"])
  }

  @Test("older names of attributes are understood, and what calls no model has times only")
  func otherSpans() throws {
    let reading = try Format.otelGenAI.read(fixture("otel-genai/spans.jsonl"))
    #expect(reading.samples("chat model=gpt-4o provider=openai", "input_tokens") == [[12]])
    #expect(reading.samples("chat model=gpt-4o provider=openai", "output_tokens") == [[3]])
    #expect(reading.samples("execute_tool tool=weather") == [[30_000_000]])
    #expect(reading.samples("execute_tool tool=weather", "input_tokens") == nil)
    #expect(reading.importSummaries.first?.skipped.map(\.reason) == ["span of something else"])
  }

  @Test("of histograms the last export counts, and their means are summaries")
  func metrics() throws {
    let reading = try Format.otelGenAI.read(fixture("otel-genai/metrics.jsonl"))
    let gpt = "chat model=gpt-4o-2024-08-06 provider=openai"
    #expect(reading.samples(gpt) == [[1_000_000_000]])
    #expect(reading.samples(gpt, "input_tokens") == [[200]])
    #expect(reading.samples(gpt, "output_tokens") == [[30]])
    #expect(reading.samples(gpt, "requests") == [[3]])
    #expect(reading.series.filter(\.isSummary).count == 4)
    #expect(reading.importSummaries.first?.skipped.map(\.count) == [3])
    #expect(
      reading.parseNotes.map(\.description) == [
        "metrics.jsonl:2: field 'resourceMetrics[0].scopeMetrics[0].metrics[1].histogram"
          + ".dataPoints[0]': input tokens of a histogram include those from a cache, and so may "
          + "their cost"
      ])
  }

  @Test("histograms that are counted anew for each export are rounds")
  func delta() throws {
    let point = { (sum: Int) in #"{"count":2,"sum":\#(sum),"attributes":[]}"# }
    let text =
      #"{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"gen_ai.client.operation.duration""#
      + #","unit":"s","histogram":{"aggregationTemporality":1,"dataPoints":["#
      + "\(point(4)),\(point(6))]}}]}]}]}"
    let reading = try Format.otelGenAI.read(.of(text))
    #expect(reading.samples("chat") == [[2_000_000_000], [3_000_000_000]])
  }

  @Test("traces of something else are not taken for calls")
  func others() {
    let input = Input.of(Self.span(attributes: #"{"key":"http.method","value":{}}"#))
    #expect(throws: InputError.self) { try Format.detect(input) }
  }

  private static func span(_ times: String = "", attributes: String) -> String {
    #"{"resourceSpans":[{"scopeSpans":[{"spans":[{\#(times)"attributes":[\#(attributes)]}]}]}]}"#
  }

  private static func call(_ times: String, _ usage: [String: String]) -> String {
    let usage = usage.sorted { $0.key < $1.key }.map {
      #","# + #"{"key":"gen_ai.usage.\#($0.key)","value":{"intValue":\#($0.value)}}"#
    }
    return span(
      times,
      attributes: #"{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}}"#
        + usage.joined())
  }

  private static let times = #""startTimeUnixNano":"5","endTimeUnixNano":"9","#
  private static let field = "x: field 'resourceSpans[0].scopeSpans[0].spans[0]"

  @Test(arguments: cases) func `what is wrong is named`(_ malformed: Malformed) {
    #expect(failure(of: .otelGenAI, on: malformed.text) == malformed.message)
  }

  static let cases = [
    Malformed("nothing", "", "x: nothing in it"),
    Malformed(
      "no end", call(#""startTimeUnixNano":"5","#, [:]), "\(field).endTimeUnixNano': is missing"),
    Malformed(
      "an end before its start",
      call(#""startTimeUnixNano":"5","endTimeUnixNano":"4","#, [:]),
      "\(field)': ends before it starts"),
    Malformed(
      "a word for a number", call(times, ["input_tokens": #""many""#]),
      "\(field).attributes[1].value.intValue': expected a whole number, found a string"),
    Malformed(
      "output only", call(times, ["output_tokens": "1"]),
      "\(field)': output tokens without input tokens"),
    Malformed(
      "a cache beside the input",
      call(times, ["input_tokens": "1", "cache_read.input_tokens": "2"]),
      "\(field).attributes[2].value.intValue': fewer tokens than the cache alone has, 2"),
    Malformed(
      "cut off", String(call(times, ["input_tokens": "1"]).dropLast(2)),
      "x:1: field 'resourceSpans': the JSON ends in the middle"),
    Malformed(
      "no histogram",
      #"{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"gen_ai.x","sum":{}}]}]}]}"#,
      "x: field 'resourceMetrics[0].scopeMetrics[0].metrics[0]': 'gen_ai.x' is no histogram"),
  ]
}
