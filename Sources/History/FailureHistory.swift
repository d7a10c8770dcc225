package import Measurements

/// A failure that a later recording of the same content answers.
package struct AnsweredFailure: Hashable, Sendable {
  package let failure: Failure
  package let failedAt: Timestamp?
  package let answeredAt: Timestamp?
  /// The number of launches that succeeded in the later recording.
  package let rounds: Int
}

/// The failures of some runs, divided into open ones and those that a later run answers.
///
/// A failure is answered by a later recording of that benchmark in which every launch succeeded and
/// which has at least as many rounds, of the same definition. A failure that names no benchmark is
/// answered by a later recording of as much of the suite without any failure.
struct FailureHistory {
  private(set) var open: [(place: Int, failure: Failure)] = []
  private(set) var answered: [AnsweredFailure] = []

  /// Finds the open and the answered failures of some runs.
  ///
  /// - Parameter runs: The runs, newest first.
  init(_ runs: [StoredRun]) {
    for (place, stored) in runs.enumerated() {
      for failure in stored.run.failures {
        let later = runs[..<place].last { $0.run.answers(failure, of: stored.run) }
        guard let later else {
          open.append((place, failure))
          continue
        }
        answered.append(
          AnsweredFailure(
            failure: failure, failedAt: stored.run.recordedAt, answeredAt: later.run.recordedAt,
            rounds: later.run.rounds(of: failure.benchmark)))
      }
    }
  }
}

extension Run {
  fileprivate func answers(_ failure: Failure, of other: Run) -> Bool {
    guard Timestamp.isLater(recordedAt, than: other.recordedAt) else { return false }
    guard let benchmark = failure.benchmark else {
      return failures.isEmpty && !series.isEmpty && mostRounds >= other.mostRounds
        && (part == nil || part == other.part) && (shard == nil || shard == other.shard)
    }
    let own = series.filter { $0.benchmark == benchmark }
    let before = Set(other.series.filter { $0.benchmark == benchmark }.map(\.definition?.work))
    return !own.isEmpty
      && !failures.contains { $0.benchmark == benchmark || $0.benchmark == nil }
      && (before.isEmpty || before == Set(own.map(\.definition?.work)))
      && rounds(of: benchmark) >= max(1, other.mostRounds)
  }

  /// The number of successful launches of a benchmark; without a benchmark, the highest number of
  /// any.
  fileprivate func rounds(of benchmark: Benchmark?) -> Int {
    guard let benchmark else { return mostRounds }
    return series.filter { $0.benchmark == benchmark }.map(\.rounds.count).max() ?? 0
  }

  /// The number of rounds that was asked for, as far as the run shows it.
  private var mostRounds: Int { series.map(\.rounds.count).max() ?? 0 }
}
