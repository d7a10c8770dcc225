import Measurements
import Statistics
import Testing
import Verdicts

/// Cases worked out by hand. Five rounds a side that do not overlap have p = 2/252 = .0079, within
/// the first look's .0096, whose interval goes from the smallest ratio of all to the largest.
@Suite("a gate whose rounds are still coming in")
struct SequentialTestTests {
  private let base: [Double] = [100, 101, 102, 103, 104]

  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let new: [Double]
    let verdict: Verdict
    let isOpen: Bool

    static let all = [
      Case(
        testDescription: "the same: from 100/104 to 104/100", new: [100, 101, 102, 103, 104],
        verdict: .unchanged, isOpen: false),
      Case(
        testDescription: "all twice as slow", new: [200, 202, 204, 206, 208],
        verdict: .regression(certain: true), isOpen: false),
      Case(
        testDescription: "slower, but the nearest by 115/104 only", new: [115, 120, 125, 130, 135],
        verdict: .regression(certain: true), isOpen: false),
      Case(
        testDescription: "slower, but the nearest by 114/104 only", new: [114, 120, 125, 130, 135],
        verdict: .regression(certain: false), isOpen: true),
      Case(
        testDescription: "slower by 105/104 to 109/100, within the threshold",
        new: [105, 106, 107, 108, 109], verdict: .unchanged, isOpen: false),
      Case(
        testDescription: "one of five slow", new: [100, 101, 102, 103, 111],
        verdict: .inconclusive(.tooNoisy(need: 7)), isOpen: true),
      Case(
        testDescription: "twice as fast", new: [50, 51, 52, 53, 54],
        verdict: .improvement(certain: true), isOpen: false),
      Case(
        testDescription: "faster, how much is not clear", new: [80, 85, 90, 95, 99],
        verdict: .improvement(certain: false), isOpen: false),
      Case(
        testDescription: "perhaps faster by more than the threshold", new: [100, 101, 80, 79, 78],
        verdict: .notWorse, isOpen: true),
      Case(
        testDescription: "perhaps faster, and by the estimate within the threshold",
        new: [100, 101, 99, 98, 78], verdict: .notWorse, isOpen: false),
    ]
  }

  @Test("a metric that is not waited for is judged, and asks for no further round")
  func idle() throws {
    let noisy = [100.0, 101, 102, 103, 111]
    var test = SequentialTest(policy: Policy(), notWaitingFor: ["wall_time"])
    #expect(test.look(old: [try series(base)], new: [try series(noisy)]) == [])
    #expect(test.next == nil)
    #expect(test.familyResult.seriesResults.map(\.verdict) == [.inconclusive(.tooNoisy(need: 7))])
    var other = SequentialTest(policy: Policy(), notWaitingFor: ["max_rss"])
    #expect(other.look(old: [try series(base)], new: [try series(noisy)]).count == 1)
  }

  @Test("the first look settles what its interval settles", arguments: Case.all)
  func firstLook(_ example: Case) throws {
    var sequentialTest = SequentialTest(policy: Policy())
    #expect(sequentialTest.next?.rounds == 5)
    #expect(sequentialTest.undecided == nil)
    let open = sequentialTest.look(old: [try series(base)], new: [try series(example.new)])
    #expect(open == (example.isOpen ? [Benchmark(name: "b")] : []))
    #expect(sequentialTest.undecided == open)
    #expect(sequentialTest.next?.rounds == (example.isOpen ? 10 : nil))
    let seriesResult = try #require(sequentialTest.familyResult.seriesResults.first)
    #expect(seriesResult.verdict == example.verdict)
    #expect(seriesResult.level == Level(alpha: 0.0096, confidence: 0.9904, look: 5))
    let interval = try #require(seriesResult.comparison?.effect.interval)
    let (least, most) = (try #require(example.new.min()), try #require(example.new.max()))
    #expect(isClose(interval.lowerBound, least / 104 - 1))
    #expect(isClose(interval.upperBound, most / 100 - 1))
  }

  @Test("what has no chance in it is settled at the first look, whatever it is")
  func withoutChance() throws {
    var sequentialTest = SequentialTest(policy: Policy())
    let exact = Metric.instructions
    sequentialTest.look(
      old: [
        try series([100], name: "exact", metric: exact), try series(base, name: "gone"),
        try series(base, name: "other unit"), try series(base, name: "fails"),
      ],
      new: [
        try series([150], name: "exact", metric: exact), try series(times(5, 7), name: "fresh"),
        try series(base, name: "other unit", metric: Metric("wall_time", Unit("ms"))),
      ], failures: [Failure(Benchmark(name: "fails"), reason: "exit status 3")])
    #expect(sequentialTest.undecided == [])
    #expect(sequentialTest.next == nil)
    #expect(
      sequentialTest.familyResult.seriesResults.map(\.verdict) == [
        .regression(certain: true), .failed(reason: "exit status 3"), .new, .missing,
        .incomparable(.unit(old: "ns", new: "ms")),
      ])
  }

  @Test("a benchmark goes on with all its series while one of them is open")
  func together() throws {
    func sides(_ rounds: Int, new: [Double]) throws -> (old: [Series], new: [Series]) {
      let steady = Array((base + base).prefix(rounds))
      return (
        [try series(steady), try series(steady, metric: .maxRSS), try series(base, name: "other")],
        [try series(new), try series(steady, metric: .maxRSS), try series(base, name: "other")]
      )
    }
    var sequentialTest = SequentialTest(policy: Policy())
    let first = try sides(5, new: [100, 101, 102, 103, 111])
    #expect(sequentialTest.look(old: first.old, new: first.new) == [Benchmark(name: "b")])
    let second = try sides(10, new: [100, 101, 102, 103, 111, 100, 101, 102, 103, 104])
    #expect(sequentialTest.look(old: second.old, new: second.new) == [])
    #expect(
      sequentialTest.familyResult.seriesResults.map(\.verdict) == [
        .unchanged, .unchanged, .unchanged,
      ])
    #expect(sequentialTest.familyResult.seriesResults.map(\.comparison?.new.rounds) == [10, 10, 5])
    #expect(sequentialTest.familyResult.seriesResults.map(\.level.look) == [10, 10, 5])
  }

  /// One of twenty at p = 2/252 is corrected to .159; ten rounds that do not overlap have
  /// p = 2/184756, corrected to .00022.
  @Test("the family is all series of the gate, those that are settled with the p they had")
  func family() throws {
    let names = (1..<20).map { "same\($0)" }
    var sequentialTest = SequentialTest(policy: Policy())
    let old = try names.map { try series(base, name: $0) }
    let open = sequentialTest.look(
      old: old + [try series(base)], new: old + [try series(times(5, 200))])
    #expect(open == [Benchmark(name: "b")])
    let first = try #require(sequentialTest.familyResult.seriesResults.first)
    #expect(first.verdict == .inconclusive(.tooFewRounds(old: 5, new: 5, need: 8)))
    #expect(isClose(first.significance?.p, 20 * 2.0 / 252))

    // Only what is open is measured on.
    sequentialTest.look(old: [try series(base + base)], new: [try series(times(10, 200))])
    let second = try #require(sequentialTest.familyResult.seriesResults.first)
    #expect(second.verdict == .regression(certain: true))
    #expect(second.level == Level(alpha: 0.0105, confidence: 0.9895, look: 10))
    #expect(isClose(second.significance?.p, 20 * 2.0 / 184_756))
    #expect(sequentialTest.familyResult.familySize == 20)
    #expect(sequentialTest.familyResult.counts[.unchanged] == 19)
    #expect(sequentialTest.next == nil)
  }

  /// Five rounds of 200 are plain, and more rounds can show it to the family, too: p = 2/252 is .159.
  @Test("the family hides what is plain until no look can follow")
  func plain() throws {
    let names = (1..<20).map { "same\($0)" }
    let old = try names.map { try series(base, name: $0) }
    var sequentialTest = SequentialTest(policy: Policy())
    sequentialTest.conclude(old: old + [try series(base)], new: old + [try series(times(5, 200))])
    let seriesResult = try #require(sequentialTest.familyResult.seriesResults.first)
    #expect(seriesResult.verdict == .regression(certain: true))
    #expect(isClose(seriesResult.comparison?.test?.p, 2.0 / 252))
    #expect(seriesResult.significance?.separation != nil)
  }

  /// One of twenty at p = 2/252 is corrected to .159, with ten rounds to .00022.
  @Test("goes on until it is shown that something is faster")
  func faster() throws {
    let names = (1..<20).map { "same\($0)" }
    let same = try names.map { try series(base, name: $0) }
    var sequentialTest = SequentialTest(policy: Policy())
    sequentialTest.look(
      old: same + [try series(base)], new: same + [try series(base.map { $0 / 2.5 })])
    #expect(sequentialTest.undecided == [Benchmark(name: "b")])
    #expect(sequentialTest.familyResult.seriesResults.first?.verdict == .notWorse)
    sequentialTest.look(
      old: [try series(base + base)], new: [try series((base + base).map { $0 / 2.5 })])
    #expect(sequentialTest.familyResult.seriesResults.first?.verdict == .improvement(certain: true))
    #expect(sequentialTest.next == nil)
  }

  @Test("what the history says of a row counts at every look")
  func standing() throws {
    let new = try series(times(5, 200))
    let context = BaselineContext(standings: [new.id: Standing(doubts: ["the alias is new"])])
    var sequentialTest = SequentialTest(policy: Policy(), context: context)
    sequentialTest.look(old: [try series(base)], new: [new])
    #expect(
      sequentialTest.familyResult.seriesResults.map(\.verdict) == [.regression(certain: false)])
    #expect(sequentialTest.decision().context == context)
  }

  @Test("what is settled stays as it was, whatever is measured of it later")
  func settled() throws {
    var sequentialTest = SequentialTest(policy: Policy())
    let noisy: [Double] = [80, 90, 100, 110, 120]
    sequentialTest.look(
      old: [try series(base, name: "a"), try series(noisy)],
      new: [try series(base, name: "a"), try series(noisy)])
    var other = sequentialTest
    sequentialTest.look(old: [try series(noisy + noisy)], new: [try series(noisy + noisy)])
    other.look(
      old: [try series(base + base, name: "a"), try series(noisy + noisy)],
      new: [try series(times(10, 500), name: "a"), try series(noisy + noisy)])
    #expect(sequentialTest.familyResult == other.familyResult)
    #expect(
      sequentialTest.familyResult.seriesResults.map(\.verdict.kind) == [.unchanged, .inconclusive])
  }

  @Test("after the last look what is open says what it would take")
  func openToTheEnd() throws {
    let noisy: [Double] = [60, 80, 100, 120, 140]
    var sequentialTest = SequentialTest(policy: Policy())
    var looks: [Int] = []
    while let look = sequentialTest.next {
      looks.append(look.rounds)
      let values = (0..<look.rounds / 5).flatMap { _ in noisy }
      sequentialTest.look(old: [try series(values)], new: [try series(values)])
    }
    #expect(looks == [5, 10, 20, 40])
    #expect(sequentialTest.undecided == [Benchmark(name: "b")])
    let seriesResult = try #require(sequentialTest.familyResult.seriesResults.first)
    guard case .inconclusive(.tooNoisy(let need?)) = seriesResult.verdict else {
      Issue.record("\(seriesResult.verdict)")
      return
    }
    #expect(need > 40)
    #expect(try #require(seriesResult.detectableChange) > 0.1)
    #expect(seriesResult.level == Level(alpha: 0.0256, confidence: 0.9744, look: 40))
    let latest = sequentialTest
    sequentialTest.look(old: [], new: [])
    #expect(sequentialTest.familyResult == latest.familyResult)
  }

  @Test(
    "rounds that end before a look are judged at its level, and none follows", arguments: [6, 9])
  func cutShort(rounds: Int) throws {
    var sequentialTest = SequentialTest(policy: Policy())
    let new: [Double] = [114, 120, 125, 130, 135]
    sequentialTest.look(old: [try series(base)], new: [try series(new)])
    let (more, slower) = (Array((base + base).prefix(rounds)), Array((new + new).prefix(rounds)))
    sequentialTest.conclude(old: [try series(more)], new: [try series(slower)])
    let seriesResult = try #require(sequentialTest.familyResult.seriesResults.first)
    #expect(seriesResult.level == Level(alpha: 0.0105, confidence: 0.9895, look: 10))
    #expect(seriesResult.comparison?.new.rounds == rounds)
    #expect(seriesResult.verdict.kind == .regression)
    #expect(sequentialTest.next == nil)
  }

  @Test("fewer rounds than the first look asks for show nothing, however far apart they are")
  func tooFew() throws {
    var sequentialTest = SequentialTest(policy: Policy())
    sequentialTest.conclude(old: [try series(times(4, 100))], new: [try series(times(4, 900))])
    #expect(
      sequentialTest.familyResult.seriesResults.map(\.verdict)
        == [.inconclusive(.tooFewRounds(old: 4, new: 4, need: 5))])
    #expect(sequentialTest.undecided == [Benchmark(name: "b")])
    #expect(sequentialTest.next == nil)
  }

  @Test("a permitted regression is settled like any other")
  func waived() throws {
    var policy = Policy()
    policy.today = Day("2026-11-20")
    policy.waivers = [
      Waiver(
        benchmark: Pattern("b"), metric: nil, ceiling: 2, expires: try #require(Day("2026-12-31")),
        reason: "safer")
    ]
    var sequentialTest = SequentialTest(policy: policy)
    #expect(sequentialTest.look(old: [try series(base)], new: [try series(times(5, 200))]) == [])
    let decision = sequentialTest.decision()
    #expect(decision.familyResult.seriesResults.map(\.verdict) == [.waived(certain: true)])
    #expect(decision.waivers.map(\.isUsed) == [true])
    #expect(decision.outcome(under: policy) == .pass)
  }

  @Test("what an alias renames is one benchmark, called by its new name")
  func alias() throws {
    var policy = Policy()
    policy.aliases = [Alias(old: "before", new: "now")]
    var sequentialTest = SequentialTest(policy: policy)
    let noisy: [Double] = [80, 90, 100, 110, 120]
    func look(_ values: [Double]) throws -> Set<Benchmark> {
      sequentialTest.look(
        old: [try series(values, name: "before")], new: [try series(values, name: "now")])
    }
    #expect(try look(noisy) == [Benchmark(name: "now")])
    #expect(try look(base + base) == [])
    #expect(sequentialTest.familyResult.seriesResults.map(\.formerly) == ["before"])
  }

  @Test("another alpha has its own looks")
  func alpha() throws {
    var policy = Policy()
    policy.alpha = 0.01
    var sequentialTest = SequentialTest(policy: policy)
    #expect(sequentialTest.looks == GroupSequentialDesign(alpha: 0.01))
    // At .00194 five rounds cannot be significant, and have no interval.
    sequentialTest.look(old: [try series(base)], new: [try series(base)])
    #expect(
      sequentialTest.familyResult.seriesResults.map(\.verdict)
        == [.inconclusive(.tooFewRounds(old: 5, new: 5, need: 7))])
  }

  @Test("before any look nothing is compared")
  func nothing() {
    let sequentialTest = SequentialTest(policy: Policy())
    #expect(sequentialTest.familyResult.seriesResults.isEmpty)
    #expect(sequentialTest.decision().outcome(under: Policy()) == .incomparable)
  }
}

