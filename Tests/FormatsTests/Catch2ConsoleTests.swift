import Formats
import Measurements
import Testing

@Suite("Text of Catch2")
struct Catch2ConsoleTests {
  @Test("the mean of each benchmark is read, with the names of test case and sections")
  func version3() throws {
    let reading = try Format.catch2Console.read(fixture("catch2-console/local_v3.7.1_console.txt"))
    #expect(reading.samples("fib 10 test=Fibonacci") == [[197.636]])
    #expect(reading.samples("fib 20 section=deep test=Fibonacci") == [[23338.6]])
    #expect(reading.samples("fib 10 test=Other") == [[313.36]])
    #expect(reading.series.count == 3 && reading.series.allSatisfy(\.isSummary))
    #expect(reading.failures.isEmpty)
  }

  @Test("names of several lines are put together, and what throws is a failure")
  func version2() throws {
    let reading = try Format.catch2Console.read(fixture("catch2-console/v2.13.10.txt"))
    let long = "a name that is so long that the console wraps it into a second line"
    #expect(reading.samples("\(long) section=deep test=Fibonacci") == [[1433.6]])
    #expect(reading.samples("fib 10 test=Fibonacci") == [[205.849, 216.19]])
    #expect(reading.samples("fib 10 section=deep test=Fibonacci") == [[550.877]])
    #expect(reading.samples("after test=Failing") == [[25.6405]])
    #expect(reading.series.count == 5)
    #expect(
      reading.failures == [
        Failure(Benchmark(name: "throws", labels: ["test": "Failing"]), reason: "no such file")
      ])
  }

  @Test("without analysis a row has one line")
  func noAnalysis() throws {
    let reading = try Format.catch2Console.read(fixture("catch2-console/v2.13.10_no_analysis.txt"))
    let long = "a name that is so long that the console wraps it into a second line"
    #expect(reading.samples("\(long) section=deep test=Fibonacci") == [[1349.99]])
    #expect(reading.samples("fib 10 test=Fibonacci") == [[210.719, 205.004]])
    #expect(reading.samples("fib <16> & \"more\" section=shallow test=Fibonacci") == [[3910.38]])
    #expect(reading.series.count == 5 && reading.failures.count == 1)
  }

  @Test("the older words above the columns and a wider page are understood")
  func wide() throws {
    let reading = try Format.catch2Console.read(fixture("catch2-console/bencher_four.txt"))
    #expect(reading.samples("Fibonacci~ 5! test=More Fibonacci") == [[36]])
    #expect(reading.samples("Fibonacci-15_bench test=More Fibonacci") == [[3789]])
    #expect(reading.samples("Fibonacci 20 test=Fibonacci") == [[41731]])
    #expect(reading.series.count == 4)
  }

  @Test("lines may end as on Windows, and failed test cases are told")
  func lineEnds() throws {
    let text = Self.page("test cases: 2 | 1 passed | 1 failed").replacing("\n", with: "\r\n")
    let reading = try Format.detect(.of(text)).read(.of(text))
    #expect(reading.samples("a test=t") == [[2000]])
    #expect(reading.failures == [Failure(nil, reason: "test cases: 1 failed")])
  }

  @Test("tests that crash leave no totals, and are a failure")
  func crashed() throws {
    let text = Self.page("")
    let torn = String(text[..<(try #require(text.firstIndex(of: "=")))])
    let reading = try Format.catch2Console.read(.of(torn))
    #expect(reading.samples("a test=t") == [[2000]])
    #expect(
      reading.failures == [
        Failure(nil, reason: "the output breaks off: there are no totals at its end")
      ])
  }

  @Test("no time at all is warned of")
  func nothing() throws {
    let text = Self.page("", Self.row.replacing("2 us  ", with: "0 ns  "))
    let reading = try Format.catch2Console.read(.of(text))
    #expect(reading.samples("a test=t") == [[0]])
    #expect(
      reading.parseNotes == [
        ParseNote(
          .warning, "x:12: 'a test=t' took no time: see whether the compiler left anything of it")
      ])
  }

  @Test("what is wrong is named", arguments: cases)
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .catch2Console, on: malformed.text) == malformed.message)
  }

  private static let rule = String(repeating: "-", count: 79)
  private static let row = """
    a                                               20           105      424.2 us
                                                  2 us          1 us          3 us
                                                  1 us          1 us          1 us

    """

  private static func page(_ end: String, _ row: String = row) -> String {
    """
    \(rule)
    t
    \(rule)
    b.cpp:3
    \(String(repeating: ".", count: 79))

    benchmark name                       samples       iterations    est run time
                                         mean          low mean      high mean
                                         std dev       low std dev   high std dev
    \(rule)
    \(row)
    \(String(repeating: "=", count: 79))
    \(end)
    """
  }

  static let cases = [
    Malformed("no row", page("", ""), "x: holds no benchmark in format 'catch2-console'"),
    Malformed(
      "a row that breaks off", page("", String(row.prefix { $0 != "\n" })),
      "x:11: 'a' breaks off: 'a 20 105 424.2 us'"),
    Malformed(
      "a row with a word", page("", row.replacing("105", with: "fast")),
      "x:11: looks like a result and is not understood: 'a 20 fast 424.2 us'"),
    Malformed(
      "an unknown unit", page("", row.replacing("2 us   ", with: "2 days ")),
      "x:12: the mean of 'a test=t' is no time: '2 days 1 us 3 us'"),
    Malformed(
      "one name for two", page("", row + "\n" + row),
      "x:16: 'a test=t' stands for two benchmarks: '2 us 1 us 3 us'"),
  ]
}
