import Formats
import Measurements
import Testing

@Suite("pyperf: every worker run is a round")
struct PyperfTests {
  @Test("values become nanoseconds per loop, and the memory of each worker is kept")
  func values() throws {
    let reading = try Format.pyperf.read(fixture("pyperf/two.json"))
    let sort = try #require(reading.samples("sort"))
    #expect(sort.map(\.count) == [3, 3, 3])
    #expect(
      sort[0] == [
        4.0418751723336754e-07 * 1e9, 3.9949998154042987e-07 * 1e9, 3.9746873881085776e-07 * 1e9,
      ])
    #expect(reading.samples("sum")?[2].last == 3.775937784666894e-07 * 1e9)
    #expect(reading.samples("sort", "max_rss") == [[19_648_512], [19_599_360], [19_558_400]])
    #expect(reading.series.map(\.metric) == [.wallTime, .maxRSS, .wallTime, .maxRSS])
    #expect(reading.context["python_version"] == "3.11.7 (64-bit)")
  }

  @Test("calibration runs and warm-ups are left out, and counted")
  func leftOut() throws {
    let reading = try Format.pyperf.read(fixture("pyperf/doc_outliers.json.gz"))
    let rounds = try #require(reading.samples("timeit"))
    #expect(rounds.map(\.count) == Array(repeating: 3, count: 20))
    let place = "first doc_outliers.json.gz: field 'benchmarks[0]"
    #expect(
      reading.skipped == [
        "calibration run: 1, \(place).runs[0]'", "warm-up value: 20, \(place).runs[1]'",
      ])
  }

  @Test("the name may be that of the whole file")
  func nameOfFile() throws {
    let reading = try Format.pyperf.read(fixture("pyperf/doc_timeit_strip.json.gz"))
    #expect(reading.samples("timeit")?.map(\.count) == [3, 3, 3])
    #expect(reading.samples("timeit")?[0][0] == 7.710041245445609e-07 * 1e9)
  }

  @Test("values in bytes are peaks of memory, not times")
  func bytes() throws {
    let reading = try Format.pyperf.read(fixture("pyperf/memory.json"))
    #expect(reading.samples("list", "peak_memory") == [[209_939], [210_124]])
    #expect(reading.series.map(\.metric) == [Metric("peak_memory", .bytes)])
  }

  @Test("metadata of a run goes before that of its benchmark, and that before the file's")
  func layers() throws {
    let reading = try Format.pyperf.read(
      .of(
        """
        {"version": "1.0", "metadata": {"unit": "byte", "name": "file", "command_max_rss": 5},
        "benchmarks": [
        {"metadata": {"name": "a", "unit": "second"}, "runs": [{"values": [1, 2]},
        {"values": [3], "metadata": {"mem_max_rss": 7}}]},
        {"runs": [{"values": [4], "metadata": {"name": "b", "unit": "integer"}}]}]}
        """))
    #expect(reading.samples("a") == [[1e9, 2e9], [3e9]])
    // What the command took, where pyperf ran one, not the worker that started it.
    #expect(reading.samples("a", "max_rss") == [[5], [5]])
    #expect(reading.samples("b", "value") == [[4]])
    #expect(reading.metric("value") == Metric("value", .one, isGuessed: true))
  }

  @Test("a benchmark that was only calibrated has no numbers, which is told")
  func onlyCalibrated() throws {
    let text = """
      \u{feff}{"version": "1.0", "benchmarks": [\r
      {"metadata": {"name": "a"}, "runs": [{"warmups": [[1, 0.5]]}]},\r
      {"metadata": {"name": "b"}, "runs": [{"values": [0.5]}]}]}\r\n
      """
    #expect(try Format.detect(.of(text)).name == "pyperf")
    let reading = try Format.pyperf.read(.of(text))
    #expect(reading.samples("b") == [[5e8]])
    #expect(
      reading.parseNotes == [
        ParseNote(
          .warning,
          "x: field 'benchmarks[0]': 'a' has no run with values, only for calibration")
      ])
  }

  @Test("what is wrong is named", arguments: cases)
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .pyperf, on: malformed.text) == malformed.message)
  }

  private static func file(_ runs: String, _ metadata: String = #"{"name": "a"}"#) -> String {
    #"{"version": "1.0", "benchmarks": [{"metadata": \#(metadata), "runs": [\#(runs)]}]}"#
  }

  static let cases = [
    Malformed(
      "cut off", "{\"version\":\n\"1.0",
      "x:2: field 'version': the JSON ends in the middle of a string"),
    Malformed(
      "no benchmark", #"{"version": "1.0", "benchmarks": []}"#,
      "x: holds no benchmark in format 'pyperf'"),
    Malformed(
      "an old version", #"{"version": 5, "benchmarks": []}"#,
      "x: field 'version': '5' is no version that is known: those are 1.0 and 6"),
    Malformed("no version", #"{"benchmarks": []}"#, "x: field 'version': is missing"),
    Malformed(
      "no name", file(#"{"values": [1]}"#, "{}"),
      "x: field 'benchmarks[0]': has no name, neither here nor in the metadata of the file"),
    Malformed(
      "a word for a number", file(#"{"values": [1, "2"]}"#),
      "x: field 'benchmarks[0].runs[0].values[1]': expected a number, found a string"),
    Malformed(
      "not a number", file(#"{"values": [1, NaN]}"#),
      "x: field 'benchmarks[0].runs[0].values[1]': not a finite number"),
    Malformed(
      "negative", file(#"{"values": [1, -2]}"#),
      "x: field 'benchmarks[0].runs[0].values[1]': negative: '-2.0'"),
    Malformed(
      "too large as nanoseconds", file(#"{"values": [1e300]}"#),
      "x: field 'benchmarks[0].runs[0]': 'a' has a sample that is inf, not a finite number"),
    Malformed(
      "nothing at all in a run", file(#"{"metadata": {}}"#),
      "x: field 'benchmarks[0].runs[0]': a run without values"),
    Malformed(
      "an unknown unit", file(#"{"values": [1]}"#, #"{"name": "a", "unit": "joule"}"#),
      "x: field 'benchmarks[0].metadata.unit': not one of second, byte and integer"),
    Malformed(
      "the same name twice",
      #"{"version": "1.0", "metadata": {"name": "a"}, "benchmarks": "#
        + #"[{"runs": [{"values": [1]}]}, {"runs": [{"values": [1]}]}]}"#,
      "x: field 'benchmarks[1]': a second result of 'a'"),
  ]
}
