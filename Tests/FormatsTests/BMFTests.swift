import Formats
import Measurements
import Testing

@Suite("Bencher Metric Format")
struct BMFTests {
  @Test("the slugs of built-in measures have units, others are plain numbers")
  func measures() throws {
    let reading = try Format.bmf.read(fixture("bmf/documented.json"))
    #expect(reading.samples("benchmark_name") == [[88]])
    #expect(reading.samples("benchmark_name", "operations") == [[5.55]])
    #expect(reading.metric("operations")?.better == .higher)
    #expect(
      reading.samples("/bin/sh -c ./my_build_script.sh", "build-time") == [[87_000_000_000]])
    #expect(reading.samples("my_binary", "file-size") == [[42]])
    #expect(reading.metric("file-size")?.unit == .bytes)
    #expect(reading.samples("my_binary", "ram.hits") == [[-3]])
    #expect(reading.series.allSatisfy { $0.isSummary })
  }

  @Test("an ending that silences alerts is no part of the name")
  func ending() throws {
    let reading = try Format.bmf.read(fixture("bmf/documented.json"))
    #expect(reading.parseNotes.map(\.weight) == [.importSummary])
  }

  @Test(
    "other objects of objects are not taken for it",
    arguments: [
      "{}", #"{"a": {}}"#, #"{"a": {"b": {"value": 1, "unit": "ns"}}}"#, #"{"a": {"b": 1}}"#,
      #"{"a": {"b": {"value": 1}}, "version": 1}"#,
    ])
  func others(text: String) {
    #expect(throws: InputError.self) { try Format.detect(.of(text)) }
  }

  @Test(arguments: [
    Malformed(
      "a word", #"{"a": {"latency": {"value": "1"}}}"#,
      "x: field 'a.latency.value': expected a number, found a string"),
    Malformed(
      "negative", #"{"a": {"latency": {"value": -1}}}"#,
      "x: field 'a.latency.value': negative: -1.0"),
    Malformed(
      "not finite", #"{"a": {"latency": {"value": NaN}}}"#,
      "x: field 'a.latency.value': not a finite number"),
    Malformed(
      "no value", #"{"a": {"latency": {"lower_value": 1}}}"#,
      "x: field 'a.latency.value': is missing"),
    Malformed(
      "one measure by two names", #"{"a": {"Latency": {"value": 1}, "latency": {"value": 1}}}"#,
      "x: field 'a.latency': 'a' has a second value of 'wall_time'"),
    Malformed(
      "cut off", #"{"a": {"latency": {"value": 1"#,
      "x:1: field 'a.latency': the JSON ends in the middle"),
    Malformed("empty", "{}", "x: holds no benchmark in format 'bmf'"),
  ])
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .bmf, on: malformed.text) == malformed.message)
  }
}
