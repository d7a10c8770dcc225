import Foundation
import Statistics
import TestSupport

/// A simulated machine that launches the commits of a bisection.
struct BisectionMachine {
  struct Cell: CustomStringConvertible, Sendable {
    var commits = 64
    /// The change of the value, .1 for 10 % slower.
    var change = 0.1
    /// The standard deviation of the logarithm of a value.
    var noise = 0.03
    /// The part of the launches that are three times slower.
    var outliers = 0.03
    /// The rise of all values over 60 launches.
    var drift = 0.0
    /// The standard deviation of the moods of batches.
    var batchMoods = 0.0
    /// The correlation of the noise of neighbouring launches.
    var correlation = 0.0

    var description: String {
      "\(commits) commits, change \(change), noise \(noise), drift \(drift), moods \(correlation), \(batchMoods)"
    }
  }

  private let cell: Cell
  private var generator: SeededGenerator
  private let culprit: Int
  private var mood: Double
  private var batch = 0
  private var batchMood = 0.0
  private(set) var launches: [BisectionLaunch] = []

  init(_ cell: Cell, seed: UInt64) {
    self.cell = cell
    generator = SeededGenerator(seed: seed)
    culprit = .random(in: 1...cell.commits, using: &generator)
    mood = generator.normal()
  }

  private mutating func beginBatch() {
    batch += 1
    batchMood = cell.batchMoods * generator.normal()
  }

  private mutating func launch(_ position: Int) {
    let kept = cell.correlation
    mood = kept * mood + (1 - kept * kept).squareRoot() * generator.normal()
    var logarithm = cell.noise * mood + log(1 + cell.drift) * Double(launches.count) / 60
    logarithm += batchMood
    if position >= culprit { logarithm += log(1 + cell.change) }
    if .random(in: 0..<1, using: &generator) < cell.outliers { logarithm += log(3) }
    launches.append(
      BisectionLaunch(position: position, value: exp(logarithm), batch: batch))
  }

  /// Measures the ends in turns, and bisects.
  ///
  /// - Returns: Whether the answer is right; nil without an answer after the most launches.
  mutating func bisect(ends rounds: Int, most: Int) -> Bool? {
    for round in 0..<rounds {
      if round.isMultiple(of: 2) { beginBatch() }
      for position in round.isMultiple(of: 2) ? [0, cell.commits] : [cell.commits, 0] {
        launch(position)
      }
    }
    let prior = CulpritPrior(count: cell.commits)
    while launches.count < most {
      let evidence = BisectionEvidence(values: launches)
      switch CulpritPosterior(prior: prior, evidence: evidence).step() {
      case .found(let range): return range == culprit...culprit
      case .measure(let batch):
        beginBatch()
        for position in batch.order { launch(position) }
      }
    }
    return nil
  }
}
