import Formats
import Measurements
import Testing

@Suite("k6")
struct K6Tests {
  @Test("what handleSummary gets says what its metrics hold")
  func handleSummary() throws {
    let reading = try Format.k6.read(fixture("k6/handleSummary_data.json"))
    #expect(reading.samples("my_trend", "med") == [[15_000_000]])
    #expect(reading.samples("my_trend", "p(99)") == [[19_900_000]])
    #expect(reading.samples("http_reqs", "rate") == [[3]])
    #expect(reading.samples("checks", "rate") == [[0.75]])
    // avg, min, med, max and three percentiles; a rate of requests and one of checks.
    #expect(reading.series.count == 9)
    #expect(reading.series.allSatisfy { $0.isSummary })
    #expect(
      reading.series.filter { $0.metric.better == .higher }.map(\.benchmark.name)
        == ["checks", "http_reqs"])
    #expect(
      reading.importSummaries.first?.skipped.map(\.reason) == [
        "count of a trend", "number of virtual users",
      ])
    #expect(
      reading.parseNotes.map(\.description) == [
        "handleSummary_data.json: field 'metrics.http_reqs': threshold 'rate<100' of 'http_reqs' is "
          + "broken",
        "handleSummary_data.json: field 'metrics.my_trend': threshold 'my_trend<1000' of 'my_trend' "
          + "is broken",
      ])
  }

  @Test("--summary-export leaves the types out, and its thresholds are true when broken")
  func export() throws {
    let reading = try Format.k6.read(fixture("k6/export.json"))
    #expect(reading.samples("http_req_duration", "p(95)") == [[250_000_000]])
    let labelled = "http_req_duration expected_response=true method=GET"
    #expect(reading.samples(labelled, "avg") == [[140_000_000]])
    #expect(reading.samples("http_req_failed", "rate") == [[0.1]])
    #expect(reading.samples("data_received", "rate") == [[100]])
    #expect(reading.samples("queue", "value") == [[3]])
    let directions = Dictionary(
      reading.series.map { ($0.benchmark.name, $0.metric.better) }, uniquingKeysWith: { a, _ in a })
    #expect(directions["my_errors"] == .lower && directions["data_received"] == .higher)
    #expect(directions["http_req_failed"] == .lower && directions["checks"] == .higher)
    #expect(
      reading.parseNotes.map(\.description) == [
        "export.json: field 'metrics.http_req_duration': threshold 'p(95)<200' of "
          + "'http_req_duration' is broken"
      ])
  }

  @Test("the machine-readable summary has totals, which the duration divides")
  func machineReadable() throws {
    let reading = try Format.k6.read(fixture("k6/machine-readable.json"))
    #expect(reading.samples("http_reqs", "rate") == [[4.5]])
    #expect(reading.samples("http_req_duration", "med") == [[120_000_000]])
    #expect(reading.samples("payload", "med") == [[512]])
    #expect(reading.samples("http_req_failed", "rate") == [[0.1]])
    #expect(reading.samples("checks_failed", "rate") == [[0.25]])
    #expect(reading.series.count == 7)
  }

  @Test(arguments: [
    Malformed(
      "an unknown type", #"{"root_group": {}, "metrics": {"a": {"type": "sum", "values": {}}}}"#,
      "x: field 'metrics.a': a metric of unknown type"),
    Malformed(
      "a word", #"{"root_group": {}, "metrics": {"http_req_duration": {"avg": "1"}}}"#,
      "x: field 'metrics.http_req_duration.avg': expected a number, found a string"),
    Malformed(
      "negative", #"{"root_group": {}, "metrics": {"http_req_duration": {"avg": -1}}}"#,
      "x: field 'metrics.http_req_duration.avg': negative: -1.0"),
    Malformed(
      "cut off", #"{"root_group": {}, "metrics": {"a": {"avg": 1"#,
      "x:1: field 'metrics.a': the JSON ends in the middle"),
    Malformed(
      "no metrics", #"{"root_group": {}}"#, "x: field 'metrics': is missing"),
    Malformed(
      "empty", #"{"root_group": {}, "metrics": {}}"#, "x: holds no benchmark in format 'k6'"),
  ])
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .k6, on: malformed.text) == malformed.message)
  }
}
