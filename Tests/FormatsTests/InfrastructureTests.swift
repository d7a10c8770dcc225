import Formats
import Measurements
import Testing

@Suite("Infrastructure failures have a limit, and leave no task without a word")
struct InfrastructureTests {
  private func series(_ name: String, _ metric: Metric, _ values: [Double]) throws -> Series {
    Series(
      benchmark: Benchmark(name: name), metric: metric, rounds: try values.map { try Round([$0]) },
      source: "x")
  }

  /// Nine attempts in all, of which three are infrastructure failures.
  private func results() throws -> ParsedResults {
    ParsedResults(series: [
      try series("a", .success, [1, 0, 1]), try series("b", .success, [1, 1]),
      try series("b", .infrastructureFailures, [1]),
      try series("c", .success, [1]), try series("c", .infrastructureFailures, [0, 1, 1]),
    ])
  }

  @Test("more than the limit fail", arguments: [(0.34, false), (0.33, true)])
  func limit(limit: Double, fails: Bool) throws {
    let failures = try results().limited(toInfrastructureFailures: limit).failures
    #expect(
      failures.map(\.reason)
        == (fails ? ["3 of 9 attempts were infrastructure failures, more than 33.0 %"] : []))
  }

  @Test("a task without any other attempt fails")
  func nothingElse() throws {
    let results = ParsedResults(series: [
      try series("a", .success, [1, 1, 1]), try series("d", .infrastructureFailures, [1, 1]),
    ])
    #expect(
      results.limited(toInfrastructureFailures: 1).failures.map(\.description)
        == ["'d' failed: all 2 attempts were infrastructure failures"])
  }

  @Test("results without any are what they were")
  func none() throws {
    let results = ParsedResults(series: [try series("a", .success, [1])])
    #expect(results.limited(toInfrastructureFailures: 0) == results)
  }
}
