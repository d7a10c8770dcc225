import Measurements
import Statistics
import TestSupport
import Testing
import Verdicts

/// What must hold for any measurements, tried on seeded ones of many sizes, noises and changes.
@Suite("a verdict keeps its sense when nothing but the form of the numbers changes")
struct InvarianceTests {
  /// p and U are the same of either side; estimate and interval are the reciprocals.
  ///
  /// The verdicts are mirror images but for one band: 10 % less is a ratio of .9, whose reciprocal
  /// is 1.111. So what is slower by 10 to 11.1 % is a regression, and seen from the other end no
  /// improvement yet; and what is an improvement is a regression from there, always. "Not worse" and
  /// "inconclusive" ask for regressions only, so they have no mirror image.
  @Test("swapping the sides mirrors it")
  func swapped() throws {
    var kinds: [[Verdict.Kind]: Int] = [:]
    for pair in Sides.all {
      let there = try seriesResult(pair.old, pair.new)
      let back = try seriesResult(pair.new, pair.old)
      try expectMirrored(#require(there.comparison), #require(back.comparison))
      let ratio = try 1 + #require(there.comparison?.effect.change)
      switch there.verdict {
      case .regression where ratio > 1 / 0.9: #expect(back.verdict.kind == .improvement)
      case .regression: #expect(back.verdict.kind == .notWorse)
      case .improvement(certain: true): #expect(back.verdict == .regression(certain: true))
      case .improvement(certain: false): #expect(back.verdict.kind == .regression)
      default: #expect(back.verdict.kind != .improvement)
      }
      kinds[[there.verdict.kind, back.verdict.kind], default: 0] += 1
    }
    #expect(kinds[[.regression, .improvement], default: 0] >= 50)
    #expect(kinds[[.improvement, .regression], default: 0] >= 50)
    #expect(kinds[[.regression, .notWorse], default: 0] >= 10)
  }

  private func expectMirrored(_ there: Comparison, _ back: Comparison) throws {
    let (test, mirrored) = try (#require(there.test), #require(back.test))
    #expect((test.p - mirrored.p).magnitude <= 1e-12 * test.p)
    let pairs = there.numbers.old.values.count * there.numbers.new.values.count
    #expect(test.u + mirrored.u == Double(pairs))
    let (change, opposite) = try (#require(there.effect.change), #require(back.effect.change))
    #expect(isClose((1 + change) * (1 + opposite), 1))
    let (interval, reversed) = (there.effect.interval, back.effect.interval)
    #expect((interval == nil) == (reversed == nil))
    guard let interval, let reversed else { return }
    #expect(isClose((1 + interval.lowerBound) * (1 + reversed.upperBound), 1))
    #expect(isClose((1 + interval.upperBound) * (1 + reversed.lowerBound), 1))
  }

  /// Whole factors are exact. Others round, and may so part the mean of two samples from a value
  /// that it was equal to: they are tried where nothing is equal.
  @Test("another unit changes neither p nor verdict", arguments: [1e6, 1024, 1e-9, 1 / 3.0])
  func scaled(_ factor: Double) throws {
    let isWhole = factor == factor.rounded()
    for pair in Sides.all where isWhole || !pair.hasTies {
      let plain = try seriesResult(pair.old, pair.new)
      let scaled = try seriesResult(
        pair.old.map { $0.map { $0 * factor } }, pair.new.map { $0.map { $0 * factor } })
      #expect(scaled.verdict == plain.verdict)
      // Logarithms round, on which it rests where sides are separated.
      let (p, other) = (plain.significance?.p ?? 1, scaled.significance?.p ?? 1)
      #expect((p - other).magnitude <= 1e-9 * p)
      #expect(scaled.comparison?.test == plain.comparison?.test)
    }
  }

  @Test("another order of rounds, or of samples in them, changes nothing")
  func shuffled() throws {
    var random = SeededGenerator(seed: 11)
    for pair in Sides.all {
      func shuffled(_ rounds: [[Double]]) -> [[Double]] {
        rounds.map { $0.shuffled(using: &random) }.shuffled(using: &random)
      }
      let plain = try seriesResult(pair.old, pair.new)
      let other = try seriesResult(shuffled(pair.old), shuffled(pair.new))
      #expect(other.verdict == plain.verdict && other.significance == plain.significance)
      #expect(other.comparison?.test == plain.comparison?.test)
      #expect(other.comparison?.effect == plain.comparison?.effect)
      #expect(other.detectableChange == plain.detectableChange)
    }
  }

  @Test("another order of series changes nothing")
  func reordered() throws {
    var random = SeededGenerator(seed: 12)
    let named = try Sides.all.enumerated().map { index, pair in
      try (series(rounds: pair.old, name: "\(index)"), series(rounds: pair.new, name: "\(index)"))
    }
    let (old, new) = (named.map(\.0), named.map(\.1))
    let shuffled = FamilyResult(
      old: old.shuffled(using: &random), new: new.shuffled(using: &random), policy: Policy())
    #expect(shuffled == FamilyResult(old: old, new: new, policy: Policy()))
  }

  private func seriesResult(_ old: [[Double]], _ new: [[Double]]) throws -> SeriesResult {
    let familyResult = FamilyResult(
      old: [try series(rounds: old)], new: [try series(rounds: new)], policy: Policy())
    return try #require(familyResult.seriesResults.first)
  }
}

/// The rounds of one series on two sides.
private struct Sides {
  let old: [[Double]]
  let new: [[Double]]
  let hasTies: Bool

  /// 600 of them: three to fourteen rounds a side of one to three samples, noises from 1 to 10 %,
  /// changes to either side and next to the threshold; every third in whole numbers, with ties.
  static var all: [Sides] {
    var random = SeededGenerator(seed: 10)
    return (0..<600).map { index in
      let hasTies = index.isMultiple(of: 3)
      let change = changes[index % changes.count]
      let noise = Double.random(in: 0.01...0.1, using: &random)
      func rounds(_ typical: Double) -> [[Double]] {
        (0..<Int.random(in: 3...14, using: &random)).map { _ in
          (0..<Int.random(in: 1...3, using: &random)).map { _ in
            let value = typical * (1 + noise * random.normal())
            return hasTies ? value.rounded() : value
          }
        }
      }
      return Sides(old: rounds(100), new: rounds(100 * (1 + change)), hasTies: hasTies)
    }
  }

  private static let changes = [-0.3, -0.15, -0.1, 0, 0.05, 0.1, 0.105, 0.11, 0.15, 0.3]
}
