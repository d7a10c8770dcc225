import Formats
import Measurements
import Runner
import Testing

@Suite("github-action-benchmark")
struct GABTests {
  @Test("the unit says what a value is, also in words and with the number as text")
  func custom() throws {
    let reading = try Format.gab.read(fixture("gab/numerals.json"))
    #expect(reading.samples("parse") == [[1250.5]])
    #expect(reading.samples("parse", "value") == [[3]])
    #expect(reading.samples("serve", "value") == [[70]])
    #expect(reading.samples("send", "throughput") == [[1_500_000]])
    #expect(reading.series.allSatisfy { $0.isSummary })
  }

  @Test("unit and name say what is better; where they contradict each other, it is a guess")
  func direction() throws {
    let bigger = try Format.gab.read(fixture("gab/customBiggerIsBetter_output.json"))
    // Free memory, in megabytes.
    #expect(bigger.series.map(\.metric.better) == [.higher, .lower])
    #expect(bigger.series.map(\.metric.isGuessed) == [false, true])
    #expect(bigger.series.map(\.metric.unit) == [Unit("req/s"), .bytes])
    #expect(
      bigger.importSummaries.first?.metrics.map(\.better.origin)
        == ["its unit", "a guess: say it with --better, or `better` of [metric]"])
    let smaller = try Format.gab.read(fixture("gab/customSmallerIsBetter_output.json"))
    #expect(
      smaller.samples("My Custom Smaller Is Better Benchmark - CPU Load", "value") == [[0.5]])
    #expect(
      smaller.samples("My Custom Smaller Is Better Benchmark - Memory Used", "value")
        == [[100_000_000]])
  }

  @Test(arguments: [
    Malformed(
      "no numeral", #"[{"name": "a", "unit": "ns", "value": "fast"}]"#,
      "x: field '[0].value': 'a' has no finite number"),
    Malformed(
      "infinite", #"[{"name": "a", "unit": "ns", "value": Infinity}]"#,
      "x: field '[0].value': 'a' has no finite number"),
    Malformed(
      "negative", #"[{"name": "a", "unit": "ns", "value": -1}]"#,
      "x: field '[0].value': negative: -1.0"),
    Malformed(
      "no unit", #"[{"name": "a", "value": 1}]"#, "x: field '[0].unit': is missing"),
    Malformed(
      "twice",
      #"[{"name": "a", "unit": "ns", "value": 1}, {"name": "a", "unit": "ms", "value": 1}]"#,
      "x: field '[1]': 'a' has a second value of 'wall_time'"),
    Malformed("empty", "[]", "x: holds no benchmark in format 'gab'"),
    Malformed("not a list", "{}", "x: expected an array, found an object"),
  ])
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .gab, on: malformed.text) == malformed.message)
  }
}
