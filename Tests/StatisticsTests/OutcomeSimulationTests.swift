import Statistics
import Testing

/// What STATISTICS says of the rule for outcomes, simulated: p ≤ .05 and a drop of at least the margin
/// is a regression, an interval above the margin is unchanged.
@Suite("The rule for outcomes")
struct OutcomeSimulationTests {
  struct Fleet: CustomTestStringConvertible, Sendable {
    let tasks: Int
    let attempts: Int
    /// The part of the rates of the tasks that the new side loses.
    let drop: Double
    var testDescription: String { "\(tasks) tasks × \(attempts), a drop of \(drop)" }
  }

  /// The shares of simulations with a regression, and with an unchanged rate.
  private func shares(_ fleet: Fleet, runs: Int, seed: UInt64) -> (lost: Double, same: Double) {
    var generator = SeededGenerator(seed: seed)
    // Tasks are easy, hard, or between: a mean of .8, with a spread of .25.
    let rates = (0..<fleet.tasks).map { index in
      [0.98, 0.95, 0.95, 0.9, 0.9, 0.85, 0.8, 0.7, 0.6, 0.35][index % 10]
    }
    func side(_ rate: Double) -> TaskAttempts.Side {
      let solved = (0..<fleet.attempts).count { _ in .random(in: 0..<1, using: &generator) < rate }
      return TaskAttempts.Side(solved: solved, of: fleet.attempts)
    }
    var (lost, same) = (0, 0)
    for _ in 0..<runs {
      let tasks = rates.map { rate in
        TaskAttempts(old: side(rate), new: side(max(0, rate - fleet.drop)))
      }
      guard let difference = RateDifference(tasks) else { continue }
      if difference.estimate <= -0.1, OutcomeTest(tasks).twoSided <= 0.05 {
        lost += 1
      } else if difference.interval.lowerBound > -0.1 {
        same += 1
      }
    }
    return (Double(lost) / Double(runs), Double(same) / Double(runs))
  }

  @Test(
    "calls at most 2.2 % of unchanged fleets a regression",
    arguments: [
      Fleet(tasks: 50, attempts: 1, drop: 0), Fleet(tasks: 50, attempts: 3, drop: 0),
      Fleet(tasks: 114, attempts: 1, drop: 0), Fleet(tasks: 114, attempts: 3, drop: 0),
    ])
  func unchanged(_ fleet: Fleet) {
    let shares = shares(fleet, runs: 400, seed: 1)
    #expect(shares.lost <= 0.022, "\(shares)")
    if fleet.attempts == 3 { #expect(shares.same >= 0.6, "\(shares)") }
  }

  @Test(
    "finds a drop of 20 points",
    arguments: [Fleet(tasks: 50, attempts: 1, drop: 0.2), Fleet(tasks: 50, attempts: 3, drop: 0.2)])
  func found(_ fleet: Fleet) {
    let shares = shares(fleet, runs: 300, seed: 2)
    #expect(shares.lost >= (fleet.attempts == 3 ? 0.97 : 0.49), "\(shares)")
  }
}
