import Intake
import Measurements
import Testing

@Suite("Parameters are labels, and what the tool calls the benchmark is kept")
struct OriginalNameTests {
  @Test(arguments: [
    ("go", "BenchmarkSort/kind=up/size=1K-8 10 7 ns/op", "Sort gomaxprocs=8 kind=up size=1K"),
    ("go", "BenchmarkSort/kind 10 7 ns/op", "Sort/kind"),
  ])
  func go(_ format: String, _ text: String, _ name: String) throws {
    let series = try #require(try Format.go.read(.of(text)).series.first)
    #expect("\(series.benchmark)" == name)
    #expect(series.original == text.split(separator: " ").first.map(String.init))
  }

  @Test(
    "of Google Benchmark those arguments that have names",
    arguments: [
      ("BM_Sort/64", "BM_Sort/64"), ("BM_Sort/size:64/8/threads:2", "BM_Sort/8 size=64 threads=2"),
      ("BM_Map<std::string>/a::b/n:1", "BM_Map<std::string>/a::b n=1"),
      ("BM_X/1:2/n:/n:3", "BM_X/1:2/n: n=3"), ("BM_X/n:1/n:2", "BM_X/n:2 n=1"),
      ("BM_X//real_time", "BM_X//real_time"), ("BM:x", "BM:x"),
    ])
  func google(_ original: String, _ name: String) throws {
    let json = """
      {"context": {}, "benchmarks": [{"name": "\(original)", "run_type": "iteration",
       "real_time": 1, "cpu_time": 1, "time_unit": "ns"}]}
      """
    let series = try #require(try Format.googleBenchmark.read(.of(json)).series.first)
    #expect("\(series.benchmark)" == name)
    #expect(series.original == (original == name ? nil : original))
  }

  @Test(
    "of pytest those that the file explains",
    arguments: [
      (#""param": "10-up", "params": {"n": 10, "k": "up"}"#, "t.py::sort k=up n=10"),
      (#""param": null, "params": null"#, "t.py::sort[10-up]"),
      (#""param": "10", "params": {"n": 10}"#, "t.py::sort[10-up] n=10"),
    ])
  func pytest(_ fields: String, _ name: String) throws {
    let json = """
      {"machine_info": {}, "benchmarks": [{"fullname": "t.py::sort[10-up]", \(fields),
       "stats": {"data": [1]}}]}
      """
    let series = try #require(try Format.pytestBenchmark.read(.of(json)).series.first)
    #expect("\(series.benchmark)" == name)
    #expect(series.original == (name.hasPrefix("t.py::sort[") ? nil : "t.py::sort[10-up]"))
  }

  @Test("of other tools, too")
  func others() throws {
    let dotNet = try Format.benchmarkDotNet.read(fixture("benchmarkdotnet/launches.json"))
    #expect(dotNet.series.first?.original == "Acme.Sorting.Sort(N: 10, Kind: up [fast])")
    #expect(dotNet.audits.first?.renamed.count == 1)
    let swift = try Format.packageBench.read(fixture("package-bench/Current_run.jmh.json"))
    #expect(swift.series.allSatisfy { $0.original?.hasPrefix("package.benchmark.") == true })
  }

  @Test("and survives being stored, and pooled with other files")
  func stored() throws {
    let series = try Format.go.read(.of("BenchmarkSort-8 10 7 ns/op")).series
    let run = Run(
      commit: nil, tree: nil, recordedAt: nil, session: nil, tool: "t", environment: nil,
      series: series)
    #expect(try Run(run.json.line).series == series)
    #expect((series + series).pooled().first?.original == "BenchmarkSort-8")
  }
}
