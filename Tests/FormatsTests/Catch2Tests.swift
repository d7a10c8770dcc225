import Formats
import Measurements
import Testing

@Suite("XML of Catch2")
struct Catch2Tests {
  @Test("a benchmark is known by test case and sections, and has its mean")
  func version3() throws {
    let reading = try Format.catch2.read(fixture("catch2/local_v3.7.1_benchmarks.xml"))
    #expect(reading.samples("fib 10 test=Fibonacci") == [[198.192]])
    #expect(reading.samples("fib 20 section=deep test=Fibonacci") == [[22962]])
    #expect(reading.samples("fib 10 test=Other") == [[309.906]])
    #expect(reading.series.count == 3 && reading.series.allSatisfy(\.isSummary))
    #expect(reading.series.allSatisfy { $0.metric == .wallTime })
    #expect(reading.failures.isEmpty)
  }

  @Test("what is measured anew before each section has several samples; what throws has none")
  func version2() throws {
    let reading = try Format.catch2.read(fixture("catch2/v2.13.10.xml"))
    #expect(reading.samples("fib 10 test=Fibonacci") == [[196.22, 191.551]])
    #expect(reading.samples("fib 10 section=deep test=Fibonacci") == [[522.254]])
    #expect(reading.samples("fib <16> & \"more\" section=shallow test=Fibonacci") == [[3684.98]])
    #expect(reading.samples("after test=Failing") == [[16.313]])
    #expect(reading.series.count == 5)
    #expect(
      reading.failures == [
        Failure(Benchmark(name: "throws", labels: ["test": "Failing"]), reason: "no such file")
      ])
  }

  @Test("a test case that failed is a failure, and what it measured is kept")
  func failedTest() throws {
    let text = Self.file(Self.result("a", "5")).replacing(
      "success=\"true\"", with: "success=\"false\"")
    let reading = try Format.catch2.read(.of(text))
    #expect(reading.failures == [Failure(nil, reason: "test case 't' failed")])
    #expect(reading.samples("a test=t") == [[5]])
  }

  @Test("sections within sections have the names of all")
  func nested() throws {
    let deep =
      "<Section name=\"x\">\(Self.result("a", "1"))<Section name=\"y\">\(Self.result("a", "2"))"
      + "</Section></Section>"
    let again = deep.replacing("\"y\"", with: "\"z\"")
    let reading = try Format.catch2.read(.of(Self.file(deep + again)))
    #expect(reading.samples("a section=x test=t") == [[1, 1]])
    #expect(reading.samples("a section=x/y test=t") == [[2]])
    #expect(reading.samples("a section=x/z test=t") == [[2]])
  }

  @Test("CRLF and a byte order mark do not matter")
  func lineEnds() throws {
    let text = "\u{feff}<?xml version=\"1.0\"?>\r\n" + Self.file(Self.result("a", "1") + "\r\n")
    #expect(try Format.detect(.of(text)).name == "catch2")
    #expect(try Format.catch2.read(.of(text)).samples("a test=t") == [[1]])
  }

  @Test("what is wrong is named", arguments: cases)
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .catch2, on: malformed.text) == malformed.message)
  }

  private static func result(_ name: String, _ mean: String) -> String {
    "<BenchmarkResults name=\"\(name)\"><mean value=\"\(mean)\"/></BenchmarkResults>"
  }

  private static func file(_ content: String) -> String {
    "<Catch2TestRun name=\"b\"><TestCase name=\"t\">\(content)<OverallResult success=\"true\"/>"
      + "</TestCase></Catch2TestRun>"
  }

  static let cases = [
    Malformed("no benchmark", file(""), "x: holds no benchmark in format 'catch2'"),
    Malformed(
      "cut off", "<Catch2TestRun>\n<TestCase name=\"t\">\(result("a", "1"))",
      "x:2: the XML ends inside of <Catch2TestRun><TestCase>"),
    Malformed(
      "a word for a number", file(result("a", "fast")),
      "x:1: the mean of 'a test=t' is no number: 'fast'"),
    Malformed(
      "not a number", file(result("a", "nan")), "x:1: the mean of 'a test=t' is no number: 'nan'"),
    Malformed("negative", file(result("a", "-1")), "x:1: negative: -1.0"),
    Malformed(
      "no mean", file("<BenchmarkResults name=\"a\"></BenchmarkResults>"),
      "x:1: 'a test=t' has no mean"),
    Malformed("no name", file("<BenchmarkResults/>"), "x:1: a benchmark without a name"),
    Malformed(
      "one name for two", file(result("a", "1") + result("a", "2")),
      "x:1: 'a test=t' stands for two benchmarks"),
  ]
}
