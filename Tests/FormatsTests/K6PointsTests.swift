import Formats
import Measurements
import Testing

@Suite("Points of k6")
struct K6PointsTests {
  @Test("points of a trend are samples, apart by the tags that name a request")
  func points() throws {
    let reading = try Format.k6Points.read(fixture("k6-points/requests.json"))
    #expect(
      reading.samples("http_req_duration method=GET name=front scenario=default")
        == [[459_500_000, 400_250_000]])
    #expect(
      reading.samples("http_req_duration group=::shop method=POST name=buy scenario=default")
        == [[90_000_000]])
    #expect(reading.samples("size", "value") == [[7]])
    #expect(reading.series.count == 3 && reading.series.allSatisfy { !$0.isSummary })
    #expect(
      reading.importSummaries.first?.skipped.map(\.reason)
        == ["point of a gauge", "point of a failed request", "point of a counter"])
  }

  private static let declared =
    #"{"type":"Metric","data":{"type":"trend","contains":"time"},"metric":"t"}"# + "\r\n"

  @Test(arguments: [
    Malformed(
      "undeclared", #"{"type":"Point","data":{"value":1},"metric":"t"}"#,
      "x:1: a point of 't', which was not declared: '"
        + #"{"type":"Point","data":{"value":1},"metric":"t"}'"#),
    Malformed(
      "negative", declared + #"{"type":"Point","data":{"value":-1},"metric":"t"}"#,
      "x:2: a point without a value that can be: '"
        + #"{"type":"Point","data":{"value":-1},"metric":"t"}'"#),
    Malformed(
      "a word", declared + #"{"type":"Point","data":{"value":"1"},"metric":"t"}"#,
      "x:2: a point without a value that can be: '"
        + #"{"type":"Point","data":{"value":"1"},"metric":"t"}'"#),
    Malformed(
      "cut off", declared + #"{"type":"Point","data":{"val"#,
      #"x:2: neither a metric nor a point of k6: '{"type":"Point","data":{"val'"#),
    Malformed("empty", declared, "x: holds no benchmark in format 'k6-points'"),
  ])
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .k6Points, on: malformed.text) == malformed.message)
  }

  @Test("a point that is not understood is left out where that is asked for")
  func lenient() throws {
    var input = Input.of(
      Self.declared + #"{"type":"Point","data":{"value":2},"metric":"t"}"# + "\n{\"type\":")
    input.isLenient = true
    let reading = try Format.k6Points.read(input)
    #expect(reading.samples("t") == [[2_000_000]])
    #expect(reading.parseNotes.count == 1)
  }
}
