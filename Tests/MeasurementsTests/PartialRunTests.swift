import Measurements
import Testing

@Suite("A run read with some of its benchmarks")
struct PartialRunTests {
  private func run() throws -> Run {
    func series(_ name: String, _ metric: String, _ value: Double) throws -> Series {
      Series(
        benchmark: Benchmark(name: name, labels: ["a": "{\"benchmark\":\"x\"}"]),
        metric: Metric(metric, .nanoseconds), rounds: [try Round([value, 2])], source: "test",
        definition: Definition(digest: "d", text: "what \"it\" does"))
    }
    return Run(
      commit: nil, tree: nil, recordedAt: nil, session: "s", tool: "test", environment: nil,
      series: [
        try series("x", "wall_time", 1), try series("y \"[{", "wall_time", 3),
        try series("x", "user_time", 4), try series("zürich\n", "wall_time", 5),
      ])
  }

  @Test(
    "has these and all else of the whole",
    arguments: [["x"], ["y \"[{"], ["zürich\n", "x"], [], ["nothing"]])
  func partial(names: [String]) throws {
    let run = try run()
    let wanted = Set(names)
    let found = try Run(run.json.line, only: wanted)
    #expect(found == run.keeping { wanted.contains($0.benchmark.name) })
  }

  @Test("finds names that are equal by canonical equivalence, and tells apart those of one shape")
  func shapes() throws {
    let names = ["caf\u{E9}", "K", "b1", "b2", "bx1", "by1", ""] + (0..<200).map { "n\($0)n" }
    let run = Run(
      commit: nil, tree: nil, recordedAt: nil, session: "s", tool: "test", environment: nil,
      series: try names.map {
        Series(
          benchmark: Benchmark(name: $0), metric: Metric("t", .nanoseconds),
          rounds: [try Round([1])], source: "test")
      })
    for (wanted, found) in [
      (["cafe\u{301}"], ["caf\u{E9}"]), (["\u{212A}"], ["K"]), (["b1", "bx1"], ["b1", "bx1"]),
      ([""], [""]), (["n17n", "missing"], ["n17n"]),
    ] {
      #expect(
        try Run(run.json.line, only: Set(wanted)).series.map(\.benchmark.name) == found, "\(wanted)"
      )
    }
  }

  @Test("does not end within what it steps over")
  func cut() throws {
    let bytes = try run().json.line
    for end in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: JSONError.self) { try Run(Array(bytes[..<end]), only: ["x"]) }
    }
  }
}
