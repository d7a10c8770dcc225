import Formats
import Measurements
import Testing

@Suite struct GoTests {
  @Test func `repetitions in one process are the samples of one round`() throws {
    let reading = try Format.go.read(fixture("go/packages.txt"))
    let a = "Same gomaxprocs=8 pkg=example.com/a"
    #expect(reading.samples(a) == [[10, 12], [14]], "one more process of the same package")
    #expect(reading.samples(a, "allocated_bytes") == [[8, 8], [16]])
    #expect(reading.samples(a, "allocations") == [[1, 1], [1]])
    #expect(reading.samples("Same gomaxprocs=8 pkg=example.com/b") == [[20.5]])
    #expect(
      reading.samples("Same gomaxprocs=8 pkg=example.com/b", "throughput") == [[2_500_000]])
    #expect(reading.series.count == 5)
    #expect(
      reading.context == ["goos": "linux", "goarch": "amd64", "cpu": "Some CPU @ 2.00GHz"])
  }

  @Test func `parts of a name that are key and value become labels`() throws {
    let reading = try Format.go.read(
      .of("BenchmarkNew/text=go/deep/size=1K-8 \t 5\t 7 ns/op\t 2 MB/s\n"))
    #expect(
      reading.series.map(\.benchmark).first
        == Benchmark(
          name: "New/deep", labels: ["text": "go", "size": "1K", "gomaxprocs": "8"]))
  }

  @Test(arguments: [
    ("Fib/my_tabled_benchmark_-_10-8", "Fib/my_tabled_benchmark_-_10 gomaxprocs=8"),
    ("Fib/my_tabled_benchmark_-_20", "Fib/my_tabled_benchmark_-_20"),
    ("Size-1024", "Size gomaxprocs=1024"),
    ("Size-1024-8", "Size-1024 gomaxprocs=8"),
    ("Dash-", "Dash-"),
    ("X/a=1/a=2", "X/a=2 a=1"),
    ("X/gomaxprocs=4-8", "X-8 gomaxprocs=4"),
    ("X/=y", "X/=y"),
    ("X/y=", "X/y="),
    ("-8", "Benchmark gomaxprocs=8"),
    ("_Ctx/run-[]string{\"a/b\",_\".xml\"}-4", "_Ctx/run-[]string{\"a/b\",_\".xml\"} gomaxprocs=4"),
  ]) func `a name is split as benchstat splits it`(name: String, expected: String) throws {
    let reading = try Format.go.read(.of("Benchmark\(name) 1 2 ns/op"))
    let benchmark = try #require(reading.series.first?.benchmark)
    #expect(benchmark.description == (name == "X/y=" ? "X y=" : expected))
  }

  @Test func `settings that change within a file keep its results apart`() throws {
    let reading = try Format.go.read(fixture("go/benchstat_issue19634.txt"))
    #expect(
      reading.samples("FloatSub/100 gomaxprocs=4 note=before") == [[115, 114, 115, 115, 115]])
    #expect(
      reading.samples("FloatSub/100 gomaxprocs=4 note=after") == [[78.8, 78.8, 78.8, 78.8, 78.8]])
    #expect(
      reading.parseNotes == [
        ParseNote(
          .warning,
          "benchstat_issue19634.txt: 'note' changes within the file and became a label")
      ])
  }

  @Test func `units of the benchmark's own are metrics of that name`() throws {
    let reading = try Format.go.read(fixture("go/units.txt"))
    #expect(
      reading.metric("throughput")
        == Metric("throughput", .bytesPerSecond, better: .higher, exact: true))
    #expect(reading.samples("A", "throughput") == [[1_500_000]])
    #expect(reading.metric("hits") == Metric("hits", Unit("hits"), better: .higher))
    #expect(reading.metric("req/s") == Metric("req/s", Unit("req/s"), better: .higher))
    #expect(reading.metric("misses") == Metric("misses", Unit("misses")))
    #expect(reading.metric("ms") == Metric("ms", .nanoseconds))
    #expect(reading.samples("A", "ms") == [[4_000_000]])
    #expect(reading.samples("B") == [[2]])
    #expect(reading.samples("B", "balance") == [[-3]])
  }

  @Test func `units declared exact are exact`() throws {
    let reading = try Format.go.read(fixture("go/benchstat_zero.txt"))
    #expect(reading.series.allSatisfy { $0.metric.exact })
    #expect(reading.samples("NonZeroOverZero note=before", "y") == [[0]])
    #expect(reading.samples("NonZeroOverZero note=after", "y") == [[100]])
    #expect(reading.samples("Imperceptible2 note=after", "b-bytes") == [[171_717_171_717]])
  }

  @Test func `names with brackets, quotes and commas are names`() throws {
    let reading = try Format.go.read(fixture("go/gab_go_fiber_output.txt"))
    #expect(reading.samples("_Ctx_Accepts/run-[]string{\".xml\"} gomaxprocs=4") == [[247.6]])
    #expect(
      reading.samples("_Utils_GetOffer/mime_extension#02 gomaxprocs=4", "allocations") == [[2]])
    #expect(reading.series.count == 18)
  }

  @Test func `a name announced alone is followed by its result`() throws {
    let reading = try Format.go.read(fixture("go/gab_go_single_package_output.txt"))
    #expect(
      reading.samples("Fib10 gomaxprocs=8 pkg=github.com/example/mypackage") == [[325]])
    #expect(reading.series.count == 2 && reading.parseNotes.isEmpty)
  }

  @Test func `a result that output was printed into is put together`() throws {
    let reading = try Format.go.read(fixture("go/split.txt"))
    #expect(reading.samples("Talks gomaxprocs=4 pkg=example.com/a") == [[50]])
    #expect(reading.samples("Talks gomaxprocs=4 pkg=example.com/a", "widgets") == [[7]])
    #expect(reading.samples("Tree depth=3 gomaxprocs=4 pkg=example.com/a") == [[60]])
    #expect(reading.series.count == 3)
    #expect(
      reading.parseNotes == [ParseNote(.warning, "split.txt:12: 'BenchmarkGone' has no result")])
  }

  @Test func `failures are reported with their reason, never as numbers`() throws {
    let reading = try Format.go.read(fixture("go/failing.txt"))
    let a = ["pkg": "example.com/a"]
    #expect(
      reading.failures == [
        Failure(
          Benchmark(name: "Bad", labels: ["gomaxprocs": "2", "pkg": "example.com/a"]),
          reason: "a_test.go:12: boom"),
        Failure(Benchmark(name: "First", labels: a), reason: "a_test.go:20: at once"),
        Failure(nil, reason: "package example.com/b failed: [build failed]"),
        Failure(
          Benchmark(name: "Crash", labels: ["gomaxprocs": "2", "pkg": "example.com/c"]),
          reason: "panic: index out of range [5] with length 3"),
      ])
    #expect(reading.series.map(\.benchmark.name) == ["Good"])
    #expect(
      reading.parseNotes == [
        ParseNote(.importSummary, "failing.txt: 'BenchmarkLater' skipped itself")
      ])
  }

  @Test func `a file with nothing but a failure is a reading`() throws {
    let reading = try Format.go.read(.of("--- FAIL: BenchmarkX\nFAIL\n"))
    #expect(reading.failures == [Failure(Benchmark(name: "X"), reason: "go test reports FAIL")])
    let lone = try Format.go.read(.of("goos: linux\nFAIL\n"))
    #expect(lone.failures == [Failure(nil, reason: "go test reports FAIL")])
  }

  @Test func `line endings of Windows and a byte order mark change nothing`() throws {
    let text = "\u{feff}goos: linux\r\nBenchmarkA-2 \t 1\t 2 ns/op\r\nPASS\r\n"
    let reading = try Format.go.read(.of(text))
    #expect(reading.samples("A gomaxprocs=2") == [[2]])
    #expect(reading.context == ["goos": "linux"])
  }

  @Test(arguments: cases) func `what is wrong is named`(_ malformed: Malformed) {
    #expect(failure(of: .go, on: malformed.text) == malformed.message)
  }

  static let cases = [
    Malformed("nothing", "", "x: nothing in it"),
    Malformed("no benchmark", "PASS\nok \ta\t1s\n", "x: holds no benchmark in format 'go'"),
    Malformed(
      "no value", "\nBenchmarkX 100\n",
      "x:2: no value after the iteration count: 'BenchmarkX 100'"),
    Malformed(
      "no unit", "BenchmarkX 100 1", "x:1: no unit after the last value: 'BenchmarkX 100 1'"),
    Malformed(
      "no second unit", "BenchmarkX 100 1 ns/op 2",
      "x:1: no unit after the last value: 'BenchmarkX 100 1 ns/op 2'"),
    Malformed(
      "a word for a value", "BenchmarkX 100 abc",
      "x:1: expected a number, found 'abc': 'BenchmarkX 100 abc'"),
    Malformed(
      "thousands", "BenchmarkX 100 1,000 ns/op",
      "x:1: expected a number, found '1,000': 'BenchmarkX 100 1,000 ns/op'"),
    Malformed(
      "no count", "BenchmarkX abc 1 ns/op",
      "x:1: looks like a result and is not understood: 'BenchmarkX abc 1 ns/op'"),
    Malformed(
      "no count but a value", "BenchmarkX 1.5 ns/op\nBenchmarkY 1 1 ns/op",
      "x:1: looks like a result and is not understood: 'BenchmarkX 1.5 ns/op'"),
    Malformed(
      "too large", "BenchmarkX 1 1e400 ns/op",
      "x:1: not a finite number: 1e400: 'BenchmarkX 1 1e400 ns/op'"),
    Malformed(
      "not a number", "BenchmarkX 1 NaN ns/op",
      "x:1: not a finite number: NaN: 'BenchmarkX 1 NaN ns/op'"),
    Malformed(
      "infinite", "BenchmarkX 1 1 ns/op +Inf hits",
      "x:1: not a finite number: +Inf: 'BenchmarkX 1 1 ns/op +Inf hits'"),
    Malformed(
      "negative", "\nBenchmarkX 1 -1 ns/op", "x:2: negative ns/op: 'BenchmarkX 1 -1 ns/op'"),
    Malformed(
      "too large in base units", "BenchmarkX 1 1e305 MB/s",
      "x: 'X' has a sample that is inf, not a finite number"),
    Malformed(
      "a unit twice", "BenchmarkX 1 1 ns/op 2 ns/op",
      "x:1: two values in 'ns/op': 'BenchmarkX 1 1 ns/op 2 ns/op'"),
    Malformed(
      "no name", "goos: linux\n   100\t  12 ns/op",
      "x:2: a result without a benchmark's name: '100 12 ns/op'"),
    Malformed(
      "glued to output", "loadingBenchmarkX-8 \t  100\t  12 ns/op",
      "x:1: a result without a benchmark's name: 'loadingBenchmarkX-8 100 12 ns/op'"),
    Malformed(
      "an unknown direction", "Unit x better=up",
      "x:1: 'better' is either higher or lower, not 'up': 'Unit x better=up'"),
    Malformed(
      "two directions", "Unit ns/op better=lower\nUnit sec/op better=higher",
      "x:2: 'better' of unit 'sec/op' was 'lower' before: 'Unit sec/op better=higher'"),
  ]
}
