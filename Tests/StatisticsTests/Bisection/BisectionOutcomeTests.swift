import Foundation
import Statistics
import Testing

@Suite("The evidence of outcomes")
struct BisectionOutcomeTests {
  private typealias Count = (position: Int, solved: Int, failed: Int)

  private func launches(_ counts: [Count]) -> [BisectionLaunch] {
    counts.flatMap { count in
      let (solved, failed) = (
        BisectionLaunch(position: count.position, value: 1),
        BisectionLaunch(position: count.position, value: 0)
      )
      return Array(repeating: solved, count: count.solved)
        + Array(repeating: failed, count: count.failed)
    }
  }

  @Test("is the integral over both rates")
  func integral() {
    let counts: [Count] = [(0, 4, 1), (2, 1, 2), (5, 1, 4)]
    /// The integral of r^(s − ½)·(1 − r)^(f − ½), by the angle r = sin².
    func side(_ solved: Int, _ failed: Int) -> Double {
      let steps = 20_000
      return (0..<steps).reduce(0) { sum, step in
        let angle = Double.pi / 2 * (Double(step) + 0.5) / Double(steps)
        return sum
          + 2 * pow(sin(angle), Double(2 * solved)) * pow(cos(angle), Double(2 * failed))
          * .pi / 2 / Double(steps)
      }
    }
    let expected = BisectionDefinition.posterior(weights: [1, 2, 1, 1, 1]) { culprit in
      let old = counts.filter { $0.position < culprit }
      let new = counts.filter { $0.position >= culprit }
      return [old, new].reduce(0) { sum, part in
        sum + log(side(part.reduce(0) { $0 + $1.solved }, part.reduce(0) { $0 + $1.failed }))
      }
    }
    let posterior = CulpritPosterior(
      prior: CulpritPrior(weights: [1, 2, 1, 1, 1]),
      evidence: BisectionEvidence(outcomes: launches(counts)))
    for candidate in 1...5 {
      #expect((posterior.probability(of: candidate) - expected[candidate - 1]).magnitude < 1e-9)
    }
  }

  @Test("sees the distance of the rates, and neither an order nor a direction")
  func properties() {
    let counts: [Count] = [(0, 19, 1), (4, 6, 0), (5, 1, 5), (9, 3, 17)]
    let evidence = BisectionEvidence(outcomes: launches(counts))
    #expect(evidence.separation > 1 && evidence.separation < 2)
    let posterior = CulpritPosterior(prior: CulpritPrior(count: 9), evidence: evidence)
    #expect(posterior.step() == .found(5...5))
    let turned = launches(counts.map { ($0.position, $0.failed, $0.solved) }).reversed()
    let other = CulpritPosterior(
      prior: CulpritPrior(count: 9), evidence: BisectionEvidence(outcomes: Array(turned)))
    for candidate in 1...9 {
      let difference = other.probability(of: candidate) - posterior.probability(of: candidate)
      #expect(difference.magnitude < 1e-12)
    }
  }

  @Test("finds a rate that fell from .9 to .4 among 16 commits")
  func simulated() {
    var right = 0
    for seed in 1...30 as ClosedRange<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let culprit = Int.random(in: 1...16, using: &generator)
      var launches: [BisectionLaunch] = []
      func launch(_ position: Int) {
        let isSolved = .random(in: 0..<1, using: &generator) < (position >= culprit ? 0.4 : 0.9)
        launches.append(BisectionLaunch(position: position, value: isSolved ? 1 : 0))
      }
      for _ in 0..<12 { for position in [0, 16] { launch(position) } }
      search: while launches.count < 400 {
        let evidence = BisectionEvidence(outcomes: launches)
        switch CulpritPosterior(prior: CulpritPrior(count: 16), evidence: evidence).step() {
        case .found(let range):
          if range == culprit...culprit { right += 1 }
          break search
        case .measure(let batch): for position in batch.order { launch(position) }
        }
      }
    }
    #expect(right >= 27, "\(right) of 30")
  }
}
