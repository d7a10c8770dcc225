import Formats
import Measurements
import Testing

@Suite("vitest and tinybench")
struct VitestTests {
  @Test("up to version 4 there are means alone, in milliseconds")
  func outputJSON() throws {
    let reading = try Format.vitest.read(fixture("vitest/bencher_four.json"))
    #expect(reading.samples("fib.bench.ts > fibonacci > fib(10)") == [[1_000_000]])
    #expect(reading.samples("sort.bench.ts > sorting > reverse") == [[10_000_000]])
    #expect(reading.series.count == 4)
    #expect(reading.series.allSatisfy { $0.isSummary && $0.metric == .wallTime })
  }

  @Test("version 5 keeps samples where it is told to, and results of earlier runs are not read")
  func reporter() throws {
    let reading = try Format.vitest.read(fixture("vitest/reporter.json"))
    let native = "sorting compares > native file=sort.test.ts"
    #expect(reading.samples(native) == [[125_000, 250_000, 375_000]])
    #expect(reading.samples("sorting compares > bubble file=sort.test.ts") == [[2_500_000]])
    #expect(reading.series.map(\.isSummary) == [false, true])
    #expect(
      reading.failures == [
        Failure(
          Benchmark(name: "sorting breaks", labels: ["file": "sort.test.ts"]),
          reason: "Error: boom at sort.test.ts:3:9")
      ])
    #expect(
      reading.importSummaries.first?.skipped.map(\.reason)
        == ["stored result of an earlier run", "test without a benchmark", "skipped test"])
  }

  @Test("tasks of tinybench that threw, never ran or were stopped have failed")
  func tinybench() throws {
    let reading = try Format.vitest.read(fixture("vitest/tinybench.json"))
    #expect(reading.samples("slow") == [[10_500_000]])
    #expect(reading.samples("fast") == [[250_000, 750_000]])
    #expect(reading.series.map(\.isSummary) == [true, false])
    #expect(
      reading.failures.map(\.description) == [
        "'broken' failed: x is undefined", "'never' failed: has no result",
        "'stopped' failed: was aborted",
      ])
  }

  @Test(arguments: [
    Malformed(
      "twice", #"[{"name": "a", "result": {"mean": 1}}, {"name": "a", "result": {"mean": 2}}]"#,
      "x: field '[1]': 'a' has a second value of 'wall_time'"),
    Malformed(
      "a word for a mean", #"[{"name": "a", "result": {"latency": {"mean": "fast"}}}]"#,
      "x: field '[0].result.latency.mean': expected a number, found a string"),
    Malformed(
      "a word for a sample",
      #"[{"name": "a", "result": {"latency": {"mean": 1, "samples": [1, null]}}}]"#,
      "x: field '[0].result.latency.samples[1]': expected a number, found null"),
    Malformed(
      "negative", #"[{"name": "a", "result": {"mean": -1}}]"#,
      "x: field '[0].result.mean': negative: -1.0"),
    Malformed(
      "no group", #"{"files": [{"filepath": "x"}]}"#, "x: field 'files[0].groups': is missing"),
    Malformed("empty", #"{"files": []}"#, "x: holds no benchmark in format 'vitest'"),
    Malformed(
      "cut off", #"{"files": [{"groups": ["#,
      "x:1: field 'files[0].groups[0]': the JSON ends in the middle"),
  ])
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .vitest, on: malformed.text) == malformed.message)
  }
}
