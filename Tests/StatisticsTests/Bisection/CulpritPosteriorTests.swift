import Foundation
import TestSupport
import Testing

@testable import Statistics

@Suite("The posterior over the culprit")
struct CulpritPosteriorTests {
  /// A posterior whose masses are given, by a prior of these weights and launches that say nothing.
  private func posterior(
    _ weights: [Double], unmeasurable: [Int] = [], measured: [Int] = []
  ) -> CulpritPosterior {
    let positions = [0, weights.count] + measured
    let evidence = BisectionEvidence(
      positions.map { BisectionLaunch(position: $0, value: 1) },
      intervals: [BisectionEvidence.Interval(end: weights.count, logLikelihood: 0)], separation: 3)
    return CulpritPosterior(
      prior: CulpritPrior(weights: weights, unmeasurable: unmeasurable), evidence: evidence)
  }

  private func launches(_ values: [(Int, Double)]) -> [BisectionLaunch] {
    values.map { BisectionLaunch(position: $0, value: $1) }
  }

  private static let stairs = [
    (0, 1.0), (9, 1.1), (9, 1.11), (0, 1.01), (0, 0.99), (9, 1.09), (0, 1.0), (9, 1.1),
    (4, 1.01), (4, 1.0), (4, 0.99), (7, 1.1), (7, 1.09), (7, 1.11),
  ]

  @Test("sums to 1, and is constant between measured positions")
  func shape() {
    let evidence = BisectionEvidence(values: launches(Self.stairs))
    let posterior = CulpritPosterior(prior: CulpritPrior(count: 9), evidence: evidence)
    #expect(posterior.cumulative.first == 0 && posterior.cumulative.last == 1)
    let masses = (1...9).map { posterior.probability(of: $0) }
    #expect((masses.reduce(0, +) - 1).magnitude < 1e-12)
    for interval in [1...4, 5...7, 8...9] {
      for position in interval {
        #expect((masses[position - 1] - masses[interval.lowerBound - 1]).magnitude < 1e-12)
      }
    }
    // Values that rise once, between 4 and 7.
    #expect(posterior.probability(of: 5...7) > 0.99)
    #expect(posterior.range() == 5...7)
  }

  @Test("is the prior times the likelihood")
  func prior() {
    let evidence = BisectionEvidence(values: launches(Self.stairs))
    let plain = CulpritPosterior(prior: CulpritPrior(count: 9), evidence: evidence)
    let weights = [1.0, 2, 3, 4, 5, 0, 7, 8, 9]
    let weighted = CulpritPosterior(prior: CulpritPrior(weights: weights), evidence: evidence)
    let products = (1...9).map { plain.probability(of: $0) * weights[$0 - 1] }
    for candidate in 1...9 {
      let expected = products[candidate - 1] / products.reduce(0, +)
      #expect((weighted.probability(of: candidate) - expected).magnitude < 1e-12)
    }
  }

  @Test("of a prior that excludes what the launches say is the prior")
  func impossible() {
    let evidence = BisectionEvidence(
      launches([(0, 1), (1, 1), (2, 1)]),
      intervals: [
        BisectionEvidence.Interval(end: 1, logLikelihood: -1e6),
        BisectionEvidence.Interval(end: 2, logLikelihood: 0),
      ], separation: 3)
    let posterior = CulpritPosterior(prior: CulpritPrior(weights: [1, 0]), evidence: evidence)
    #expect(posterior.probability(of: 1) == 1)
  }

  @Test("keeps the mass of a commit that cannot be measured, and never names it alone")
  func unmeasurable() {
    let certain = posterior([0, 0, 0, 1, 0, 0, 0], unmeasurable: [3, 4], measured: [2, 5])
    #expect(certain.probability(of: 4) == 1)
    #expect(certain.suspects == 3...5)
    #expect(certain.range() == 3...5)
    let rule = BisectionRule(fewest: 1)
    #expect(certain.step(rule: rule) == .found(3...5))
    #expect(certain.step() == .measure(BisectionBatch(position: 5, launches: 3)))
  }

  @Test("leaves all other odds as they are if a commit is added that cannot be measured")
  func addedUnmeasurable() {
    let evidence = BisectionEvidence(values: launches(Self.stairs))
    let further = BisectionEvidence(
      values: launches(Self.stairs.map { ($0.0 > 5 ? $0.0 + 1 : $0.0, $0.1) }))
    let plain = CulpritPosterior(prior: CulpritPrior(count: 9), evidence: evidence)
    let skipping = CulpritPosterior(
      prior: CulpritPrior(count: 10, unmeasurable: [6]), evidence: further)
    // It is between the measured positions, so it is as probable as its neighbours.
    #expect((skipping.probability(of: 6) - skipping.probability(of: 5)).magnitude < 1e-12)
    let rest = 1 - skipping.probability(of: 6)
    for candidate in 1...9 {
      let mass = skipping.probability(of: candidate > 5 ? candidate + 1 : candidate)
      #expect((mass / rest - plain.probability(of: candidate)).magnitude < 1e-12)
    }
  }

  @Test("of commits between the ends that all cannot be measured is one range")
  func nothingMeasurable() {
    let posterior = posterior([1, 1, 1], unmeasurable: [1, 2])
    #expect(posterior.step(rule: BisectionRule(fewest: 1)) == .found(1...3))
  }

  @Test(
    "has the smallest range that holds a probability, as by trying all",
    arguments: 1...20 as ClosedRange<UInt64>)
  func range(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let weights = (0..<12).map { _ in Double(Int.random(in: 0...4, using: &generator)) + 0.1 }
    let unmeasurable = (1...11).filter { _ in Int.random(in: 0..<4, using: &generator) == 0 }
    let posterior = posterior(weights, unmeasurable: unmeasurable)
    for confidence in [0.05, 0.3, 0.6, 0.95, 1 - 1e-9] {
      let starts = (1...12).filter { $0 == 1 || !unmeasurable.contains($0 - 1) }
      let ends = (1...12).filter { !unmeasurable.contains($0) }
      let all = starts.flatMap { start in ends.filter { $0 >= start }.map { start...$0 } }
      let holding = all.filter { posterior.probability(of: $0) >= confidence }
      let found = posterior.range(holding: confidence)
      #expect(holding.contains(found))
      #expect(found.count == holding.map(\.count).min(), "\(found) of \(weights)")
    }
  }
}
