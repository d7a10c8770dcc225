import Formats
import Measurements
import Testing

@Suite("pytest-benchmark: a test is one round of many samples")
struct PytestBenchmarkTests {
  private let up = "test_sorting.py::test_sort kind=up size=10"

  @Test("samples are nanoseconds for one iteration, parameters are labels")
  func samples() throws {
    let reading = try Format.pytestBenchmark.read(fixture("pytest-benchmark/samples.json"))
    #expect(
      reading.samples(up) == [
        [
          3.9062479118001647e-07 * 1e9, 1.5775003703311086e-07 * 1e9, 1.4275019566412084e-07 * 1e9,
          1.3899989426136017e-07 * 1e9, 1.4387524061021395e-07 * 1e9,
        ]
      ])
    #expect(reading.samples("test_sorting.py::test_sum")?.map(\.count) == [4])
    #expect(reading.series.map(\.metric) == [.wallTime, .wallTime, .wallTime])
    #expect(reading.series.allSatisfy { !$0.isSummary })
    #expect(reading.context["cpu"] == "AMD EPYC")
    #expect(reading.context["python_version"] == "3.11.7")
    #expect(reading.parseNotes.isEmpty)
  }

  @Test("a file saved without samples is a summary, the median of each test")
  func summary() throws {
    let reading = try Format.pytestBenchmark.read(fixture("pytest-benchmark/saved.json"))
    #expect(reading.samples(up) == [[1.4400029613170773e-07 * 1e9]])
    #expect(reading.series.count == 3)
    #expect(reading.series.allSatisfy { $0.isSummary })
  }

  @Test("a timer of the processor gives its time, not that on the wall")
  func timer() throws {
    let reading = try Format.pytestBenchmark.read(fixture("pytest-benchmark/cpu.json"))
    let samples = try #require(reading.samples("test_sorting.py::test_sum", "cpu_time"))
    #expect(samples.map(\.count) == [4])
    #expect(samples[0][0] == 4.44599999999129e-06 * 1e9)
  }

  private static func file(_ tests: String) -> String {
    #"{"machine_info": {}, "benchmarks": [\#(tests)]}"#
  }

  @Test("parameters of any kind are labels")
  func parameters() throws {
    let reading = try Format.pytestBenchmark.read(
      .of(
        Self.file(
          #"{"fullname": "t", "params": {"a": null, "b": [1, 2], "c": true, "d": 1.5}, "#
            + #""stats": {"data": [1], "rounds": 1}}"#)))
    #expect(reading.samples("t a=null b=[1, 2] c=true d=1.5") == [[1e9]])
  }

  @Test(
    "a file that was shortened is read with a warning, and leniently what is no number is left out")
  func shortened() throws {
    let text =
      "\u{feff}"
      + Self.file(
        "{\"fullname\": \"t\",\r\n \"stats\": {\"data\": [1, 2, \"... omitted\"], \"rounds\": 9}}")
    #expect(
      failure(of: .pytestBenchmark, on: text)
        == "x: field 'benchmarks[0].stats.data[2]': expected a number, found a string")
    var input = Input.of(text)
    input.isLenient = true
    let reading = try Format.pytestBenchmark.read(input)
    #expect(reading.samples("t") == [[1e9, 2e9]])
    let field = "x: field 'benchmarks[0].stats.data"
    #expect(
      reading.parseNotes.map(\.description) == [
        "\(field)[2]': expected a number, found a string, passed over",
        "\(field)': 3 samples of a test that had 9",
      ])
  }

  @Test("what is wrong is named", arguments: cases)
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .pytestBenchmark, on: malformed.text) == malformed.message)
  }

  static let cases = [
    Malformed("no test", file(""), "x: holds no benchmark in format 'pytest-benchmark'"),
    Malformed(
      "cut off", "{\"machine_info\": {},\n\"benchmarks\": [{\"stats\": {\"da",
      "x:2: field 'benchmarks[0].stats': the JSON ends in the middle of a string"),
    Malformed(
      "no name", file(#"{"stats": {"data": [1]}}"#),
      "x: field 'benchmarks[0].fullname': is missing"),
    Malformed(
      "no statistics", file(#"{"fullname": "t"}"#), "x: field 'benchmarks[0].stats': is missing"),
    Malformed(
      "neither samples nor a summary", file(#"{"fullname": "t", "stats": {}}"#),
      "x: field 'benchmarks[0].stats.mean': is missing"),
    Malformed(
      "no sample", file(#"{"fullname": "t", "stats": {"data": []}}"#),
      "x: field 'benchmarks[0].stats.data': 't' has a round without samples"),
    Malformed(
      "negative", file(#"{"fullname": "t", "stats": {"data": [-1]}}"#),
      "x: field 'benchmarks[0].stats.data[0]': negative: '-1.0'"),
    Malformed(
      "not a number", file(#"{"fullname": "t", "stats": {"median": NaN}}"#),
      "x: field 'benchmarks[0].stats.median': not a finite number"),
    Malformed(
      "the same test twice",
      file(
        #"{"fullname": "t", "stats": {"data": [1]}}, {"fullname": "t", "stats": {"data": [2]}}"#),
      "x: field 'benchmarks[1]': a second result of 't'"),
  ]
}
