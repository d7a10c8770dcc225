import Measurements
import Statistics
import TestSupport
import Testing

@Suite("a file that no tool has written anew")
struct StaleImportTests {
  private static func run(
    _ series: [(String, Metric, [Double])], of commit: String, imported: String? = "digest"
  ) throws -> Run {
    Run(
      commit: commit, tree: "tree of \(commit)", recordedAt: nil, session: nil, tool: "t",
      environment: nil,
      series: try series.map { name, metric, values in
        Series(
          benchmark: Benchmark(name: name), metric: metric,
          rounds: try values.map { try Round([$0]) }, source: "t")
      }, imported: imported)
  }

  private static let times: [Double] = [1.0012e8, 1.0107e8, 0.9987e8, 1.0003e8, 1.0211e8]
  private static let counts = Metric("allocations", .one)

  @Test("the same times in the same order are those of the other commit")
  func stale() throws {
    let old = try Self.run([("p", .wallTime, Self.times)], of: "a")
    let new = try Self.run([("p", .wallTime, Self.times), ("q", Self.counts, [7, 8])], of: "b")
    #expect(StaleImport.source(of: new, among: [old]) == old)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let old: [Double]
    let new: [Double]
    var metric = Metric.wallTime
    var home = "b"
    var imported: String? = "digest"
  }

  @Test(
    "nothing is said of",
    arguments: [
      Case(testDescription: "another order", old: times, new: times.reversed()),
      Case(testDescription: "another time", old: times, new: times.dropLast() + [1e8 + 1]),
      Case(testDescription: "one more", old: times, new: times + [1]),
      Case(
        testDescription: "four values", old: [1.5, 2.5, 3.1, 4.7, 1.5],
        new: [1.5, 2.5, 3.1, 4.7, 1.5]),
      Case(
        testDescription: "whole milliseconds", old: [1e8, 1.01e8, 1.02e8, 1.03e8, 1.04e8],
        new: [1e8, 1.01e8, 1.02e8, 1.03e8, 1.04e8]),
      Case(
        testDescription: "ticks", old: [3.001e10, 3.002e10, 3.003e10, 3.004e10, 3.005e10],
        new: [3.001e10, 3.002e10, 3.003e10, 3.004e10, 3.005e10]),
      Case(testDescription: "counts", old: times, new: times, metric: counts),
      Case(testDescription: "the same commit", old: times, new: times, home: "a"),
      Case(testDescription: "what was measured", old: times, new: times, imported: nil),
    ])
  func silent(_ example: Case) throws {
    let old = try Self.run([("p", example.metric, example.old)], of: "a")
    let new = try Self.run(
      [("p", example.metric, example.new)], of: example.home, imported: example.imported)
    #expect(StaleImport.source(of: new, among: [old]) == nil)
  }

  @Test("one time that differs, or that the other lacks, is a new file")
  func partly() throws {
    let old = try Self.run([("p", .wallTime, Self.times)], of: "a")
    let longer = Self.times.map { (time: Double) in time * 1.1 + 0.5 }
    let new = try Self.run([("p", .wallTime, Self.times), ("q", .wallTime, longer)], of: "b")
    #expect(StaleImport.source(of: new, among: [old]) == nil)
  }

  @Test("numbers drawn anew are never taken for old ones, whatever they are")
  func random() throws {
    var generator = SeededGenerator(seed: 15)
    for sequentialTest in 0..<300 {
      let scale: Double = [10, 1e3, 1e6, 1e9][sequentialTest % 4]
      func draw() -> [Double] {
        (0..<10).map { _ in
          let value = scale * Double.random(in: 1...1.1, using: &generator)
          // Some tools round.
          return sequentialTest.isMultiple(of: 2) ? value.rounded() : value
        }
      }
      let old = try Self.run([("p", .wallTime, draw())], of: "a")
      let new = try Self.run([("p", .wallTime, draw())], of: "b")
      #expect(StaleImport.source(of: new, among: [old]) == nil)
    }
  }
}
