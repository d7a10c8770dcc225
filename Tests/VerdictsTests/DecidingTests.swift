import Measurements
import TestSupport
import Testing
import Verdicts

@Suite("Metrics that decide")
struct DecidingTests {
  private let rounds: [Double] = [100, 101, 99, 100, 102, 98, 100, 101, 99, 100]

  private func side(_ factors: [Metric: Double], name: String = "b") throws -> [Series] {
    try factors.map { metric, factor in
      try series(rounds.map { $0 * 1e6 * factor }, name: name, metric: metric)
    }
  }

  private func decision(_ factors: [Metric: Double], under policy: Policy) throws -> GateResult {
    GateResult(
      old: try side(factors.mapValues { _ in 1 }), new: try side(factors), policy: policy)
  }

  private func deciding(_ metrics: String..., strict: Bool = false) -> Policy {
    .with {
      $0.deciding = metrics.map { Pattern($0) }
      if strict { $0.strictness = .everything }
    }
  }

  @Test("are those that are named; a change of another is shown, and fails nothing")
  func others() throws {
    let slower: [Metric: Double] = [.wallTime: 1.5, .cpuTime: 1.02, .maxRSS: 1.5]
    #expect(try decision(slower, under: Policy()).outcome(under: Policy()) == .regression)
    let policy = deciding("cpu_time")
    let decision = try decision(slower, under: policy)
    #expect(decision.outcome(under: policy) == .pass)
    let seriesResults = decision.familyResult.seriesResults
    #expect(seriesResults.filter(\.decides).map(\.metric) == [.cpuTime])
    #expect(seriesResults.filter { $0.verdict.kind == .regression }.count == 2)
    #expect(
      seriesResults.filter { $0.verdict.kind == .regression }.allSatisfy { $0.response == .warn })
    // What decides nothing is no member of the family.
    #expect(decision.familyResult.familySize == 1)
    let both = deciding("cpu_time", "max_*")
    #expect(try self.decision(slower, under: both).outcome(under: both) == .regression)
  }

  @Test("fail the gate as ever, and none of the others makes them harder to show")
  func family() throws {
    let policy = deciding("wall_time")
    let slower = try decision([.wallTime: 1.5, .maxRSS: 1], under: policy)
    #expect(slower.outcome(under: policy) == .regression)
    let wall = try #require(slower.familyResult.seriesResults.first { $0.metric == .wallTime })
    #expect(wall.significance?.p == wall.comparison?.test?.p)
  }

  @Test("that a benchmark has none of leave all of its metrics to decide")
  func none() throws {
    let policy = deciding("cpu_time")
    let slower = try decision([.wallTime: 1.5], under: policy)
    #expect(slower.outcome(under: policy) == .regression)
    #expect(slower.familyResult.seriesResults.map(\.decides) == [true])
  }

  @Test("that only one side has decide nothing, and all others do")
  func oneSided() throws {
    let policy = deciding("cpu_time")
    let decision = GateResult(
      old: try side([.wallTime: 1]), new: try side([.wallTime: 1.5, .cpuTime: 1]), policy: policy)
    #expect(decision.outcome(under: policy) == .regression)
    var lenient = policy
    lenient.ledger.common[.missing] = .warn
    let gone = GateResult(
      old: try side([.wallTime: 1, .cpuTime: 1]), new: try side([.wallTime: 1.5]), policy: lenient)
    #expect(gone.outcome(under: lenient) == .regression)
  }

  @Test("that cannot be compared decide nothing, and all others do")
  func incomparable() throws {
    let p50 = Metric("p50", .nanoseconds)
    func sides(_ factor: Double) throws -> [Series] {
      try side([.wallTime: factor]) + [try series([5e6], metric: p50, isSummary: true)]
    }
    let policy = deciding("p50")
    let decision = GateResult(old: try sides(1), new: try sides(1.5), policy: policy)
    #expect(
      decision.familyResult.seriesResults.first { $0.metric == p50 }?.verdict.kind == .incomparable)
    #expect(decision.outcome(under: policy) == .regression)
  }

  @Test("are no reason to miss one that does not")
  func missing() throws {
    let policy = deciding("cpu_time")
    let decision = GateResult(
      old: try side([.maxRSS: 1, .cpuTime: 1]), new: try side([.cpuTime: 1]), policy: policy)
    #expect(decision.outcome(under: policy) == .pass)
  }

  @Test("are shown where their change is too small to count, but not by the threshold")
  func belowFloor() throws {
    let series = { (milliseconds: Double) in
      Series(
        benchmark: Benchmark(name: "b"), metric: .userTime,
        rounds: try self.rounds.map { try Round([$0 / 100 * milliseconds * 1e6]) },
        source: "perf-record")
    }
    for (policy, place) in [(deciding("user_time"), RowOutcome.Place.open), (Policy(), .listed)] {
      let decision = GateResult(old: [try series(2)], new: [try series(20)], policy: policy)
      #expect(decision.familyResult.seriesResults.first?.verdict == .unchanged)
      #expect(decision.rowOutcomes(under: policy).series.map(\.place) == [place])
    }
  }

  @Test("are what --strict asks for: neither is another missed, nor is it enough")
  func strict() throws {
    let noise: [Double] = [50, 150, 80, 120, 100, 60, 140, 90, 110, 100]
    func decision(wall: [Double], cpu: [Double], _ policy: Policy) throws -> Outcome {
      func side() throws -> [Series] {
        [
          try series(wall.map { $0 * 1e6 }, metric: .wallTime),
          try series(cpu.map { $0 * 1e6 }, metric: .cpuTime),
        ]
      }
      return GateResult(old: try side(), new: try side(), policy: policy).outcome(under: policy)
    }
    let policy = deciding("cpu_time", strict: true)
    #expect(try decision(wall: noise, cpu: rounds, policy) == .pass)
    #expect(try decision(wall: rounds, cpu: noise, policy) == .inconclusive)
    let lenient = deciding("cpu_time")
    #expect(try decision(wall: rounds, cpu: noise, lenient) == .undecided)
  }

  @Test("end a measurement, whatever others leave open")
  func sequentialTest() throws {
    let noise: [Double] = [50, 150, 80, 120, 100]
    func side() throws -> [Series] {
      [
        try series(noise.map { $0 * 1e6 }, metric: .wallTime),
        try series([100, 101, 99, 100, 102].map { $0 * 1e6 }, metric: .cpuTime),
      ]
    }
    var sequentialTest = SequentialTest(policy: deciding("cpu_time"))
    #expect(sequentialTest.look(old: try side(), new: try side()).isEmpty)
    var all = SequentialTest(policy: Policy())
    #expect(!all.look(old: try side(), new: try side()).isEmpty)
  }

  @Test(
    "of processor time count from what its clock can tell on, if nobody says otherwise",
    arguments: [
      (Metric.userTime, 49.0, false), (.userTime, 60, true), (.systemTime, 49, false),
      (.systemTime, 60, true), (.cpuTime, 0.9, false), (.cpuTime, 1.5, true),
      (.wallTime, 0.9, true),
    ])
  func ticks(_ metric: Metric, _ more: Double, _ counts: Bool) throws {
    var source = "perf-record"
    func side(_ milliseconds: Double) throws -> [Series] {
      let values = rounds.map { ($0 / 100 * 0.01 + 2 + milliseconds) * 1e6 }
      return [
        Series(
          benchmark: Benchmark(name: "b"), metric: metric,
          rounds: try values.map { try Round([$0]) },
          source: source)
      ]
    }
    let familyResult = FamilyResult(old: try side(0), new: try side(more), policy: Policy())
    let kind = try #require(familyResult.seriesResults.first?.verdict.kind)
    #expect(kind == (counts ? .regression : .unchanged))
    let policy = try Policy.with {
      $0.floors = [
        Policy.Rule(pattern: Pattern(metric.name), value: try amount("1us"), place: "here")
      ]
    }
    let own = FamilyResult(old: try side(0), new: try side(more), policy: policy)
    #expect(own.seriesResults.first?.verdict.kind == .regression)
    // What a harness prints of many repetitions has no such floor.
    source = "google-benchmark"
    let printed = FamilyResult(old: try side(0), new: try side(more), policy: Policy())
    #expect(printed.seriesResults.first?.verdict.kind == .regression)
  }
}
