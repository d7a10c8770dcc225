import Measurements
import Testing

@Suite("pooling")
struct PooledTests {
  private func series(
    _ name: String, _ value: Double, _ metric: Metric = .wallTime, labels: [String: String] = [:],
    source: String = "a"
  ) throws -> Series {
    Series(
      benchmark: Benchmark(name: name, labels: labels), metric: metric,
      rounds: [try Round([value])],
      source: source)
  }

  @Test("series of one name and metric become one, in the order of appearance")
  func pooled() throws {
    let pooled = try [
      series("b", 1), series("a", 2), series("b", 3, source: "z"), series("a", 4, .maxRSS),
      series("b", 5, labels: ["size": "1"]), series("a", 6),
    ].pooled()
    #expect(pooled.map(\.benchmark.description) == ["b", "a", "a", "b size=1"])
    #expect(
      pooled.map { $0.rounds.flatMap(\.samples) } == [[1, 3], [2, 6], [4], [5]])
    #expect(pooled.map(\.source) == ["a", "a", "a", "a"])
  }

  @Test("series that differ in unit or direction stay apart")
  func apart() throws {
    let metrics = [
      Metric("m", .nanoseconds), Metric("m", .bytes), Metric("m", .nanoseconds, better: .higher),
    ]
    let pooled = try metrics.map { try series("b", 1, $0) }.pooled()
    #expect(pooled.map(\.metric) == metrics)
    #expect(Set(pooled.map(\.id)).count == 1)
  }

  @Test("nothing pooled is nothing")
  func empty() { #expect([Series]().pooled() == []) }
}

@Test("benchmarks are in the order of names, then labels")
func benchmarkOrder() {
  let benchmarks = [
    Benchmark(name: "a"), Benchmark(name: "a", labels: ["size": "1"]),
    Benchmark(name: "a", labels: ["os": "x", "size": "1"]), Benchmark(name: "b"),
  ]
  #expect(benchmarks.sorted().map(\.description) == ["a", "a os=x size=1", "a size=1", "b"])
}
