import Formats
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
    #expect(dotNet.importSummaries.first?.renamed.count == 1)
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

  @Test(
    "where two names would become one benchmark, both stay as they are",
    arguments: [
      ["BenchmarkX/a=1/b-8", "BenchmarkX/b/a=1-8"], ["BenchmarkY/gomaxprocs=8", "BenchmarkY-8"],
      ["BenchmarkBenchmark-8", "Benchmark-8"], ["BenchmarkZ/a=1/b=2", "BenchmarkZ/b=2/a=1"],
    ])
  func ambiguous(_ names: [String]) throws {
    let text = names.map { "\($0) 10 7 ns/op\n" }.joined()
    let series = try Format.go.read(.of(text + "BenchmarkOther/n=1-8 10 7 ns/op\n")).series
    #expect(series.count == 3)
    #expect(series.map(\.original) == names + ["BenchmarkOther/n=1-8"])
    #expect("\(series[2].benchmark)" == "Other gomaxprocs=8 n=1")
  }

  @Test("of other tools, too")
  func ambiguousElsewhere() throws {
    func row(_ name: String) -> String {
      #"{"name": "\#(name)", "real_time": 1, "cpu_time": 1, "time_unit": "ns"}"#
    }
    let google = #"{"context": {}, "benchmarks": [\#(row("BM/a:1/x")), \#(row("BM/x/a:1"))]}"#
    let series = try Format.googleBenchmark.read(.of(google)).series
    #expect(Set(series.map(\.benchmark.name)) == ["BM/a:1/x", "BM/x/a:1"])
    func test(_ id: String, _ value: String) -> String {
      #"{"fullname": "t[\#(id)]", "param": "\#(id)", "params": {"n": \#(value)}, "stats": {"data": [1]}}"#
    }
    let pytest =
      #"{"machine_info": {}, "benchmarks": [\#(test("1", "1")), \#(test("1-b", "\"1\""))]}"#
    #expect(
      try Format.pytestBenchmark.read(.of(pytest)).series.map(\.benchmark.name) == [
        "t[1]", "t[1-b]",
      ])
  }

  @Test("a parameter of pytest that is no JSON is no label, for it is another one each time")
  func unserializable() throws {
    let json = """
      {"machine_info": {}, "benchmarks": [{"fullname": "t.py::f[fn]", "param": "fn",
       "params": {"f": "UNSERIALIZABLE[<function fn at 0x7f0>]"}, "stats": {"data": [1]}}]}
      """
    let series = try Format.pytestBenchmark.read(.of(json)).series
    #expect(series.map { "\($0.benchmark)" } == ["t.py::f[fn]"])
  }
}
