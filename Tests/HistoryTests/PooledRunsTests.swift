import Foundation
import Git
import History
import Measurements
import Testing

@Suite("Which runs count together")
struct PooledRunsTests {
  private func run(
    _ series: [String: [Double]], hour: Int, imported: String? = nil, part: String? = nil,
    failed: [String?] = [], definition: String? = nil
  ) throws -> StoredRun {
    try StoredRun(
      Run(
        commit: nil, tree: nil, recordedAt: Timestamp(hour: hour), session: nil, tool: "test",
        environment: .here,
        series: try series.keys.sorted().map { name in
          Series(
            benchmark: Benchmark(name: name), metric: .wallTime,
            rounds: try series[name, default: []].map { try Round([$0]) }, source: "",
            definition: definition.map { Definition(digest: $0, text: "") })
        },
        failures: failed.map { Failure($0.map { Benchmark(name: $0) }, reason: "137") },
        part: part, imported: imported))
  }

  @Test("the same bytes imported again are one piece of evidence")
  func imports() throws {
    let runs = try [3, 2, 1].map { try run(["p": [1]], hour: $0, imported: "digest") }
    #expect(PooledRuns(all: runs).series.flatMap(\.rounds).count == 1)
    let other = try run(["p": [1]], hour: 0, imported: "another")
    #expect(PooledRuns(all: runs + [other]).series.flatMap(\.rounds).count == 2)
  }

  @Test("but what was read of them only once, under another name, is kept")
  func renamedImports() throws {
    let runs = [
      try run(["q": [1]], hour: 2, imported: "digest"),
      try run(["p": [1]], hour: 1, imported: "digest"),
    ]
    #expect(PooledRuns(all: runs).series.map(\.benchmark.name).sorted() == ["p", "q"])
  }

  struct Case: CustomTestStringConvertible {
    let testDescription: String
    var rounds = 3
    var hour = 2
    var failed: [String?] = []
    var definition: String? = "d"
    let isAnswered: Bool
  }

  static let cases = [
    Case(testDescription: "as many rounds", isAnswered: true),
    Case(testDescription: "fewer rounds", rounds: 2, isAnswered: false),
    Case(testDescription: "earlier", hour: 0, isAnswered: false),
    Case(testDescription: "of the same second", hour: 1, isAnswered: false),
    Case(testDescription: "failing again", failed: ["p"], isAnswered: false),
    Case(testDescription: "with other work", definition: "e", isAnswered: false),
  ]

  @Test("a failure is answered by a later whole success alone", arguments: cases)
  func answers(_ example: Case) throws {
    let failing = try run(["p": [1, 1, 1]], hour: 1, failed: ["p"], definition: "d")
    let later = try run(
      ["p": Array(repeating: 1, count: example.rounds)], hour: example.hour,
      failed: example.failed, definition: example.definition)
    let runs = example.hour > 1 ? [later, failing] : [failing, later]
    let pool = PooledRuns(all: runs)
    #expect(pool.answered.isEmpty == !example.isAnswered)
    #expect(pool.failures.isEmpty == example.isAnswered)
  }

  @Test("what failed without a name is not answered by a part of the suite")
  func unnamed() throws {
    let failing = try run([:], hour: 1, failed: [nil])
    let part = try run(["p": [1]], hour: 2, part: "--name p")
    #expect(PooledRuns(all: [part, failing]).failures.count == 1)
    let whole = try run(["p": [1]], hour: 2)
    #expect(PooledRuns(all: [whole, failing]).failures.isEmpty)
  }
}
