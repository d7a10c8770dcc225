import Measurements
import Testing

@Suite("A series of outcomes")
struct OutcomeSeriesTests {
  private static let solved = Metric("solved", .one, better: .higher, isOutcome: true)

  private func series(_ values: [Double], _ metric: Metric) throws -> Series {
    Series(
      benchmark: Benchmark(name: "task-1"), metric: metric,
      rounds: try values.map { try Round([$0]) }, source: "test")
  }

  @Test("has only ones and zeros: with any other value its metric is no outcome")
  func values() throws {
    #expect(try series([1, 0, 1], Self.solved).metric.isOutcome)
    #expect(try !series([1, 0, 0.5], Self.solved).metric.isOutcome)
    #expect(try series([1, 0.5], Self.solved).asOutcome == nil)
  }

  @Test("is one by itself if it is an imported success, and by nothing else")
  func recognized() throws {
    func isOutcome(_ values: [Double], _ metric: Metric) throws -> Bool {
      try series(values, metric).recognized.metric.isOutcome
    }
    #expect(try isOutcome([1, 0], Metric("success", .one, better: .higher)))
    #expect(try !isOutcome([1, 0.9], Metric("success", .one, better: .higher)))
    #expect(try !isOutcome([1, 0], Metric("success", .one, better: .lower)))
    #expect(try !isOutcome([1, 0], Metric("success", .one, better: .higher, isGuessed: true)))
    #expect(try !isOutcome([1, 0], Metric("success", .bytes, better: .higher)))
    #expect(try !isOutcome([1, 0], Metric("solved", .one, better: .higher)))
  }

  @Test("stays one in a stored line, in a pool, and beside older lines that do not say so")
  func stored() throws {
    let run = Run(
      commit: nil, tree: nil, recordedAt: nil, session: nil, suite: "default", tool: "test",
      environment: nil, series: [try series([1, 0], Self.solved)])
    let line = String(decoding: run.json.line, as: UTF8.self)
    #expect(line.contains(#""outcome":true"#))
    let read = try RunRecord(Array(line.utf8)).run.series
    #expect(read == run.series && read[0].metric.isOutcome)
    let older = try series([1, 1], Metric("solved", .one, better: .higher))
    let pooled = ([older] + read).pooled()
    #expect(pooled.count == 1 && pooled[0].metric.isOutcome && pooled[0].rounds.count == 4)
    let other = line.replacing("[0]", with: "[2]")
    #expect(try !RunRecord(Array(other.utf8)).run.series[0].metric.isOutcome)
    #expect(
      try !String(decoding: series([1], .wallTime).json.line, as: UTF8.self).contains("outcome"))
  }
}
