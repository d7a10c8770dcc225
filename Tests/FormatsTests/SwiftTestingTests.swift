import Formats
import Measurements
import Testing

@Suite("Swift Testing")
struct SwiftTestingTests {
  @Test("each test has its time, by its function or display name")
  func times() throws {
    let reading = try Format.swiftTesting.read(fixture("swift-testing/linux.txt"))
    #expect(
      reading.series.map(\.benchmark.name) == ["parameters(n:)", "plain()", "a test with a name"])
    #expect(reading.series.allSatisfy { $0.isSummary && $0.rounds.map(\.samples) == [[1_000_000]] })
    #expect(reading.failures.map(\.benchmark?.name) == ["wrong()"])
    #expect(reading.importSummaries.first?.skipped.map(\.reason) == ["skipped test"])
  }

  @Test("signs of other platforms and known issues change nothing")
  func signs() throws {
    let text = """
      \u{100184} Test run started.
      \u{10105B} Test "a passed after 3 seconds" passed after 1.5 seconds with 1 known issue.
      √ Test `raw name` passed after 0.5 seconds.
      × Test run with 2 tests failed after 2 seconds with 1 issue.
      """
    let reading = try Format.detect(.of(text)).read(.of(text))
    #expect(reading.samples("a passed after 3 seconds") == [[1_500_000_000]])
    #expect(reading.samples("`raw name`") == [[500_000_000]])
    #expect(
      reading.failures == [Failure(nil, reason: "Swift Testing reports a failed run (line 4)")])
  }

  @Test("colours, and what a program printed before, do not hide a result")
  func glued() throws {
    let text = """
      \u{1B}[92m✔\u{1B}[0m Test a() passed after 1 seconds.\r
      half a line✔ Test b() with 2 test cases passed after 2 seconds.\r

      """
    let reading = try Format.detect(.of(text)).read(.of(text))
    #expect(reading.samples("a()") == [[1e9]])
    #expect(reading.samples("b()") == [[2e9]])
  }

  @Test("two tests of one name in a run cannot be told apart, in two runs they are rounds")
  func names() throws {
    let run = "◇ Test run started.\n✔ Test a() passed after 1 seconds.\n"
    #expect(try Format.swiftTesting.read(.of(run + run)).samples("a()") == [[1e9], [1e9]])
    let twice = run + "✔ Test a() passed after 2 seconds.\n✔ Test b() passed after 2 seconds.\n"
    #expect(
      failure(of: .swiftTesting, on: twice)
        == "x:3: a second test called 'a()' in one run: '✔ Test a() passed after 2 seconds.'")
    var lenient = Input.of(twice)
    lenient.isLenient = true
    let reading = try Format.swiftTesting.read(lenient)
    #expect(reading.series.map(\.benchmark.name) == ["b()"])
    #expect(reading.failures.isEmpty)
    #expect(reading.parseNotes.map(\.weight) == [.warning])
  }

  @Test("a test without an end has failed, and prose is no test")
  func unfinished() throws {
    let reading = try Format.swiftTesting.read(
      .of("◇ Test a() started.\n- Test the waters passed after 3 seconds of doubt\n"))
    #expect(reading.failures.map(\.benchmark?.name) == ["a()"])
    #expect(reading.series.isEmpty)
    #expect(throws: InputError.self) { try Format.detect(.of("- Test the waters started.")) }
  }
}
