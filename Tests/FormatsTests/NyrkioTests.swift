import Formats
import Measurements
import Testing

@Suite("Nyrkiö")
struct NyrkioTests {
  @Test("the newest entry is read, and the file names the test")
  func newest() throws {
    let reading = try Format.nyrkio.read(fixture("nyrkio/search.json"))
    #expect(reading.samples("search", "p50") == [[13_500]])
    #expect(reading.samples("search", "rate") == [[70]])
    #expect(reading.samples("search", "hits") == [[0.5]])
    #expect(reading.series.map(\.metric.better) == [.lower, .higher, .higher, .lower])
    #expect(
      reading.importSummaries.first?.metrics.map(\.better.origin)
        == ["its unit", "its unit", "the file", "the file"])
    #expect(
      reading.parseNotes == [
        ParseNote(
          .warning,
          "search.json: field '[2]': only the newest entry is read, of commit aaa3: "
            + "2 older ones are not; `--history` reads all")
      ])
  }

  @Test("an entry that did not pass has failed")
  func failed() throws {
    let text = """
      [{"timestamp": 1706220910, "passed": false, "attributes": {"test_name": "t"},
        "metrics": [{"name": "a", "unit": "s", "value": 1}]}]
      """
    let reading = try Format.detect(.of(text)).read(.of(text))
    #expect(reading.failures.map(\.benchmark?.name) == ["t"])
    #expect(reading.series.isEmpty)
  }

  @Test(arguments: [
    Malformed(
      "an unknown direction",
      #"[{"timestamp": 1706220910, "metrics": [{"name": "a", "value": 1, "direction": "up"}]}]"#,
      "x: field '[0].metrics[0]': unknown direction 'up'"),
    Malformed(
      "no time", #"[{"metrics": []}]"#, "x: field '[0].timestamp': is missing"),
    Malformed(
      "a word", #"[{"timestamp": 1706220910, "metrics": [{"name": "a", "value": "1"}]}]"#,
      "x: field '[0].metrics[0].value': expected a number, found a string"),
    Malformed(
      "negative",
      #"[{"timestamp": 1706220910, "metrics": [{"name": "a", "unit": "s", "value": -1}]}]"#,
      "x: field '[0].metrics[0].value': negative: -1.0"),
    Malformed(
      "twice",
      #"[{"timestamp": 1706220910, "metrics": [{"name": "a", "value": 1}, {"name": "a", "value": 1}]}]"#,
      "x: field '[0].metrics[1]': 'x' has a second value of 'a'"),
    Malformed("empty", "[]", "x: holds no benchmark in format 'nyrkio'"),
  ])
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .nyrkio, on: malformed.text) == malformed.message)
  }
}
