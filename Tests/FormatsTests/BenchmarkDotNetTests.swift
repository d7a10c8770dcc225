import Formats
import Measurements
import Testing

@Suite(
  "BenchmarkDotNet: a benchmark is one round, or one for each launch that the file tells apart")
struct BenchmarkDotNetTests {
  @Test("original values are samples in nanoseconds")
  func values() throws {
    let reading = try Format.benchmarkDotNet.read(
      fixture("benchmarkdotnet/gab_benchmarkdotnet.json"))
    let fib10 = try #require(reading.samples("Sample.Benchmarks.Fib10"))
    #expect(fib10.map(\.count) == [14])
    #expect(fib10[0].prefix(2) == [24.805462032556534, 24.505721479654312])
    #expect(reading.samples("Sample.Benchmarks.Fib20")?.map(\.count) == [13])
    #expect(reading.series.map(\.metric) == [.wallTime, .wallTime])
    #expect(reading.context["ProcessorName"] == "Intel Core i7-7820HQ CPU 2.90GHz (Kaby Lake)")
  }

  @Test("brief and full files say the same of times, and jobs are labels")
  func brief() throws {
    let name = "BenchmarkDotNet.Tests.Mocks.MockFactory+MockBenchmarkClass.Foo job=LongRun"
    let files = ["upstream_brief.json", "upstream_full-compressed.json"]
    let readings = try files.map {
      try Format.benchmarkDotNet.read(fixture("benchmarkdotnet/\($0)"))
    }
    for reading in readings { #expect(reading.samples(name) == [[1, 1, 1, 1, 1, 1]]) }
    #expect(readings.map(\.series.count) == [2, 4])
    #expect(readings[1].samples(name, "cache_misses") == [[7]])
  }

  @Test("launches are rounds, parameters are labels, and memory is a metric")
  func launches() throws {
    let reading = try Format.benchmarkDotNet.read(fixture("benchmarkdotnet/launches.json"))
    let name = "Acme.Sorting.Sort Kind=up [fast] N=10 job=.NET 8.0"
    #expect(reading.samples(name) == [[2.5, 2.25], [3]])
    #expect(reading.samples(name, "allocated_bytes") == [[40]])
    #expect(reading.samples(name, "Hits") == [[0.75]])
    #expect(reading.metric("Hits") == Metric("Hits", .one, better: .higher))
    #expect(reading.series.map(\.isSummary) == [false, true, true])
    let field = "first launches.json: field 'Benchmarks[0].Metrics"
    #expect(
      reading.skipped == [
        "allocated memory, which stands below Memory: 1, \(field)[0]'",
        "metric that is not a number: 1, \(field)[2]'",
      ])
  }

  @Test("a benchmark without statistics failed")
  func failed() throws {
    let reading = try Format.benchmarkDotNet.read(fixture("benchmarkdotnet/launches.json"))
    #expect(
      reading.failures == [
        Failure(
          Benchmark(
            name: "Acme.Sorting.Sort",
            labels: ["N": "10", "Kind": "up [fast]"]),
          reason: "has no statistics: it did not run to its end")
      ])
  }

  @Test("a file that holds no more than a median is a summary, under the parts of a name")
  func summary() throws {
    let reading = try Format.benchmarkDotNet.read(
      fixture("benchmarkdotnet/bencher_null_namespace.json"))
    #expect(reading.samples("NullNamespaceMethod") == [[0]])
    #expect(reading.series.map(\.isSummary) == [true])
  }

  private static func file(_ benchmarks: String) -> String {
    #"{"HostEnvironmentInfo": {}, "Benchmarks": [\#(benchmarks)]}"#
  }

  @Test("a byte order mark and carriage returns do no harm")
  func mark() throws {
    let text = "\u{feff}" + Self.file("\r\n{\"FullName\": \"a\",\r\n\"Statistics\": {\"Mean\": 2}}")
    #expect(try Format.detect(.of(text)).name == "benchmarkdotnet")
    #expect(try Format.benchmarkDotNet.read(.of(text)).samples("a") == [[2]])
  }

  @Test(
    "the job is what stands behind the name, if anything does",
    arguments: [
      ("T.M: Job-ABC(N=1)", "a job=Job-ABC"), ("other: Dry [N=1]", "a job=Dry"),
      ("T.M: DefaultJob", "a"), ("", "a"), (": ", "a"), ("T.M: ", "a"), ("T.M:  [N=1]", "a"),
    ])
  func job(info: String, name: String) throws {
    let text = Self.file(
      "{\"FullName\": \"a\", \"Type\": \"T\", \"MethodTitle\": \"M\", "
        + "\"DisplayInfo\": \"\(info)\", \"Statistics\": {\"Mean\": 2}}")
    #expect(try Format.benchmarkDotNet.read(.of(text)).samples(name) == [[2]])
  }

  @Test("what is wrong is named", arguments: cases)
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .benchmarkDotNet, on: malformed.text) == malformed.message)
  }

  static let cases = [
    Malformed("no benchmark", file(""), "x: holds no benchmark in format 'benchmarkdotnet'"),
    Malformed(
      "cut off", "{\"Benchmarks\": [{\n\"FullName\": \"a",
      "x:2: field 'Benchmarks[0].FullName': the JSON ends in the middle of a string"),
    Malformed(
      "no name", file(#"{"Statistics": {"Mean": 1}}"#),
      "x: field 'Benchmarks[0].Method': is missing"),
    Malformed(
      "a number for a name", file(#"{"FullName": 1}"#),
      "x: field 'Benchmarks[0].FullName': expected a string, found a number"),
    Malformed(
      "statistics without numbers", file(#"{"FullName": "a", "Statistics": {}}"#),
      "x: field 'Benchmarks[0].Statistics.Mean': is missing"),
    Malformed(
      "not a number", file(#"{"FullName": "a", "Statistics": {"OriginalValues": [1, ""]}}"#),
      "x: field 'Benchmarks[0].Statistics.OriginalValues[1]': not a finite number"),
    Malformed(
      "negative", file(#"{"FullName": "a", "Statistics": {"OriginalValues": [-1]}}"#),
      "x: field 'Benchmarks[0].Statistics.OriginalValues[0]': negative: '-1.0'"),
    Malformed(
      "no operation",
      file(
        #"{"FullName": "a", "Statistics": {}, "Measurements": [{"IterationMode": "Workload", "#
          + #""IterationStage": "Result", "LaunchIndex": 1, "Operations": 0, "Nanoseconds": 1}]}"#),
      "x: field 'Benchmarks[0].Measurements[0]': no operation"),
    Malformed(
      "the same twice",
      file(
        #"{"FullName": "a", "Statistics": {"Mean": 1}}, {"FullName": "a", "Statistics": null}"#),
      "x: field 'Benchmarks[1]': a second result of 'a'"),
  ]
}
