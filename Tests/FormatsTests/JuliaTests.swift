import Formats
import Measurements
import Testing

@Suite("Julia's BenchmarkTools")
struct JuliaTests {
  @Test("estimates are summaries by the path of their groups")
  func estimates() throws {
    let reading = try Format.julia.read(fixture("julia/gab_output.json"))
    #expect(reading.samples("fib/20") == [[31028]])
    #expect(reading.samples("fib/10") == [[246.03846153846155]])
    #expect(reading.samples("fib/10", "allocated_bytes") == [[0]])
    #expect(reading.series.count == 6 && reading.series.allSatisfy { $0.isSummary })
    #expect(reading.context == ["julia": "1.7.0-rc3", "benchmarktools": "1.0.0"])
  }

  @Test("a trial is one round of samples; several values of a file are numbered")
  func trials() throws {
    let reading = try Format.julia.read(fixture("julia/trials.json"))
    let quick = #"[1]/sort/("quick", 10)"#
    #expect(reading.samples(quick) == [[31.5, 30.25, 44]])
    #expect(reading.samples(quick, "allocated_bytes") == [[144]])
    #expect(reading.samples(quick, "allocations") == [[2]])
    #expect(reading.samples("[1]/old") == [[100]])
    #expect(reading.samples("[2]") == [[12.5]])
    #expect(reading.series.filter(\.isSummary).allSatisfy { $0.benchmark.name == "[2]" })
    #expect(reading.importSummaries.first?.skipped.map(\.reason) == ["TrialJudgement"])
  }

  private static func file(_ value: String) -> String {
    "[{\"Julia\": \"1.11\", \"BenchmarkTools\": \"1.6\"}, [\(value)]]"
  }

  @Test(arguments: [
    Malformed(
      "an unknown type", file(#"["Guess", {}]"#), "x: field '[1][0]': unknown type 'Guess'"),
    Malformed(
      "no samples", file(#"["Trial", {"times": []}]"#),
      "x: field '[1][0][1].times': 'Trial' has a round without samples"),
    Malformed(
      "negative", file(#"["Trial", {"times": [1, -1]}]"#),
      "x: field '[1][0][1].times[1]': negative: '-1.0'"),
    Malformed(
      "a word", file(#"["TrialEstimate", {"time": "1"}]"#),
      "x: field '[1][0][1].time': expected a number, found a string"),
    Malformed(
      "not finite", file(#"["Trial", {"times": [NaN]}]"#),
      "x: field '[1][0][1].times[0]': not a finite number"),
    Malformed("no values", #"[{"Julia": "1"}]"#, "x: expected versions and values, found an array"),
    Malformed("empty", file(""), "x: holds no benchmark in format 'julia'"),
    Malformed(
      "cut off", #"[{"Julia": "1"}, ["#, "x:1: field '[1][0]': the JSON ends in the middle"),
  ])
  func wrong(_ malformed: Malformed) {
    #expect(failure(of: .julia, on: malformed.text) == malformed.message)
  }
}
