import Measurements
import Testing
import Verdicts

/// Benchmarks on two sides, and which of them seem to go on under another name.
struct RenameCase: CustomTestStringConvertible {
  struct Measured {
    let name: String
    let value: Double
    var metric = Metric.wallTime
    var labels: [String: String] = [:]

    init(
      _ name: String, _ value: Double, _ metric: Metric = .wallTime, labels: [String: String] = [:]
    ) {
      (self.name, self.value, self.metric, self.labels) = (name, value, metric, labels)
    }
  }

  let testDescription: String
  let old: [Measured]
  let new: [Measured]
  /// The new name of each that has one.
  let renames: [String: String]

  init(
    _ description: String, _ old: [Measured], _ new: [Measured], _ renames: [String: String] = [:]
  ) {
    (testDescription, self.old, self.new, self.renames) = (description, old, new, renames)
  }

  static let nearness: [RenameCase] = [
    RenameCase("equal numbers", [.init("a", 100)], [.init("x", 100)], ["a": "x"]),
    RenameCase("twice as much", [.init("a", 100)], [.init("x", 200)], ["a": "x"]),
    RenameCase("more than twice as much", [.init("a", 100)], [.init("x", 201)]),
    RenameCase("half as much", [.init("a", 100)], [.init("x", 50)], ["a": "x"]),
    RenameCase("less than half as much", [.init("a", 100)], [.init("x", 49)]),
    RenameCase("losses", [.init("a", -100)], [.init("x", -150)], ["a": "x"]),
    RenameCase("a loss and a gain", [.init("a", -100)], [.init("x", 100)]),
    RenameCase("nothing and nothing", [.init("a", 0)], [.init("x", 0)], ["a": "x"]),
    RenameCase("nothing and something", [.init("a", 0)], [.init("x", 1)]),
    RenameCase(
      "one of two metrics too far off", [.init("a", 100), .init("a", 100, .maxRSS)],
      [.init("x", 100), .init("x", 201, .maxRSS)]),
  ]

  static let shapes: [RenameCase] = [
    RenameCase(
      "other labels", [.init("a", 100, labels: ["size": "1"])],
      [.init("x", 100, labels: ["size": "2"])]),
    RenameCase(
      "equal labels", [.init("a", 100, labels: ["size": "1"])],
      [.init("x", 100, labels: ["size": "1"])], ["a": "x"]),
    RenameCase("another metric", [.init("a", 100)], [.init("x", 100, .userTime)]),
    RenameCase(
      "a metric more", [.init("a", 100)], [.init("x", 100), .init("x", 100, .maxRSS)]),
    RenameCase(
      "a metric less", [.init("a", 100), .init("a", 100, .maxRSS)], [.init("x", 100)]),
    RenameCase("another unit", [.init("a", 100)], [.init("x", 100, Metric("wall_time", .bytes))]),
    RenameCase(
      "another direction", [.init("a", 100)],
      [.init("x", 100, Metric("wall_time", .nanoseconds, better: .higher))]),
    RenameCase(
      "another opinion on chance", [.init("a", 100)],
      [.init("x", 100, Metric("wall_time", .nanoseconds, exact: true))], ["a": "x"]),
  ]

  static let choices: [RenameCase] = [
    RenameCase(
      "each the nearest", [.init("a", 100), .init("b", 180)], [.init("x", 170), .init("y", 110)],
      ["a": "y", "b": "x"]),
    RenameCase(
      "two for one: the nearer", [.init("a", 100), .init("b", 110)], [.init("x", 115)],
      ["b": "x"]),
    RenameCase(
      "one for two: the nearer", [.init("a", 100)], [.init("x", 115), .init("y", 90)],
      ["a": "y"]),
    RenameCase(
      "the second choice where the first is nearer to another", [.init("a", 100), .init("b", 110)],
      [.init("x", 112), .init("y", 190)], ["a": "y", "b": "x"]),
    RenameCase(
      "of equally near ones the first", [.init("a", 100)], [.init("y", 100), .init("x", 100)],
      ["a": "x"]),
    RenameCase("still there", [.init("a", 100)], [.init("a", 100), .init("x", 100)]),
    RenameCase(
      "still there in part", [.init("a", 100), .init("a", 100, .maxRSS)],
      [.init("a", 100), .init("x", 100), .init("x", 100, .maxRSS)]),
    RenameCase(
      "the new name was there before", [.init("a", 100), .init("x", 100)], [.init("x", 100)]),
  ]

  static let all = nearness + shapes + choices
}

@Suite("a missing benchmark")
struct RenameTests {
  private func series(_ measured: [RenameCase.Measured]) throws -> [Series] {
    try measured.map {
      try VerdictsTests.series(
        times(4, $0.value), name: $0.name, labels: $0.labels, metric: $0.metric)
    }
  }

  @Test("goes on as the new one of its shape that is nearest", arguments: RenameCase.all)
  func rename(_ example: RenameCase) throws {
    let seriesResults = FamilyResult(
      old: try series(example.old), new: try series(example.new), policy: Policy()
    ).seriesResults
    for seriesResult in seriesResults {
      let name = seriesResult.id.benchmark.name
      if let new = example.renames[name] {
        #expect(seriesResult.verdict == .renamed(to: new), "\(name)")
      } else {
        #expect(seriesResult.verdict.kind != .renamed, "\(name)")
      }
    }
  }

  @Test("goes on with each of its metrics and labels")
  func wholly() throws {
    func side(_ name: String) throws -> [Series] {
      try series([
        .init(name, 1, labels: ["size": "1"]), .init(name, 2, labels: ["size": "2"]),
        .init(name, 3, .maxRSS, labels: ["size": "2"]),
      ])
    }
    let seriesResults = FamilyResult(old: try side("a"), new: try side("x"), policy: Policy())
      .seriesResults
    #expect(seriesResults.prefix(3).allSatisfy { $0.verdict == .renamed(to: "x") })
    #expect(seriesResults.suffix(3).allSatisfy { $0.verdict == .new })
  }

  @Test("that failed does not go on")
  func failed() throws {
    let familyResult = FamilyResult(
      old: try series([.init("a", 1)]), new: try series([.init("x", 1)]),
      failures: [Failure(Benchmark(name: "a"), reason: "timed out")], policy: Policy())
    #expect(familyResult.seriesResults.map(\.verdict) == [.failed(reason: "timed out"), .new])
  }
}
