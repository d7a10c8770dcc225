import Formats
import Measurements
import Testing

@Suite("JUnit XML")
struct JUnitTests {
  @Test("each test that passed has its time; failures and errors have none")
  func pytest() throws {
    let reading = try Format.junit.read(fixture("junit/pytest.xml"))
    #expect(reading.samples("test_it.test_fast") == [[11_000_000]])
    #expect(reading.samples("test_it.test_param[1]") == [[0]])
    #expect(reading.samples("test_it.TestGroup.test_fast") == [[0]])
    #expect(reading.series.count == 3 && reading.series.allSatisfy { $0.isSummary })
    #expect(
      reading.failures == [
        Failure(
          Benchmark(name: "test_it.test_param[2]"),
          reason: #"AssertionError: n & "m" <b> assert 2 < 2"#),
        Failure(
          Benchmark(name: "test_it.test_error"),
          reason: #"failed on setup with "RuntimeError: no resource""#),
      ])
    #expect(reading.importSummaries.first?.skipped.map(\.count) == [2])
  }

  @Test("both files of swift test are read")
  func swiftTest() throws {
    let xctest = try Format.junit.read(fixture("junit/xctest.xml"))
    #expect(xctest.samples("PerfTests.PerfTests.testFib20")?.count == 1)
    #expect(xctest.series.count == 4 && xctest.failures.count == 2)
    let testing = try Format.junit.read(fixture("junit/swift-testing.xml"))
    #expect(testing.series.count == 3)
    #expect(
      testing.failures == [
        Failure(
          Benchmark(name: "PerfTests.SwiftPerf.wrong()"),
          reason: "Expectation failed: (fib(10) → 55) == 56 (error)")
      ])
  }

  @Test("times may have commas, a class may be missing or repeat the name, tests may not run")
  func variants() throws {
    let reading = try Format.junit.read(
      .of(
        """
        <testsuite name="s"><properties><property name="a" value="b"/></properties>
        <testcase name="a" time="1,062.5"><system-out>failure</system-out></testcase>
        <testcase name="b" classname="b" time=" 2 "/>
        <testcase name="c" status="notrun" time="0"/>
        <testcase name="d"/>
        <testcase name="f" time="3"><flakyFailure message="x"/></testcase>
        <testcase name="e" time="1"><failure>
          first line</failure></testcase>
        <error message="cannot be loaded"/></testsuite>
        """))
    #expect(reading.samples("a") == [[1_062_500_000_000]])
    #expect(reading.samples("b") == [[2_000_000_000]])
    #expect(reading.samples("f") == [[3_000_000_000]])
    #expect(
      reading.parseNotes == [ParseNote(.importSummary, "x:6: passed only when it was repeated")])
    #expect(reading.series.count == 3)
    #expect(
      reading.failures == [
        Failure(Benchmark(name: "e"), reason: "first line"),
        Failure(nil, reason: "suite 's': cannot be loaded"),
      ])
    let skipped = reading.importSummaries.first?.skipped
    #expect(skipped?.map(\.reason) == ["skipped test", "test without a time"])
    #expect(skipped?.map(\.first) == ["x:4", "x:5"])
  }

  @Test("a long file may have a tag at the start of each line")
  func long() throws {
    let tests = (1...5000).map { "<testcase name=\"test \($0)\" time=\"1\"/>\n" }.joined()
    let input = Input.of("<testsuite>\n\(tests)</testsuite>\n")
    #expect(try Format.detect(input).read(input).series.count == 5000)
  }

  @Test(arguments: [
    Malformed(
      "two tests of one name",
      "<testsuite>\n<testcase name='a' time='1'/>\n<testcase name='a' time='2'/></testsuite>",
      "x:3: 'a' has a second value of 'wall_time'"),
    Malformed(
      "no time", "<testsuite><testcase name='a' time='soon'/></testsuite>",
      "x:1: 'a' has no time in seconds: 'soon'"),
    Malformed(
      "negative", "<testsuite><testcase name='a' time='-1'/></testsuite>",
      "x:1: 'a' has no time in seconds: '-1'"),
    Malformed(
      "infinite", "<testsuite><testcase name='a' time='1e999'/></testsuite>",
      "x:1: 'a' has no time in seconds: '1e999'"),
    Malformed(
      "no name", "<testsuite><testcase time='1'/></testsuite>", "x:1: a test case without a name"),
    Malformed(
      "cut off", "<testsuite>\n<testcase name='a' time='1'/>\n",
      "x:3: the XML ends inside of <testsuite>"),
    Malformed(
      "empty", "<testsuites/>", "x: holds no benchmark in format 'junit'"),
  ])
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .junit, on: malformed.text) == malformed.message)
  }
}
