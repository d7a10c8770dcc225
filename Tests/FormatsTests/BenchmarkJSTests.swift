import Formats
import Measurements
import Testing

@Suite("Benchmark.js")
struct BenchmarkJSTests {
  @Test("a name may hold the mark between name and number")
  func names() throws {
    let reading = try Format.benchmarkjs.read(fixture("benchmarkjs/bencher_four.txt"))
    #expect(reading.samples("fib(10)", "operations") == [[1_431_759]])
    #expect(reading.samples("benchmark with x 2 many things", "operations") == [[50]])
    #expect(
      reading.samples("createObjectBuffer with 200 comments", "operations") == [[81.61]])
    #expect(reading.series.count == 4)
    #expect(reading.metric("operations") == Metric("operations", .perSecond, better: .higher))
    #expect(reading.series.allSatisfy { $0.isSummary })
  }

  @Test("a benchmark that threw an error has failed")
  func failures() throws {
    let reading = try Format.benchmarkjs.read(fixture("benchmarkjs/local.txt"))
    #expect(reading.series.map(\.benchmark.name) == ["fib(10)", "fib x 2 of 15", "slow"])
    #expect(reading.failures == [Failure(Benchmark(name: "broken"), reason: "threw an error")])
  }

  @Test("one run, another sign and line endings of Windows are read too")
  func variants() throws {
    let text = "a x 12 ops/sec +-3.3% (1 run sampled)\r\nFastest is a\r\n"
    #expect(try Format.detect(.of(text)).read(.of(text)).samples("a", "operations") == [[12]])
  }

  @Test(arguments: [
    Malformed(
      "no number", "a x many ops/sec ±1% (2 runs sampled)",
      "x:1: looks like a result of Benchmark.js and is not understood: 'a x many ops/sec ±1% (2 runs "
        + "sampled)'"),
    Malformed(
      "cut off", "b x 2 ops/sec ±1% (2 runs sampled)\na x 12 ops/sec ±1",
      "x:2: looks like a result of Benchmark.js and is not understood: 'a x 12 ops/sec ±1'"),
    Malformed(
      "commas elsewhere", "a x 12,34 ops/sec ±1% (2 runs sampled)",
      "x:1: looks like a result of Benchmark.js and is not understood: 'a x 12,34 ops/sec ±1% (2 "
        + "runs sampled)'"),
    Malformed(
      "infinite", "a x Infinity ops/sec ±NaN% (2 runs sampled)",
      "x:1: looks like a result of Benchmark.js and is not understood: 'a x Infinity ops/sec ±NaN% "
        + "(2 runs sampled)'"),
    Malformed(
      "twice", "a x 1 ops/sec ±1% (2 runs sampled)\na x 2 ops/sec ±1% (2 runs sampled)",
      "x:2: 'a' has a second value of 'operations': 'a x 2 ops/sec ±1% (2 runs sampled)'"),
    Malformed("prose", "this x line", "x: holds no benchmark in format 'benchmarkjs'"),
  ])
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .benchmarkjs, on: malformed.text) == malformed.message)
  }
}
