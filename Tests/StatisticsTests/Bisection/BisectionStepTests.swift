import Foundation
import TestSupport
import Testing

@testable import Statistics

@Suite("The next step of a bisection")
struct BisectionStepTests {
  /// The position that tells most per cost, with every probability summed from the definition.
  private func naive(
    _ launches: [BisectionLaunch], weights: [Double], unmeasurable: Set<Int>, costs: BisectionCosts,
    separation: Double
  ) -> Int? {
    let launchWeights = BisectionDefinition.weights(launches)
    let masses = BisectionDefinition.posterior(weights: weights) {
      BisectionDefinition.independent(launches, culprit: $0, weights: launchWeights)
    }
    var (best, most): (Int?, Double) = (nil, 0)
    for position in 1..<weights.count where !unmeasurable.contains(position) {
      let isNew = masses[..<position].reduce(0, +)
      let entropy = -isNew * log(isNew) - (1 - isNew) * log(1 - isNew)
      let build = costs.built.contains(position) ? 0 : costs.build
      let rate = entropy * (1 - exp(-3 * separation * separation / 8)) / (3 * costs.launch + build)
      if rate > most * (1 + 1e-9) { (best, most) = (position, rate) }
    }
    return best
  }

  @Test(
    "is the one that tells most per cost, as by trying all",
    arguments: 1...20 as ClosedRange<UInt64>)
  func choice(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let weights = (0..<14).map { _ in Double.random(in: 0.5...2, using: &generator) }
    let unmeasurable = Set((1...13).filter { _ in Int.random(in: 0..<5, using: &generator) == 0 })
    let others = (1...13).filter { !unmeasurable.contains($0) }.shuffled(using: &generator).prefix(
      3)
    let launches = ([0, 14, 14, 0, 0, 14, 14, 0] + others).map { position in
      let noise = min(1.5, max(-1.5, generator.normal()))
      return BisectionLaunch(
        position: position, value: (position >= 6 ? 1.05 : 1) * exp(0.03 * noise))
    }
    let evidence = BisectionEvidence(values: launches, step: 0, correlations: [.independent])
    let costs = BisectionCosts(launch: 1, build: Double(seed % 4) * 5, built: Set(others))
    let posterior = CulpritPosterior(
      prior: CulpritPrior(weights: weights, unmeasurable: unmeasurable), evidence: evidence)
    let expected = naive(
      launches, weights: weights, unmeasurable: unmeasurable, costs: costs,
      separation: evidence.separation)
    #expect(posterior.mostInformative(batch: 3, costs: costs) == expected)
  }

  private func ends(_ count: Int, _ values: (old: Double, new: Double) = (1, 1.1))
    -> [BisectionLaunch]
  {
    (0..<8).flatMap { round in
      let noise = 0.01 * Double(round % 3)
      return [
        BisectionLaunch(position: 0, value: values.old + noise),
        BisectionLaunch(position: count, value: values.new + noise),
      ]
    }
  }

  @Test(
    "is the middle of 100,000 candidates if nothing is known, or next to it if that cannot be built"
  )
  func many() {
    let count = 100_000
    let evidence = BisectionEvidence(values: ends(count))
    let posterior = CulpritPosterior(prior: CulpritPrior(count: count), evidence: evidence)
    #expect(posterior.step() == .measure(BisectionBatch(position: 50_000, launches: 3)))
    let skipping = CulpritPosterior(
      prior: CulpritPrior(count: count, unmeasurable: 49_990...50_009), evidence: evidence)
    #expect(skipping.step() == .measure(BisectionBatch(position: 50_010, launches: 3)))
  }

  @Test("prefers a commit that is built already, unless a build costs little")
  func costs() {
    let posterior = CulpritPosterior(
      prior: CulpritPrior(count: 100), evidence: BisectionEvidence(values: ends(100)))
    func position(build: Double) -> Int? {
      posterior.mostInformative(
        batch: 3, costs: BisectionCosts(launch: 1, build: build, built: [20]))
    }
    #expect(position(build: 0) == 50)
    #expect(position(build: 0.1) == 50)
    #expect(position(build: 100) == 20)
  }

  @Test("measures both sides of the answer six times before it is given, the fewer first")
  func neighbours() {
    let count = 9
    func step(_ more: [(Int, Int)]) -> BisectionStep {
      let launches = more.flatMap { position, times in
        (0..<times).map { round in
          BisectionLaunch(
            position: position, value: (position >= 5 ? 1.1 : 1) + 0.01 * Double(round % 3))
        }
      }
      return CulpritPosterior(
        prior: CulpritPrior(count: count),
        evidence: BisectionEvidence(values: ends(count) + launches)
      ).step()
    }
    #expect(step([(4, 3), (5, 3)]) == .measure(BisectionBatch(position: 5, launches: 3)))
    #expect(step([(4, 3), (5, 6)]) == .measure(BisectionBatch(position: 4, launches: 3)))
    #expect(step([(4, 5), (5, 6)]) == .measure(BisectionBatch(position: 4, launches: 1)))
    #expect(step([(4, 6), (5, 6)]) == .found(5...5))
  }

  @Test("of one candidate needs its launches only")
  func single() {
    let posterior = CulpritPosterior(
      prior: CulpritPrior(count: 1), evidence: BisectionEvidence(values: ends(1)))
    #expect(posterior.step() == .found(1...1))
  }

  @Test("goes on where the ends seem equal")
  func equalEnds() {
    let evidence = BisectionEvidence(values: ends(10, (1, 1)))
    #expect(evidence.separation == 0)
    let step = CulpritPosterior(prior: CulpritPrior(count: 10), evidence: evidence).step()
    guard case .measure(let batch) = step else {
      Issue.record("\(step)")
      return
    }
    #expect((1...9).contains(batch.position))
  }

  @Test("launches the good end along with a batch")
  func order() {
    #expect(BisectionBatch(position: 4, launches: 3).order == [4, 0, 4, 4])
    #expect(BisectionBatch(position: 4, launches: 1).order == [4, 0])
    #expect(BisectionBatch(position: 0, launches: 3).order == [0, 0, 0])
  }

  @Test("is the same each time, and tells less of a batch that is smaller")
  func determinism() {
    let launches = ends(50) + [BisectionLaunch(position: 20, value: 1.02)]
    let steps = (0..<5).map { _ in
      CulpritPosterior(
        prior: CulpritPrior(count: 50), evidence: BisectionEvidence(values: launches))
    }
    #expect(Set(steps.map { $0.step() }).count == 1)
    #expect(Set(steps.map(\.cumulative)).count == 1)
    let (one, three) = (
      steps[0].information(at: 25, launches: 1), steps[0].information(at: 25, launches: 3)
    )
    #expect(0 < one && one <= three && three <= log(2))
    #expect(steps[0].information(at: 50, launches: 3) == 0)
  }
}
