import Measurements
import Reports
import Statistics
import Verdicts

/// The progress of a gate that judges its rounds at interim looks.
struct LookState: CustomStringConvertible {
  /// The number of the look, from 1.
  let number: Int
  /// The number of rounds of each side that are measured before the look.
  let rounds: Int
  /// The number of benchmarks that need no more rounds, and of all; nil before the first look.
  let counts: (settled: Int, all: Int)?

  init(number: Int, rounds: Int, counts: (settled: Int, all: Int)?) {
    self.number = number
    self.rounds = rounds
    self.counts = counts
  }

  /// The state before the next look.
  ///
  /// - Returns: nil if no look is left.
  init?(of sequentialTest: SequentialTest) {
    guard let look = sequentialTest.next, let place = sequentialTest.looks.all.firstIndex(of: look)
    else {
      return nil
    }
    let counts = sequentialTest.undecided.map { undecided in
      let all = Set(sequentialTest.familyResult.seriesResults.map(\.id.benchmark)).union(undecided)
        .count
      return (settled: all - undecided.count, all: all)
    }
    self.init(number: place + 1, rounds: look.rounds, counts: counts)
  }

  /// The settled benchmarks, such as `3 of 6 settled`.
  var settled: String? { counts.map { "\($0.settled) of \($0.all) settled" } }

  /// The whole state, such as `look 2, 10 rounds, 3 of 6 settled`.
  var description: String {
    (["look \(number)", "\(rounds) rounds"] + (settled.map { [$0] } ?? [])).joined(separator: ", ")
  }
}
