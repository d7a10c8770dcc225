import Foundation
import Measurements
import Statistics
import TestSupport
import Testing
import Verdicts

/// Two recordings at different times differ by more than their rounds show.
@Suite("a series that swings between recordings")
struct SwingTests {
  private func seriesResult(
    _ old: [Double], _ new: [Double], past medians: [Double], sessions: Int = 1,
    metric: Metric = .wallTime
  ) throws -> SeriesResult {
    let new = try series(new, metric: metric)
    var standing = Standing(baseline: 0)
    standing.past = PastRecordings(
      try medians.enumerated().map { index, median in
        PastRecordings.Recording(
          try series([median], metric: metric), on: Day("2026-11-\(20 - index)"))
      }, candidateSessions: sessions)
    return try #require(
      FamilyResult(
        old: [try series(old, metric: metric)], new: [new],
        context: BaselineContext(standings: [new.id: standing]), policy: Policy()
      ).seriesResults.first)
  }

  private func rounds(_ median: Double) -> [Double] {
    (0..<10).map { median * (0.991 + 0.002 * Double($0)) }
  }

  private let calm = [100.0, 101, 99, 100.5, 99.5, 100.2, 99.8, 101.1, 98.9, 100]
  private let moody = [100.0, 106, 94, 106, 94, 106, 94, 106, 94, 95]

  @Test("that is calm is judged as before, and certain from ten recordings on")
  func calmOnes() throws {
    #expect(
      try seriesResult(rounds(100), rounds(130), past: calm).verdict == .regression(certain: true))
    #expect(
      try seriesResult(rounds(100), rounds(130), past: Array(calm.prefix(9))).verdict
        == .regression(certain: false))
    #expect(
      try seriesResult(rounds(100), rounds(70), past: calm).verdict == .improvement(certain: true))
  }

  @Test("by as much as it changed is inconclusive, and says so")
  func within() throws {
    let seriesResult = try seriesResult(rounds(100), rounds(112), past: moody)
    guard case .inconclusive(.withinSwing(let deviation, let change)) = seriesResult.verdict else {
      Issue.record("\(seriesResult.verdict)")
      return
    }
    #expect((0.058...0.06).contains(deviation))
    #expect(isClose(change, seriesResult.comparison.map { $0.effect.change ?? 0 }))
    // Ten rounds that do not overlap are significant by themselves.
    #expect(seriesResult.comparison?.test?.p ?? 1 < 1e-4)
    #expect(seriesResult.comparison?.swing?.p ?? 0 > 0.05)
  }

  @Test("and was at a level before has that day named")
  func level() throws {
    let before = try seriesResult(
      rounds(100), rounds(130), past: calm.prefix(8) + [128, 100]
    ).verdict
    #expect(before == .inconclusive(.levelBefore(Day("2026-11-12"))))
    // Not a regression of what is better higher, either.
    #expect(
      try seriesResult(
        rounds(100), rounds(70), past: calm.prefix(8) + [71, 100], metric: .throughput
      ).verdict == .inconclusive(.levelBefore(Day("2026-11-12"))))
  }

  @Test("is known from five recordings on; of fewer the rounds decide alone")
  func few() throws {
    for count in 0...4 {
      let seriesResult = try seriesResult(
        rounds(100), rounds(113), past: Array(moody.prefix(count)))
      #expect(seriesResult.verdict == .regression(certain: true))
      #expect(seriesResult.comparison?.swing == nil)
    }
    #expect(
      try seriesResult(rounds(100), rounds(113), past: Array(moody.prefix(5))).verdict.kind
        == .inconclusive)
  }

  @Test("has the wider interval on each side")
  func interval() throws {
    let own = try #require(try seriesResult(rounds(100), rounds(130), past: []).comparison)
    let seen = try #require(try seriesResult(rounds(100), rounds(130), past: moody).comparison)
    let (narrow, wide) = try (#require(own.effect.interval), #require(seen.effect.interval))
    #expect(wide.lowerBound <= narrow.lowerBound && wide.upperBound >= narrow.upperBound)
    #expect(wide.upperBound - wide.lowerBound > 2 * (narrow.upperBound - narrow.lowerBound))
    #expect(own.effect.change == seen.effect.change)
  }

  @Test("by nothing at all shows any change, and none of the level itself")
  func constant() throws {
    let same = times(10, 100)
    #expect(
      try seriesResult(same, times(10, 120), past: same).verdict == .regression(certain: true))
    let equal = try seriesResult(same, same, past: same)
    #expect(equal.verdict == .unchanged && equal.comparison?.swing?.p == 1)
  }

  @Test("beyond measure is none, and ends nothing")
  func immeasurable() throws {
    for past in [[1e300, 1e-300, 1e300, 1, 1], [1e-300, 1e300, 1, 1, 1], times(5, 1e-300)] {
      let seriesResult = try seriesResult(rounds(100), rounds(130), past: past)
      #expect([.regression, .inconclusive].contains(seriesResult.verdict.kind))
    }
  }

  @Test("says where only the baseline was off its usual level")
  func offLevel() throws {
    let seriesResult = try seriesResult(rounds(96), rounds(108.5), past: [96] + times(9, 100))
    guard case .inconclusive(.nearLevel(let change)) = seriesResult.verdict else {
      Issue.record("\(seriesResult.verdict)")
      return
    }
    #expect(isClose(change, 0.085))
  }

  @Test("is judged by the recordings alone where there is one number, or one process")
  func one() throws {
    #expect(try seriesResult([100], [250], past: calm).verdict == .regression(certain: true))
    #expect(try seriesResult([100], [101], past: calm).verdict == .unchanged)
    #expect(try seriesResult([100], [250], past: []).verdict.kind == .inconclusive)
    #expect(
      try seriesResult([100], [112], past: moody).comparison?.effect.change ?? 0 > 0.13,
      "the level is 97.5")
  }

  @Test("hides nothing in a family that is plain among the recordings, too")
  func plain() throws {
    var (old, new): ([Series], [Series]) = ([], [])
    var standings: [Series.ID: Standing] = [:]
    for index in 0..<60 {
      let name = "b\(index)"
      let candidate = try series(rounds(index == 0 ? 200 : 100), name: name)
      old.append(try series(rounds(100), name: name))
      new.append(candidate)
      standings[candidate.id] = Standing(baseline: 0)
      standings[candidate.id]?.past = PastRecordings(
        try [100.0, 110, 91, 105, 95].map { .init(try series([$0]), on: nil) },
        candidateSessions: 1)
    }
    let seriesResult = try #require(
      FamilyResult(
        old: old, new: new, context: BaselineContext(standings: standings), policy: Policy()
      ).seriesResults.first)
    #expect(seriesResult.significance?.p ?? 0 > 0.05)
    #expect(seriesResult.verdict == .regression(certain: false))
  }

  @Test("of zero or less has no logarithm, and the rounds decide alone")
  func zero() throws {
    #expect(
      try seriesResult(rounds(100), rounds(130), past: times(10, 0)).comparison?.swing == nil)
    #expect(
      try seriesResult(rounds(100), rounds(130), past: [-1] + calm.prefix(9)).comparison?.swing
        == nil)
  }
}