/// Of five rounds all are on one side of the median in 6.25 % of all cases; at a look's level an
/// interval of the median needs eight.
@Suite("budgets of a gate whose rounds are still coming in")
struct SequentialTestBudgetTests {
  private func policy(alone: Bool) throws -> Policy {
    var policy = Policy()
    policy.judgesAlone = alone
    policy.budgets = [
      Budget(benchmark: Pattern("b"), metric: nil, limit: try #require(Quantity("110ns")))
    ]
    return policy
  }

  @Test("keep their benchmark going until they are settled", arguments: [true, false])
  func goOn(alone: Bool) throws {
    var sequentialTest = SequentialTest(policy: try policy(alone: alone))
    let base: [Double] = [100, 101, 102, 103, 104]
    let five = [try series(base), try series(base, name: "other")]
    #expect(sequentialTest.look(old: alone ? [] : five, new: five) == [Benchmark(name: "b")])
    #expect(
      sequentialTest.budgets.map(\.state) == [.inconclusive(.tooFewRounds(old: 5, new: 5, need: 8))]
    )
    let ten = [try series(base + base)]
    #expect(sequentialTest.look(old: alone ? [] : ten, new: ten) == [])
    let ruling = try #require(sequentialTest.decision().budgets.first)
    #expect(ruling.state == .kept)
    #expect(ruling.interval == 100...104)
    #expect(ruling.level.look == 10)
    #expect(sequentialTest.decision().outcome(under: try policy(alone: alone)) == .pass)
  }
}
