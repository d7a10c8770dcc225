import Formats
import Measurements
import Testing

@Suite("Text of criterion")
struct CriterionTextTests {
  @Test("the estimate in the middle is read, and what changed is not")
  func estimates() throws {
    let reading = try Format.criterionText.read(fixture("criterion-text/v0.3.6_change.txt"))
    #expect(reading.samples("fib 10") == [[142.15]])
    #expect(reading.samples("sort/unstable/64") == [[276.38]])
    #expect(reading.samples("sort/unstable/512") == [[2883.4]])
    #expect(reading.samples("copy/4 KiB") == [[88.987]])
    #expect(reading.series.count == 4 && reading.series.allSatisfy(\.isSummary))
    #expect(reading.failures.isEmpty)
  }

  @Test("a long name stands on the line above")
  func longName() throws {
    let reading = try Format.criterionText.read(fixture("criterion-text/bencher_dogfood.txt"))
    #expect(reading.samples("Adapter::Magic (JSON)") == [[3.4632 * 1e3]])
    #expect(reading.samples("Adapter::Json") == [[3479.6]])
    #expect(reading.samples("Adapter::Magic (Rust)") == [[14726]])
    #expect(reading.samples("Adapter::Rust") == [[14884]])
    #expect(reading.series.count == 4 && reading.failures.isEmpty)
    // 19 + 9 + 1 + 1 + 9, in the order of the file.
    #expect(reading.importSummaries.first?.skipped.map(\.count) == [39])
  }

  @Test("a panic is a failure, of the benchmark that was running where that is known")
  func failed() throws {
    let reading = try Format.criterionText.read(fixture("criterion-text/bencher_failed.txt"))
    #expect(reading.samples("tracing_rolling_file") == [[27365]])
    #expect(reading.series.count == 4)
    #expect(reading.failures.count == 1 && reading.failures.first?.benchmark == nil)
    let text =
      "\(Self.result)\nBenchmarking b: Warming up for 3.0000 s\nthread 'main' panicked at x\n"
    #expect(
      try Format.criterionText.read(.of(text)).failures == [
        Failure(Benchmark(name: "b"), reason: "thread 'main' panicked at x")
      ])
    let torn = "\(Self.result)\r\nBenchmarking b: Collecting 10 samples in estimated 5 s\r\n"
    #expect(
      try Format.criterionText.read(.of(torn)).failures
        == [Failure(Benchmark(name: "b"), reason: "has no result")])
  }

  @Test("with libtest's results in the same file, somebody has to choose")
  func mixed() throws {
    let text = "\(Self.result)\ntest c ... bench: 5 ns/iter (+/- 1)\n"
    let error = #expect(throws: InputError.self) { try Format.detect(.of(text)) }
    #expect(error?.description == "x: could be any of the formats libtest, criterion-text")
    let criterion = try Format.criterionText.read(.of(text))
    #expect(criterion.samples("a") == [[2]] && criterion.importSummaries.first?.skipped.count == 1)
    let libtest = try Format.libtest.read(.of(text))
    #expect(libtest.samples("c") == [[5]] && libtest.importSummaries.first?.skipped.count == 1)
  }

  @Test("other measurements than time are metrics of their own")
  func units() throws {
    let text = "a  time:   [1.0 cycles 2.0 cycles 3.0 cycles]"
    #expect(try Format.criterionText.read(.of(text)).samples("a", "cycles") == [[2]])
  }

  @Test("what is wrong is named", arguments: cases)
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .criterionText, on: malformed.text) == malformed.message)
  }

  private static let result = "a  time:   [1.0 ns 2.0 ns 3.0 ns]"

  static let cases = [
    Malformed(
      "no result", "Gnuplot not found\n", "x: holds no benchmark in format 'criterion-text'"),
    Malformed(
      "cut off", "a  time:   [1.0 ns 2.0",
      "x:1: looks like a result and is not understood: 'a time: [1.0 ns 2.0'"),
    Malformed(
      "a word", "a  time:   [1.0 ns fast ns 3.0 ns]",
      "x:1: looks like a result and is not understood: 'a time: [1.0 ns fast ns 3.0 ns]'"),
    Malformed(
      "no name", "\n  time:   [1.0 ns 2.0 ns 3.0 ns]",
      "x:2: a result without a benchmark's name: 'time: [1.0 ns 2.0 ns 3.0 ns]'"),
    Malformed(
      "one name for two", result + "\n" + result,
      "x:2: 'a' has a second value of 'wall_time': 'a time: [1.0 ns 2.0 ns 3.0 ns]'"),
  ]
}
