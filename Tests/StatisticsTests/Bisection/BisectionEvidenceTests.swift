import Foundation
import TestSupport
import Testing

@testable import Statistics

@Suite("The evidence of launches")
struct BisectionEvidenceTests {
  /// Launches without outliers at both ends and at random positions, in two sessions.
  private static func launches(seed: UInt64, commits: Int, outlier: Bool = false)
    -> [BisectionLaunch]
  {
    var generator = SeededGenerator(seed: seed)
    let ends = [0, commits, commits, 0, 0, commits, 0, commits]
    let others = (0..<20).map { _ in Int.random(in: 0...commits, using: &generator) }
    return (ends + others).enumerated().map { place, position in
      let noise = min(1.5, max(-1.5, generator.normal()))
      let level = position >= commits / 2 ? 1.1 : 1
      return BisectionLaunch(
        position: position, value: level * exp(0.03 * noise) * (outlier && place == 11 ? 3 : 1),
        session: place < 15 ? 0 : 1, batch: place / 4)
    }
  }

  private func posterior(_ evidence: BisectionEvidence, commits: Int) -> [Double] {
    let posterior = CulpritPosterior(prior: CulpritPrior(count: commits), evidence: evidence)
    return (1...commits).map { posterior.probability(of: $0) }
  }

  private func expectEqual(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-9) {
    #expect(a.count == b.count)
    for (one, other) in zip(a, b) { #expect((one - other).magnitude < tolerance, "\(a) \(b)") }
  }

  @Test(
    "of independent launches is that of the definition, by two loops",
    arguments: 1...8 as ClosedRange<UInt64>)
  func independent(seed: UInt64) {
    let launches = Self.launches(seed: seed, commits: 12)
    let evidence = BisectionEvidence(values: launches, step: 0, correlations: [.independent])
    let weights = BisectionDefinition.weights(launches)
    let expected = BisectionDefinition.posterior(weights: Array(repeating: 1, count: 12)) {
      BisectionDefinition.independent(launches, culprit: $0, weights: weights)
    }
    expectEqual(posterior(evidence, commits: 12), expected)
  }

  @Test(
    "of all assumptions is the mean of those by the covariance matrix", arguments: [false, true])
  func correlated(outlier: Bool) {
    let launches = Self.launches(seed: 3, commits: 10, outlier: outlier)
    let weights = BisectionDefinition.weights(launches)
    #expect(weights.contains { $0 < 0.05 } == outlier)
    let expected = BisectionDefinition.posterior(weights: Array(repeating: 1, count: 10)) {
      culprit in
      let logs = NoiseCorrelation.all.map {
        log($0.prior)
          + BisectionDefinition.correlated(
            launches, culprit: culprit, weights: weights, noise: $0)
      }
      let most = logs.max() ?? 0
      return most + log(logs.reduce(0) { $0 + exp($1 - most) })
    }
    expectEqual(posterior(BisectionEvidence(values: launches), commits: 10), expected)
  }

  @Test("is the integral over both levels and the scale")
  func integral() {
    let values = [1.00, 1.02, 1.09, 1.11, 1.05]
    let launches = zip([0, 0, 2, 2, 1], values).map { BisectionLaunch(position: $0, value: $1) }
    let logs = launches.map { log($0.value) }
    /// The integral over the level of the product of the normal densities.
    func side(_ values: [Double], _ scale: Double) -> Double {
      let steps = 100
      let width = 16 * scale / Double(steps)
      let center = values.reduce(0, +) / Double(values.count)
      return (0..<steps).reduce(0) { sum, step in
        let level = center + (Double(step) + 0.5 - Double(steps) / 2) * width
        return sum + width
          * values.reduce(1) {
            $0 * exp(-($1 - level) * ($1 - level) / 2 / scale / scale) / scale
          }
      }
    }
    func likelihood(_ culprit: Int) -> Double {
      let old = launches.indices.filter { launches[$0].position < culprit }.map { logs[$0] }
      let new = launches.indices.filter { launches[$0].position >= culprit }.map { logs[$0] }
      // The prior 1/σ is flat in ln σ.
      return (0..<300).reduce(0) { sum, step in
        let scale = exp(-9 + 14 * (Double(step) + 0.5) / 300)
        return sum + side(old, scale) * side(new, scale)
      }
    }
    let (first, second) = (likelihood(1), likelihood(2))
    let evidence = BisectionEvidence(values: launches, step: 0, correlations: [.independent])
    expectEqual(
      posterior(evidence, commits: 2),
      [first / (first + second), second / (first + second)], 1e-5)
  }

  @Test("does not depend on the unit, nor on the direction of the change")
  func symmetry() {
    let launches = Self.launches(seed: 5, commits: 20, outlier: true)
    func changed(_ value: (BisectionLaunch) -> (Int, Double)) -> BisectionEvidence {
      BisectionEvidence(
        values: launches.map {
          let (position, value) = value($0)
          return BisectionLaunch(
            position: position, value: value, session: $0.session, batch: $0.batch)
        })
    }
    let usual = posterior(BisectionEvidence(values: launches), commits: 20)
    expectEqual(posterior(changed { ($0.position, $0.value * 1e6) }, commits: 20), usual)
    expectEqual(posterior(changed { ($0.position, 1 / $0.value) }, commits: 20), usual)
  }

  @Test("of independent launches is mirrored if the ends change places")
  func mirrored() {
    // Noise without outliers, so that each weight is 1.
    let positions = [0, 20, 20, 0, 0, 20, 20, 0, 5, 10, 15, 5, 10, 15, 12, 12, 8, 9]
    let launches = positions.enumerated().map { place, position in
      BisectionLaunch(
        position: position, value: (position > 11 ? 1.1 : 1) + 0.02 * Double(place % 3))
    }
    #expect(BisectionDefinition.weights(launches).allSatisfy { $0 == 1 })
    let mirrored = launches.map { BisectionLaunch(position: 20 - $0.position, value: $0.value) }
    func mass(_ launches: [BisectionLaunch]) -> [Double] {
      posterior(
        BisectionEvidence(values: launches, step: 0, correlations: [.independent]), commits: 20)
    }
    expectEqual(mass(mirrored), mass(launches).reversed())
  }

  @Test("has no more to say of an outlier than of an ordinary launch")
  func outliers() {
    let ends = (0..<8).flatMap { round -> [(Int, Double)] in
      let noise = 0.01 * Double(round % 3)
      return [(0, 1 + noise), (8, 1.1 + noise)]
    }
    func chanceOfOld(_ values: [Double]) -> Double {
      let launches = (ends + values.map { (4, $0) }).map {
        BisectionLaunch(position: $0, value: $1)
      }
      return posterior(BisectionEvidence(values: launches), commits: 8)[4...].reduce(0, +)
    }
    let old = [1, 1.01, 1.02]
    #expect(chanceOfOld(old) > 0.99)
    for outlier in [1.3, 3, 30, 1e6] { #expect(chanceOfOld(old + [outlier]) > 0.95, "\(outlier)") }
    #expect(chanceOfOld(old + [1e9]) >= chanceOfOld(old + [3]))
  }

  @Test("of an exact metric is finite, and certain")
  func exact() {
    for scale in [1.0, 1e9, 1e-9] {
      let launches = [0, 9, 0, 9, 4, 5, 4, 5].map {
        BisectionLaunch(position: $0, value: ($0 >= 5 ? 1001 : 1000) * scale)
      }
      let mass = posterior(BisectionEvidence(values: launches), commits: 9)
      #expect(mass.allSatisfy { $0.isFinite })
      #expect(mass[4] > 0.999, "\(mass)")
    }
  }

  @Test("of equal values is none, and a difference below the step is little")
  func equal() {
    for value in [0.0, 7, -7] {
      let launches = [0, 9, 0, 9, 4].map { BisectionLaunch(position: $0, value: value) }
      let evidence = BisectionEvidence(values: launches)
      #expect(evidence.separation == 0)
      #expect(posterior(evidence, commits: 9).allSatisfy { $0.isFinite && $0 < 0.2 })
    }
    let ticks = [0, 9, 0, 9, 4].map { BisectionLaunch(position: $0, value: $0 == 0 ? 100 : 101) }
    let exact = posterior(BisectionEvidence(values: ticks), commits: 9)
    let coarse = posterior(BisectionEvidence(values: ticks, step: 10), commits: 9)
    #expect(exact[4...].reduce(0, +) < 0.001)
    #expect(coarse[4...].reduce(0, +) > 0.1)
  }

  @Test("of values that are not all above 0 is that of their differences")
  func differences() {
    let launches = Self.launches(seed: 8, commits: 10)
    func moved(by distance: Double) -> [Double] {
      let values = launches.map {
        BisectionLaunch(
          position: $0.position, value: log($0.value) - distance, session: $0.session,
          batch: $0.batch)
      }
      return posterior(BisectionEvidence(values: values), commits: 10)
    }
    expectEqual(moved(by: 1), posterior(BisectionEvidence(values: launches), commits: 10))
    expectEqual(moved(by: 2), moved(by: 1))
  }

  @Test("weighs a machine that is slower from some launch on as a mood")
  func shift() {
    var generator = SeededGenerator(seed: 9)
    let positions = (0..<8).flatMap { _ in [0, 10] } + (0..<6).flatMap { _ in [4, 0, 5, 4, 0, 5] }
    let launches = positions.enumerated().map { place, position in
      let level = (position >= 5 ? 1.1 : 1) * (place < 20 ? 1 : 1.3)
      return BisectionLaunch(position: position, value: level * exp(0.02 * generator.normal()))
    }
    #expect(posterior(BisectionEvidence(values: launches), commits: 10)[4] > 0.95)
  }
}
