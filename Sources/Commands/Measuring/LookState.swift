import Measurements
import Reports
import Statistics
import Verdicts

/// How far a gate has come that looks at its rounds now and then.
struct LookState: CustomStringConvertible {
  /// From 1.
  let number: Int
  /// Up to how many a side are measured for it.
  let rounds: Int
  /// How many benchmarks need no more rounds, and how many there are; nil before the first look.
  let counts: (settled: Int, all: Int)?

  init(number: Int, rounds: Int, counts: (settled: Int, all: Int)?) {
    self.number = number
    self.rounds = rounds
    self.counts = counts
  }

  /// - Returns: nil where no look comes any more.
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

  /// `3 of 6 settled`.
  var settled: String? { counts.map { "\($0.settled) of \($0.all) settled" } }

  /// `look 2, 10 rounds, 3 of 6 settled`.
  var description: String {
    (["look \(number)", "\(rounds) rounds"] + (settled.map { [$0] } ?? [])).joined(separator: ", ")
  }
}
