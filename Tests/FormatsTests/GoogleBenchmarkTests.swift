import Formats
import Measurements
import Testing

@Suite("JSON of Google Benchmark")
struct GoogleBenchmarkTests {
  @Test("repetitions are samples of one round, with processor time and counters beside them")
  func repetitions() throws {
    let reading = try Format.googleBenchmark.read(fixture("google-benchmark/repetitions.json"))
    // 0.4049223204768636, 0.356970556273973 and 0.3534235760122332 us in the file.
    #expect(
      reading.samples("sort/64") == [[404.9223204768636, 356.970556273973, 353.4235760122332]])
    #expect(
      reading.samples("sort/64", "cpu_time")
        == [[165.71440417654548, 164.71700867777764, 163.27057614370308]])
    #expect(
      reading.samples("sort/64", "throughput")
        == [[1544826481.8746104, 1554180725.2024093, 1567949388.3495631]])
    #expect(reading.samples("sort/64", "n") == [[64, 64, 64]])
    #expect(
      reading.metric("items") == Metric("items", .perSecond, better: .higher))
    #expect(reading.metric("throughput")?.better == .higher)
    #expect(reading.samples("copy/real_time threads=2")?.first?.count == 3)
    // sort: 2 × 6 metrics; copy, cube/8, cube/64: 2 metrics each.
    #expect(reading.series.count == 18)
    #expect(reading.context["library_build_type"] == "debug")
    #expect(reading.context["date"] == nil && reading.context["load_avg"] == nil)
  }

  @Test("an error is a failure, once, and aggregates are skipped with account")
  func failuresAndAggregates() throws {
    let reading = try Format.googleBenchmark.read(fixture("google-benchmark/repetitions.json"))
    #expect(
      reading.failures == [Failure(Benchmark(name: "fails"), reason: "no such file")])
    let skipped = try #require(reading.importSummaries.first).skipped
    #expect(skipped.first { $0.reason == "aggregate (mean)" }?.count == 5)
    #expect(skipped.first { $0.reason == "aggregate (BigO)" }?.count == 1)
    #expect(skipped.first { $0.reason.contains("'label'") }?.count == 3)
    #expect(skipped.map(\.count).reduce(0, +) == 22 + 3)
  }

  @Test("a file from before there were types of rows is read")
  func old() throws {
    let input = try fixture("google-benchmark/upstream_test1_run1.json")
    let reading = try Format.googleBenchmark.read(input)
    #expect(reading.samples("BM_100xFaster") == [[10000]])
    let rows = """
      {"context": {}, "benchmarks": [\(Self.row("a", 1)), \(Self.row("a", 3)),
      \(Self.row("a_mean", 2)), \(Self.row("a_stddev", 1)), \(Self.row("no_mean", 7))]}
      """
    let marked = try Format.googleBenchmark.read(.of(rows))
    #expect(marked.samples("a") == [[1, 3]])
    #expect(marked.samples("no_mean") == [[7]])
    #expect(
      marked.importSummaries.first?.skipped.map(\.reason) == [
        "aggregate (mean)", "aggregate (stddev)",
      ])
  }

  @Test("a file with nothing but aggregates says so")
  func aggregates() throws {
    let input = try fixture("google-benchmark/aggregates.json")
    let error = #expect(throws: InputError.self) { try Format.googleBenchmark.read(input) }
    #expect(error?.description == "aggregates.json: holds only aggregates, no sample")
    #expect(error?.hint?.contains("--benchmark_report_aggregates_only") == true)
    let old = Self.file(Self.row("a_mean", 2) + "," + Self.row("a_stddev", 2))
    #expect(failure(of: .googleBenchmark, on: old) == "x: holds only aggregates, no sample")
  }

  @Test("whose counter it is decides on its direction")
  func counters() throws {
    let row =
      #"{"name": "a", "real_time": 1, "cpu_time": 1, "time_unit": "ns", "hits_per_second": 5, "#
      + #""misses": 3, "max_bytes_used": 4096}"#
    let reading = try Format.googleBenchmark.read(.of(Self.file(row)))
    #expect(reading.metric("hits_per_second")?.better == .higher)
    #expect(reading.metric("misses") == Metric("misses", .one))
    #expect(reading.metric("max_bytes_used")?.unit == .bytes)
    let origins = reading.importSummaries.first?.metrics.map(\.better.origin) ?? []
    #expect(Set(origins) == ["its unit", "its name"])
  }

  @Test("a benchmark that skipped itself is no failure")
  func skipped() throws {
    let skipped =
      #"{"name": "b", "run_type": "iteration", "skipped": true, "skip_message": "no GPU"}"#
    let reading = try Format.googleBenchmark.read(.of(Self.file(Self.row("a", 1) + "," + skipped)))
    #expect(reading.failures.isEmpty && reading.series.count == 2)
    #expect(
      reading.importSummaries.first?.skipped.map(\.reason) == ["benchmark that skipped itself"])
  }

  @Test("a counter that is not a number is an error, or a warning where that is asked for")
  func lenient() throws {
    let row = #"{"name": "a", "real_time": 1, "cpu_time": 1, "time_unit": "ns", "rate": NaN}"#
    var input = Input.of(Self.file(row))
    #expect(
      failure(of: .googleBenchmark, on: Self.file(row))
        == "x: field 'benchmarks[0].rate': not a finite number")
    input.isLenient = true
    let reading = try Format.googleBenchmark.read(input)
    #expect(reading.samples("a") == [[1]] && reading.parseNotes.map(\.weight) == [.warning])
  }

  @Test("CRLF and a byte order mark do not matter")
  func lineEnds() throws {
    let text = "\u{feff}" + Self.file(Self.row("a", 1)).replacing(",", with: ",\r\n")
    #expect(try Format.detect(.of(text)).read(.of(text)).samples("a") == [[1]])
  }

  @Test("what is wrong is named", arguments: cases)
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .googleBenchmark, on: malformed.text) == malformed.message)
  }

  private static func row(_ name: String, _ time: Int, _ more: String = "") -> String {
    "{\"name\": \"\(name)\", \"real_time\": \(time), \"cpu_time\": 1, \"time_unit\": \"ns\"\(more)}"
  }

  private static func file(_ rows: String) -> String {
    "{\"context\": {}, \"benchmarks\": [\(rows)]}"
  }

  static let cases = [
    Malformed(
      "cut off", "{\"context\": {},\n\"benchmarks\": [",
      "x:2: field 'benchmarks[0]': the JSON ends in the middle"),
    Malformed("no benchmarks", #"{"context": {}}"#, "x: field 'benchmarks': is missing"),
    Malformed("none", file(""), "x: holds no benchmark in format 'google-benchmark'"),
    Malformed(
      "a word for a time", file(#"{"name": "a", "real_time": "1", "time_unit": "ns"}"#),
      "x: field 'benchmarks[0].real_time': expected a number, found a string"),
    Malformed(
      "no time", file(#"{"name": "a", "cpu_time": 1, "time_unit": "ns"}"#),
      "x: field 'benchmarks[0].real_time': is missing"),
    Malformed("negative", file(row("a", -1)), "x: field 'benchmarks[0].real_time': negative: -1.0"),
    Malformed(
      "an unknown unit", file(row("a", 1)).replacing("ns", with: "days"),
      "x: field 'benchmarks[0].time_unit': 'days' is no unit of time"),
    Malformed(
      "another type", file(row("a", 1, #", "run_type": "guess""#)),
      "x: field 'benchmarks[0].run_type': neither 'iteration' nor 'aggregate'"),
    Malformed(
      "one name for two",
      file(row("a", 1, #", "family_index": 0"#) + "," + row("a", 1, #", "family_index": 1"#)),
      "x: field 'benchmarks[1]': 'a' stands for two benchmarks"),
    Malformed(
      "two runs in one",
      file(
        row("a", 1, #", "repetition_index": 0"#) + "," + row("a", 1, #", "repetition_index": 0"#)),
      "x: field 'benchmarks[1]': 'a' stands for two benchmarks"),
  ]
}