extension SwingTests {
  /// A gate of unchanged series, whose recordings have a mood each; one of them may be changed.
  private func gate(
    _ count: Int, swing: Double, recordings: Int, change: Double, _ random: inout SeededGenerator
  ) throws -> [Verdict.Kind] {
    func recorded(_ shift: Double, _ rounds: Int) -> [Double] {
      let mood = exp(swing * random.normal()) * shift
      return (0..<rounds).map { _ in 1e6 * mood * exp(0.02 * random.normal()) }
    }
    var (old, new): ([Series], [Series]) = ([], [])
    var standings: [Series.ID: Standing] = [:]
    for index in 0..<count {
      let base = recorded(1, 10)
      let name = "b\(index)"
      let candidate = try series(recorded(index == 0 ? 1 + change : 1, 10), name: name)
      old.append(try series(base, name: name))
      new.append(candidate)
      let earlier = try (1..<recordings).map { _ in try series(recorded(1, 10), name: name) }
      standings[candidate.id] = Standing(baseline: 0)
      standings[candidate.id]?.past = PastRecordings(
        ([try series(base, name: name)] + earlier).map { .init($0, on: nil) },
        candidateSessions: 1)
    }
    return FamilyResult(
      old: old, new: new, context: BaselineContext(standings: standings), policy: Policy()
    ).seriesResults.map(\.verdict.kind)
  }

  struct Unchanged: CustomTestStringConvertible {
    let swing: Double
    let recordings: Int
    let series: Int
    /// In per cent of all gates, at most.
    let expected: Double
    var testDescription: String { "\(swing), \(recordings) recordings, \(series) series" }
  }

  /// The table of "Between recordings" in Statistics.md.
  @Test(
    "hardly ever is a regression where nothing changed",
    arguments: [
      Unchanged(swing: 0.05, recordings: 5, series: 1, expected: 0.9),
      Unchanged(swing: 0.05, recordings: 10, series: 15, expected: 2.1),
      Unchanged(swing: 0.1, recordings: 10, series: 1, expected: 2.1),
      Unchanged(swing: 0.1, recordings: 20, series: 15, expected: 2.3),
    ])
  func unchanged(_ example: Unchanged) throws {
    var random = SeededGenerator(seed: 18)
    let gates = example.series == 1 ? 1500 : 300
    let flagged = try (0..<gates).count { _ in
      try gate(
        example.series, swing: example.swing, recordings: example.recordings, change: 0, &random
      ).contains(.regression)
    }
    let percent = 100 * Double(flagged) / Double(gates)
    let error = 3 * (example.expected * (100 - example.expected) / Double(gates)).squareRoot()
    #expect(percent <= example.expected + error, "\(percent) %")
  }

  /// Of 15 series one is 30 % slower.
  @Test(
    "is found changed the sooner the more recordings there are",
    arguments: [
      (0.03, 10, 100.0), (0.05, 5, 30), (0.05, 10, 76), (0.05, 20, 91),
    ])
  func found(swing: Double, recordings: Int, expected: Double) throws {
    var random = SeededGenerator(seed: 19)
    let gates = 300
    let found = try (0..<gates).count { _ in
      try gate(15, swing: swing, recordings: recordings, change: 0.3, &random)[0] == .regression
    }
    let percent = 100 * Double(found) / Double(gates)
    #expect((percent - expected).magnitude <= 8, "\(percent) %")
  }
}
