import Formats
import Measurements
import Testing

@Suite("Text of `cargo bench`")
struct LibtestTests {
  @Test("the median is read, and bytes per second where there are some")
  func results() throws {
    let reading = try Format.libtest.read(fixture("libtest/rustc_1.95.txt"))
    #expect(reading.samples("tests::bench_bytes") == [[15.73]])
    #expect(reading.samples("tests::bench_bytes", "throughput") == [[68_266_000_000]])
    #expect(reading.metric("throughput")?.better == .higher)
    #expect(reading.samples("tests::bench_fib") == [[2020.82]])
    #expect(reading.series.count == 3 && reading.series.allSatisfy(\.isSummary))
    #expect(
      reading.failures == [Failure(Benchmark(name: "tests::bench_panics"), reason: "FAILED")])
    #expect(reading.importSummaries.first?.skipped.map(\.reason) == ["ignored test"])
  }

  @Test("commas stand between thousands, and names may be padded")
  func grouped() throws {
    let reading = try Format.libtest.read(fixture("libtest/bencher_issue_390.txt"))
    #expect(reading.samples("bleu::benchmark::bench_batch_bleu") == [[13_967_756.3]])
    #expect(reading.samples("bleu::benchmark::bench_bleu") == [[298_794.1]])
    #expect(reading.series.count == 4 && reading.failures.isEmpty)
    #expect(reading.importSummaries.first?.skipped.map(\.count) == [9])
  }

  @Test("other units than nanoseconds are metrics of their own")
  func units() throws {
    let reading = try Format.libtest.read(fixture("libtest/gab_cargo_output_units.txt"))
    #expect(reading.samples("cmov", "cycles") == [[2835]])
    #expect(reading.samples("upload", "MS/s") == [[1911]])
    #expect(reading.metric("cycles")?.better == .lower && reading.metric("MS/s")?.better == .higher)
    #expect(reading.series.count == 5)
  }

  @Test("criterion writes the same when asked to")
  func criterion() throws {
    let reading = try Format.libtest.read(fixture("libtest/criterion_v0.3.6.txt"))
    #expect(reading.samples("sort/unstable/512") == [[2500]])
    #expect(reading.samples("copy/4 KiB") == [[81]])
    #expect(reading.series.count == 4 && reading.failures.isEmpty)
  }

  @Test("a failure is a failure, and so is a harness that does not come to its end")
  func failed() throws {
    let reading = try Format.libtest.read(fixture("libtest/bencher_failed.txt"))
    #expect(reading.series.count == 2)
    #expect(reading.failures.map(\.benchmark?.name) == ["tests::benchmark_b"])
    let torn = "running 3 tests\ntest a ... bench: 5 ns/iter (+/- 1)\n"
    #expect(
      try Format.libtest.read(.of(torn)).failures.map(\.reason) == [
        "only 1 of 3 tests have an outcome: the harness did not finish"
      ])
    let silent = "test a ... bench: 5 ns/iter (+/- 1)\r\ntest result: FAILED. 0 passed\r\n"
    #expect(
      try Format.libtest.read(.of(silent)).failures.map(\.reason) == ["libtest reports a failure"])
  }

  @Test("what is wrong is named", arguments: cases)
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .libtest, on: malformed.text) == malformed.message)
  }

  static let cases = [
    Malformed(
      "no benchmark", "running 0 tests\n\ntest result: ok. 0 passed\n",
      "x: holds no benchmark in format 'libtest'"),
    Malformed(
      "a word for a number", "test a ... bench: fast ns/iter (+/- 1)",
      "x:1: looks like a result and is not understood: 'test a ... bench: fast ns/iter (+/- 1)'"),
    Malformed(
      "cut off", "test a ... bench: 1,2",
      "x:1: looks like a result and is not understood: 'test a ... bench: 1,2'"),
    Malformed(
      "commas elsewhere", "test a ... bench: 1,2 ns/iter (+/- 1)",
      "x:1: looks like a result and is not understood: 'test a ... bench: 1,2 ns/iter (+/- 1)'"),
    Malformed(
      "infinite", "test a ... bench: inf ns/iter (+/- 1)",
      "x:1: looks like a result and is not understood: 'test a ... bench: inf ns/iter (+/- 1)'"),
    Malformed(
      "another speed", "test a ... bench: 1 ns/iter (+/- 1) = 5 furlongs",
      "x:1: looks like a result and is not understood: "
        + "'test a ... bench: 1 ns/iter (+/- 1) = 5 furlongs'"),
    Malformed(
      "negative", "test a ... bench: -1 ns/iter (+/- 1)",
      "x:1: negative: -1.0: 'test a ... bench: -1 ns/iter (+/- 1)'"),
    Malformed(
      "a name that went elsewhere", "bench: 12 ns/iter (+/- 1)",
      "x:1: a result without a benchmark's name: 'bench: 12 ns/iter (+/- 1)'"),
    Malformed(
      "one name for two",
      "test a ... bench: 1 ns/iter (+/- 1)\ntest a ... bench: 2 ns/iter (+/- 1)",
      "x:2: a second result of 'a': 'test a ... bench: 2 ns/iter (+/- 1)'"),
  ]
}

@Suite("JSON of `cargo bench`")
struct LibtestJSONTests {
  @Test("medians, speeds, failures and what is skipped")
  func results() throws {
    let reading = try Format.libtestJSON.read(fixture("libtest-json/rustc_1.95.json"))
    #expect(reading.samples("tests::bench_bytes") == [[9.576553968408735]])
    #expect(reading.samples("tests::bench_bytes", "throughput") == [[113_777_000_000]])
    #expect(reading.samples("tests::bench_fib") == [[2526.146029945554]])
    #expect(reading.series.count == 3 && reading.series.allSatisfy(\.isSummary))
    #expect(reading.failures.map(\.benchmark?.name) == ["tests::bench_panics"])
    #expect(reading.failures.first?.reason.contains("no such file") == true)
    #expect(reading.importSummaries.first?.skipped.map(\.reason) == ["ignored test"])
  }

  @Test("what breaks off after a whole line is a failure")
  func tornSuite() throws {
    let text = #"{"type": "suite", "event": "started", "test_count": 2}"# + "\r\n" + Self.bench("1")
    let reading = try Format.libtestJSON.read(.of(text))
    #expect(reading.samples("a") == [[1]])
    #expect(reading.failures.map(\.reason) == ["the output breaks off: a suite has no end"])
  }

  @Test("what is wrong is named", arguments: cases)
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .libtestJSON, on: malformed.text) == malformed.message)
  }

  private static func bench(_ median: String) -> String {
    #"{"type": "bench", "name": "a", "median": \#(median), "deviation": 1}"#
  }

  static let cases = [
    Malformed(
      "cut off", "{\"type\": \"test\", \"event\": \"started\"}\n{\"name\"",
      "x:2: the JSON ends in the middle"),
    Malformed("a word", bench(#""1""#), "x:1: field 'median': expected a number, found a string"),
    Malformed("negative", bench("-1"), "x:1: field 'median': negative: -1.0"),
    Malformed(
      "one name for two", bench("1") + "\n" + bench("1"),
      "x:2: field 'name': a second result of 'a'"),
    Malformed(
      "another type", #"{"type": "lunch"}"#, "x:1: field 'type': type 'lunch' is not known"),
    Malformed(
      "another event", #"{"type": "test", "name": "a", "event": "lost"}"#,
      "x:1: field 'event': event 'lost' is not known"),
    Malformed(
      "no benchmark", #"{"type": "test", "name": "a", "event": "ok"}"#,
      "x: holds no benchmark in format 'libtest-json'"),
  ]
}
