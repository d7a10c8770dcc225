import Formats
import Measurements
import Testing

@Suite("package-benchmark: a benchmark is one round of quantised samples")
struct PackageBenchTests {
  private func read(_ file: String) throws -> ParsedResults {
    let input = try fixture("package-bench/\(file)")
    #expect(try Format.detect(input).name == "package-bench")
    return try Format.packageBench.read(input)
  }

  @Test("its form of JMH has metrics under the names of this project, in base units")
  func jmh() throws {
    let reading = try read("Current_run.jmh.json")
    let name = "Basic.Sort_all"
    #expect(reading.samples(name) == [[10_500, 10_500, 11_250]])
    #expect(reading.samples(name, "operations") == [[88_000, 95_000, 95_000]])
    #expect(reading.samples(name, "allocations") == [[7, 7, 7]])
    #expect(reading.samples(name, "retainCount") == [[5, 6, 6]])
    #expect(reading.samples(name, "max_rss") == [[8e6, 8e6, 8.1e6]])
    #expect(reading.metric("operations") == Metric("operations", .perSecond, better: .higher))
    #expect(reading.metric("max_rss") == Metric("max_rss", .bytes))
    #expect(reading.parseNotes.map(\.weight) == [.importSummary])
  }

  @Test("a count is exact where it was the same every time")
  func exact() throws {
    let reading = try read("Current_run.jmh.json")
    #expect(reading.metric("allocations") == Metric("allocations", .one, exact: true))
    #expect(reading.metric("retainCount") == Metric("retainCount", .one))
    #expect(reading.metric("instructions") == Metric("instructions", .one))
  }

