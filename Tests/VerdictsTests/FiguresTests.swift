import Measurements
import Testing
import Verdicts

/// The figures behind a verdict, as a report shows them.
struct FiguresCase: CustomTestStringConvertible {
  let testDescription: String
  let old: [[Double]]
  let new: [[Double]]
  var metric = Metric.wallTime
  let rounds: (old: Int, new: Int)
  let medians: (old: Double, new: Double)
  let evidence: Evidence
  let change: Double?
  let interval: ClosedRange<Double>?
  let u: Double?
  let p: Double?

  static let all: [FiguresCase] = [
    FiguresCase(
      testDescription: "one value per round is the median of its samples",
      old: [[1, 100, 900], [100], [100, 100], [90, 110], [100]], new: times(5, 120).map { [$0] },
      rounds: (5, 5), medians: (100, 120), evidence: .rounds, change: 0.2, interval: 0.2...0.2,
      u: 25, p: 2.0 / 252),
    FiguresCase(
      testDescription: "a single round a side counts its samples",
      old: [times(5, 100)], new: [times(5, 120)],
      rounds: (1, 1), medians: (100, 120), evidence: .samples, change: 0.2, interval: 0.2...0.2,
      u: 25, p: 2.0 / 252),
    FiguresCase(
      testDescription: "a single round on one side is enough to be within one process",
      old: times(5, 100).map { [$0, $0, $0] }, new: [times(5, 80)],
      rounds: (5, 1), medians: (100, 80), evidence: .samples, change: -0.2,
      interval: -0.2 ... -0.2, u: 0, p: 2.0 / 252),
    FiguresCase(
      testDescription: "an exact metric is not tested", old: [[100]], new: [[125]],
      metric: .instructions, rounds: (1, 1), medians: (100, 125), evidence: .exact, change: 0.25,
      interval: nil, u: nil, p: nil),
    FiguresCase(
      testDescription: "a difference is a part of the old side's median",
      old: [[0], [10], [10], [10], [10]], new: times(5, 12).map { [$0] },
      rounds: (5, 5), medians: (10, 12), evidence: .rounds, change: 0.2, interval: 0.2...1.2,
      u: 25, p: 2.0 / 252),
    FiguresCase(
      testDescription: "nothing is a part of zero",
      old: times(5, 0).map { [$0] }, new: times(5, 12).map { [$0] },
      rounds: (5, 5), medians: (0, 12), evidence: .rounds, change: nil, interval: nil,
      u: 25, p: 2.0 / 252),
  ]
}

@Test("a comparison has the figures that its numbers give by hand", arguments: FiguresCase.all)
func figures(_ example: FiguresCase) throws {
  let seriesResult = try #require(
    FamilyResult(
      old: [try series(rounds: example.old, metric: example.metric)],
      new: [try series(rounds: example.new, metric: example.metric)], policy: Policy()
    ).seriesResults.first)
  let comparison = try #require(seriesResult.comparison)
  #expect(comparison.old == Side(rounds: example.rounds.old, median: example.medians.old))
  #expect(comparison.new == Side(rounds: example.rounds.new, median: example.medians.new))
  #expect(comparison.evidence == example.evidence)
  #expect(isClose(comparison.effect.change, example.change))
  #expect(isClose(comparison.effect.interval?.lowerBound, example.interval?.lowerBound))
  #expect(isClose(comparison.effect.interval?.upperBound, example.interval?.upperBound))
  #expect(comparison.test?.u == example.u)
  #expect(isClose(comparison.test?.p, example.p))
  #expect(isClose(seriesResult.significance?.p, example.evidence == .rounds ? example.p : nil))
}

@Test("within one process, rounds are what is missing, not samples")
func samplesAsk() throws {
  let old = try series(rounds: [[16, 16, 16, 16, 16]])
  let new = try series(rounds: [[15, 16, 17, 18, 20]])
  let familyResult = FamilyResult(old: [old], new: [new], policy: .threshold(0.125))
  #expect(
    familyResult.seriesResults.map(\.verdict)
      == [.inconclusive(.withinOneProcess)])
}

@Test("what only one side calls exact is tested")
func halfExact() throws {
  let exact = Metric("wall_time", .nanoseconds, exact: true)
  let old = try series([100])
  let new = try series([200], metric: exact)
  let seriesResult = try #require(
    FamilyResult(old: [old], new: [new], policy: Policy()).seriesResults.first)
  #expect(seriesResult.verdict == .inconclusive(.tooFewRounds(old: 1, new: 1, need: 4)))
  #expect(seriesResult.comparison?.evidence == .samples)
}
