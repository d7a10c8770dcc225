import Formats
import Measurements
import Testing

@Suite("XCTest")
struct XCTestTests {
  @Test("what a test measured on Linux is one round of ten samples")
  func linux() throws {
    let reading = try Format.xctest.read(fixture("xctest/linux.txt"))
    #expect(
      reading.samples("PerfTests.testFib20") == [
        [99_000, 96_000, 96_000, 96_000, 96_000, 96_000, 96_000, 96_000, 96_000, 96_000]
      ])
    #expect(reading.samples("PerfTests.testFib27")?.first?.prefix(2) == [2_774_000, 10_846_000])
    #expect(reading.series.count == 2)
    #expect(reading.series.allSatisfy { $0.metric == .wallTime && !$0.isSummary })
  }

  @Test("a test that failed has no numbers, for too wide a spread too, and the first reason")
  func failures() throws {
    let reading = try Format.xctest.read(fixture("xctest/linux.txt"))
    #expect(
      reading.failures == [
        Failure(
          Benchmark(name: "PerfTests.testUnstable"),
          reason:
            "The relative standard deviation of the measurements is 310.617% which is "
            + "higher than the max allowed of 10.000%."),
        Failure(
          Benchmark(name: "PerfTests.testWrong"),
          reason: #"XCTAssertEqual failed: ("55") is not equal to ("56") -"#),
        Failure(
          Benchmark(name: "wrong()"),
          reason:
            "PerfTests.swift:24:24: Expectation failed: (fib(10) → 55) == 56"
        ),
      ])
    let importSummary = try #require(reading.importSummaries.first)
    #expect(
      importSummary.skipped.map(\.reason) == [
        "time of a test that measures nothing", "skipped test",
      ])
    // testPlain, plain(), "a test with a name" and parameters(n:); then testSkipped and skipped().
    #expect(importSummary.skipped.map(\.count) == [4, 2])
  }

  @Test("on macOS one test may have several metrics, with their units and polarity")
  func macOS() throws {
    let input = try fixture("xctest/macos_specificationkit_excerpt.txt")
    let reading = try Format.xctest.read(input)
    let overhead =
      "-[SpecificationKitTests.AnySpecificationPerformanceTests testWrappedSpecificationOverhead]"
    // The file is cut: a second run of the first suite is left out. 11 tests with one metric, two with
    // five.
    #expect(reading.series.count == 21)
    #expect(
      reading.samples(overhead, "Memory Physical") == [[0, 0, 0, 16_384, 0]])
    #expect(
      reading.samples(overhead, "instructions") == [
        [308_579_570, 308_582_130, 308_512_684, 308_564_748, 308_554_582]
      ])
    #expect(reading.samples(overhead, "cycles")?.first?.first == 48_915_661)
    #expect(reading.samples(overhead, "cpu_time")?.first?.last == 10_931_000)
    #expect(reading.metric("Memory Peak Physical") == Metric("Memory Peak Physical", .bytes))
    #expect(reading.failures.count == 1)
    #expect(
      reading.importSummaries.first?.metrics.first?.better
        == DirectionSource(.lower, by: "polarity prefers smaller"))
  }

  @Test("where nothing is measured, each test has its time as a summary")
  func times() throws {
    let text = """
      Test Case '-[M.A testOne]' started.\r
      Test Case '-[M.A testOne]' passed (0.250 seconds).\r
      Test case 'A.testTwo()' passed on 'My Mac - App (123)' (0.125 seconds)\r
      Test Case '-[M.A testOne]' passed (0.500 seconds).\r

      """
    let reading = try Format.detect(.of(text)).read(.of(text))
    #expect(reading.samples("-[M.A testOne]") == [[250_000_000], [500_000_000]])
    #expect(reading.samples("A.testTwo()") == [[125_000_000]])
    #expect(reading.series.allSatisfy { $0.isSummary && $0.source == "xctest" })
  }

  @Test("lines picked out of the output are rounds, and more may be better")
  func picked() throws {
    let line = "x.swift:1: Test Case 'A.test' measured [Frames, fps] average: 1, values: [60, 59], "
    let reading = try Format.xctest.read(
      .of("\(line)polarity: prefers larger\n\(line)polarity: prefers larger\n"))
    #expect(reading.samples("A.test", "Frames") == [[60, 59], [60, 59]])
    #expect(reading.metric("Frames")?.better == .higher)
  }

  @Test("a test that did not come to its end has failed")
  func crash() throws {
    let text = """
      Test Case 'A.testOne' started at 2026-11-20 12:00:00.000
      a.swift:1: Test Case 'A.testOne' measured [Time, seconds] average: 1, values: [1, 2], x
      a.swift:1: Fatal error: boom
      """
    let reading = try Format.xctest.read(.of(text))
    #expect(
      reading.failures == [
        Failure(Benchmark(name: "A.testOne"), reason: "began and did not come to its end")
      ])
    #expect(reading.series.isEmpty)
  }

  @Test(arguments: [
    Malformed(
      "no values", "Test Case 'A.b' measured [Time, seconds] average: 1, values: []\n",
      "x:1: looks like a result of XCTest and is not understood: 'Test Case 'A.b' measured [Time, "
        + "seconds] average: 1, values: []'"),
    Malformed(
      "cut off", "Test Case 'A.b' started.\nTest Case 'A.b' measured [Time, seconds] average: 0.0",
      "x:2: looks like a result of XCTest and is not understood: 'Test Case 'A.b' measured [Time, "
        + "seconds] average: 0.0'"),
    Malformed(
      "a word for a number", "Test Case 'A.b' measured [Time, s] values: [1, two]",
      "x:1: looks like a result of XCTest and is not understood: 'Test Case 'A.b' measured [Time, s] "
        + "values: [1, two]'"),
    Malformed(
      "negative", "Test Case 'A.b' measured [Time, s] values: [1, -2]",
      "x:1: negative: -2.0: 'Test Case 'A.b' measured [Time, s] values: [1, -2]'"),
    Malformed(
      "not a number", "Test Case 'A.b' measured [Time, s] values: [nan]",
      "x:1: 'A.b' has a sample that is nan, not a finite number: 'Test Case 'A.b' measured [Time, s] "
        + "values: [nan]'"),
    Malformed(
      "an unknown ending", "Test Case 'A.b' exploded (1 seconds).",
      "x:1: looks like a result of XCTest and is not understood: 'Test Case 'A.b' exploded (1 "
        + "seconds).'"),
    Malformed(
      "no time", "Test Case 'A.b' passed (soon seconds).",
      "x:1: expected a time in seconds: 'Test Case 'A.b' passed (soon seconds).'"),
    Malformed(
      "nothing in it", "Test Suite 'All tests' started at 12:00",
      "x: holds no benchmark in format 'xctest'"),
  ])
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .xctest, on: malformed.text) == malformed.message)
  }
}