  @Test("metrics that it writes again with a later benchmark are left out")
  func leftBehind() throws {
    let reading = try read("Current_run.jmh.json")
    let sum = reading.series.filter { $0.benchmark.name == "Basic.Sum" }
    #expect(sum.map(\.metric.name) == ["operations", "instructions", "allocations"])
    #expect(reading.samples("Basic.Sum", "instructions") == [[2000, 2000, 3000, 3000]])
    #expect(
      reading.skipped == [
        "metric of an earlier benchmark, written again: 3, "
          + "first Current_run.jmh.json: field '[1].secondaryMetrics.Memory (resident peak)'"
      ])
  }

  @Test("samples have their benchmark from the name of the file")
  func samples() throws {
    let wall = try read("Current_run.Basic.Sort_all.wallClock.histogram.samples.tsv")
    #expect(wall.samples("Basic.Sort_all") == [[12_000, 12_000, 13_000, 40_000]])
    #expect(
      wall.parseNotes.last?.description
        == "Current_run.Basic.Sort_all.wallClock.histogram.samples.tsv:1: "
        + "what is below one μs was cut off")
    let mallocs = try read("Current_run.Basic.Sort_all.mallocCountTotal.histogram.samples.tsv")
    #expect(mallocs.samples("Basic.Sort_all", "allocations") == [[1012, 1012, 1012]])
    #expect(mallocs.metric("allocations")?.exact == true)
    let hits = try read("Current_run.Basic.Sort_all.Cache_hits.histogram.samples.tsv")
    #expect(hits.samples("Basic.Sort_all", "Cache hits") == [[5000, 7000]])
  }

  @Test("thresholds are summaries, and their counts exact")
  func thresholds() throws {
    let date = try read("thresholds_P90AbsoluteThresholdsBenchmark.P90Date.p90.json")
    let name = "thresholds_P90AbsoluteThresholdsBenchmark.P90Date"
    #expect(date.samples(name, "syscalls") == [[2]])
    #expect(date.samples(name, "allocations") == [[0]])
    #expect(date.series.allSatisfy { $0.isSummary && $0.metric.exact })
    let basic = try read("Basic.Basic.p90.json")
    #expect(basic.samples("Basic.Basic") == [[583]])
    #expect(basic.samples("Basic.Basic", "operations") == [[2_000_895]])
    #expect(basic.series.filter(\.metric.exact).map(\.metric.name) == ["allocations"])
    #expect(
      basic.skipped == [
        "threshold that is a range, not a number: 1, "
          + "first Basic.Basic.p90.json: field 'peakMemoryResident'"
      ])
  }

  @Test(
    "what might be anybody's is not taken for it",
    arguments: [
      #"{"instructions": 5, "threads": 2}"#, #"{"mallocCountTotal": 5, "other": 2}"#, "{}",
      "Time (wall clock) (μs)\nfast\n", "Some metric (μs)\n1\n2\n", "1\n2\n",
    ])
  func others(text: String) {
    #expect(!Format.packageBench.recognizes(.of(text)))
  }

  @Test("JMH itself is not taken for it, nor it for JMH")
  func apart() throws {
    let java = try fixture("jmh/gab_jmh_output.json")
    let swift = try fixture("package-bench/Current_run.jmh.json")
    #expect(Format.jmh.recognizes(java) && !Format.packageBench.recognizes(java))
    #expect(!Format.jmh.recognizes(swift) && Format.packageBench.recognizes(swift))
  }

  private func told(_ name: String, _ text: String, isLenient: Bool = false) -> String {
    do throws(InputError) {
      var input = Input(name: name, text: text)
      input.isLenient = isLenient
      return try Format.packageBench.read(input).parseNotes.map(\.description).joined(
        separator: "\n")
    } catch {
      return error.description
    }
  }

  @Test("a line of samples that is no number is refused, or leniently told")
  func lines() {
    let name = "a.b.c.wallClock.histogram.samples.tsv"
    for (line, shown) in [("1.5", "1.5"), ("-1", "-1"), ("fast", "fast")] {
      #expect(
        told(name, "\u{feff}Time (wall clock) (ns)\n1\n\(line)\n")
          == "\(name):3: not a whole number: '\(shown)'")
    }
    #expect(
      told(name, "Time (wall clock) (ns)\n1\nfast\n", isLenient: true)
        .contains("\(name):3: not a whole number: 'fast', passed over"))
    #expect(
      told(name, "Time (wall clock) (K)\n1\n")
        == "\(name):1: the first line is not a metric and its unit")
    #expect(
      told(name, "Time (wall clock) (ns)\n")
        == "\(name):1: 'b.c' has a round without samples: 'Time (wall clock) (ns)'")
  }

  @Test("what is wrong is named", arguments: cases)
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .packageBench, on: malformed.text) == malformed.message)
  }

  private static func entry(_ metrics: String) -> String {
    #"{"benchmark": "package.benchmark.a", "mode": "thrpt", \#(metrics)}"#
  }

  private static let primary =
    ##""primaryMetric": {"scoreUnit": "# / s", "rawData": [[1]]}"##

  static let cases = [
    Malformed("no benchmark", "[]", "x: holds no benchmark in format 'package-bench'"),
    Malformed(
      "cut off", "[{\"benchmark\":\n\"package.b",
      "x:2: field '[0].benchmark': the JSON ends in the middle of a string"),
    Malformed(
      "an unknown unit",
      "[\(entry(#""primaryMetric": {"scoreUnit": "ms", "rawData": [[1]]}"#))]",
      "x: field '[0].primaryMetric.scoreUnit': 'ms' is no unit of 'Throughput (# / s)'"),
    Malformed(
      "a word for a number",
      "[\(entry(##""primaryMetric": {"scoreUnit": "# / s", "rawData": [["1"]]}"##))]",
      "x: field '[0].primaryMetric.rawData[0][0]': expected a number, found a string"),
    Malformed(
      "no sample", "[\(entry(##""primaryMetric": {"scoreUnit": "# / s", "rawData": []}"##))]",
      "x: field '[0].primaryMetric': 'a' has a round without samples"),
    Malformed(
      "the same twice", "[\(entry(primary)), \(entry(primary))]",
      "x: field '[1]': a second result of 'a'"),
    Malformed(
      "thresholds without a name", #"{"mallocCountTotal": 5}"#,
      "x: says nowhere which benchmark it is of"),
  ]

  @Test("a threshold that is no number is an error, and one below zero")
  func thresholdsWrong() {
    #expect(
      told("a.b.p90.json", #"{"mallocCountTotal": "5"}"#)
        == "a.b.p90.json: field 'mallocCountTotal': expected a number, found a string")
    #expect(
      told("a.b.p90.json", #"{"mallocCountTotal": -5}"#)
        == "a.b.p90.json: field 'mallocCountTotal': negative: -5.0")
  }
}
