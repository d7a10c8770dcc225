import Measurements
import Statistics
import TestSupport
import Testing
import Verdicts

/// What was judged stays what it is when more is measured beside it.
@Suite("series that are added to a family")
struct AddedSeriesTests {
  @Test("turn a regression into one that is told at most, and change no other row")
  func random() throws {
    var random = SeededGenerator(seed: 15)
    var hidden = 0
    for _ in 0..<150 {
      let own = try Drawn(count: Int.random(in: 1...6, using: &random), "own", &random)
      let added = try Drawn(count: Int.random(in: 1...120, using: &random), "added", &random)
      let alone = FamilyResult(old: own.old, new: own.new, policy: Policy()).seriesResults
      let together = Dictionary(
        uniqueKeysWithValues: FamilyResult(
          old: own.old + added.old, new: own.new + added.new, policy: Policy()
        ).seriesResults.map { ($0.id, $0) })
      for before in alone {
        let after = try #require(together[before.id])
        #expect(Self.allows(before, after), "\(before.verdict) became \(after.verdict)")
        hidden += before.verdict.kind == after.verdict.kind ? 0 : 1
      }
    }
    #expect(hidden > 10)
  }

  /// A row that the correction alone decides may go either way; what is better may become what is
  /// unchanged.
  private static func allows(_ before: SeriesResult, _ after: SeriesResult) -> Bool {
    if before.verdict.kind == after.verdict.kind { return true }
    return switch (before.verdict, after.verdict) {
    case (.regression(let certain), .inconclusive(.amongMany)): !certain || before.hasWideInterval
    case (.inconclusive(.amongMany), .regression): true
    case (.improvement(let certain), .notWorse), (.improvement(let certain), .inconclusive):
      !certain || before.hasWideInterval
    case (.notWorse, .improvement), (.inconclusive, .improvement): true
    default: false
    }
  }

  @Test("do not hide a regression whose whole interval at 99 % is beyond the threshold")
  func plain() throws {
    func verdict(_ new: [Double], others: Int) throws -> Verdict? {
      let names = (0..<others).map { "other\($0)" }
      func side(_ values: [Double]) throws -> [Series] {
        try [series(values, name: "b")] + names.map { try series(times(5, 100), name: $0) }
      }
      return FamilyResult(old: try side(times(5, 100)), new: try side(new), policy: Policy())
        .seriesResults.first?.verdict
    }
    #expect(try verdict([111, 120, 130, 140, 150], others: 1000) == .regression(certain: true))
    #expect(try verdict([109, 120, 130, 140, 150], others: 5) == .regression(certain: false))
    #expect(
      try verdict([109, 120, 130, 140, 150], others: 100)
        == .inconclusive(.amongMany(p: 2.0 / 252, family: 101)))
    #expect(try verdict([90, 80, 70, 60, 50], others: 1000)?.kind == .notWorse)
    #expect(try verdict([89, 80, 70, 60, 50], others: 1000)?.kind == .improvement)
  }
}

extension SeriesResult {
  /// Whether the interval at 95 % is beyond the threshold and that at 99 % need not be: it has one only
  /// from five rounds on, and is wider.
  fileprivate var hasWideInterval: Bool {
    guard let comparison else { return false }
    var tables = UDistributions()
    let numbers = comparison.numbers
    guard let old = try? Sample(numbers.old.values), let new = try? Sample(numbers.new.values),
      let interval = HodgesLehmann(old: old, new: new, confidence: 0.99, tables: &tables).interval
    else { return true }
    return interval.lowerBound <= 1.1 && interval.upperBound >= 0.9
  }
}

/// Series at some noise, of which some changed.
private struct Drawn {
  private(set) var old: [Series] = []
  private(set) var new: [Series] = []

  init(count: Int, _ name: String, _ random: inout SeededGenerator) throws {
    for index in 0..<count {
      let factors: [Double] = [1, 1, 1, 1.15, 1.3, 2, 0.8]
      let factor = factors.randomElement(using: &random) ?? 1
      let rounds = Int.random(in: 3...12, using: &random)
      let noise = Double.random(in: 0.005...0.15, using: &random)
      func values(_ factor: Double) -> [Double] {
        (0..<rounds).map { _ in max(0.1, factor * (1 + noise * random.normal())) }
      }
      old.append(try series(values(1), name: "\(name)/\(index)"))
      new.append(try series(values(factor), name: "\(name)/\(index)"))
    }
  }
}
