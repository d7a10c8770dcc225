import Measurements
import Statistics

/// The tasks that both sides attempted, with what they solved.
struct TaskStrata {
  let metric: Metric
  let tasks: [Task]

  struct Task {
    let id: Series.ID
    let attempts: TaskAttempts

    var name: String { id.benchmark.description }

    /// True if only the old side ever solved the task.
    var isLost: Bool { attempts.old.solved > 0 && attempts.new.solved == 0 }

    /// True if both sides solved the task in every attempt.
    var isSolvedByBoth: Bool { attempts.old.rate == 1 && attempts.new.rate == 1 }
  }

  /// The rates of both sides compared.
  ///
  /// - Parameter margin: The drop that counts, 0.1 for ten points.
  /// - Returns: nil if there are no tasks.
  func comparison(margin: Double, confidence: Double) -> Comparison? {
    let attempts = tasks.map(\.attempts)
    guard let difference = RateDifference(attempts, confidence: confidence),
      let wide = RateDifference(attempts, confidence: max(0.99, confidence)),
      let old = try? Sample(attempts.map(\.old.rate)),
      let new = try? Sample(attempts.map(\.new.rate))
    else { return nil }
    let figures = TaskComparison(
      .rate, tasks: tasks.count, attempts: TaskComparison.Attempts(attempts),
      lost: tasks.filter(\.isLost).map(\.name),
      won: names { $0.old.solved == 0 && $0.new.solved > 0 },
      flaky: names { 0 < $0.new.solved && $0.new.solved < $0.new.attempts },
      reliability: TaskComparison.Reliability(attempts), p: OutcomeTest(attempts).twoSided,
      attemptsNeeded: margin > 0 ? difference.attemptsNeeded(margin: margin) : nil,
      excludable: difference.excludableMargin, wide: wide.interval, members: tasks.map(\.id))
    return Comparison(
      old: Side(rounds: difference.old.attempts, median: difference.old.rate),
      new: Side(rounds: difference.new.attempts, median: difference.new.rate),
      evidence: .tasks, effect: .fromZero(difference.estimate, difference.interval), test: nil,
      samples: Comparison.Samples(old: old, new: new), tasks: figures)
  }

  private func names(_ isMeant: (TaskAttempts) -> Bool) -> [String] {
    tasks.filter { isMeant($0.attempts) }.map(\.name)
  }
}

extension TaskComparison.Attempts {
  init(_ tasks: [TaskAttempts]) {
    func side(_ side: (TaskAttempts) -> TaskAttempts.Side) -> Side {
      Side(
        solved: tasks.reduce(0) { $0 + side($1).solved },
        of: tasks.reduce(0) { $0 + side($1).attempts })
    }
    self.init(old: side(\.old), new: side(\.new))
  }
}

extension TaskComparison.Reliability {
  /// The mean over the tasks of C(s, k) / C(a, k), for s solved of a attempts and k the fewest
  /// attempts of any task; nil if k is 1. It is the unbiased estimate of r^k.
  fileprivate init?(_ tasks: [TaskAttempts]) {
    let fewest = tasks.map { min($0.old.attempts, $0.new.attempts) }.min() ?? 0
    guard fewest > 1 else { return nil }
    func mean(_ side: (TaskAttempts) -> TaskAttempts.Side) -> Double {
      let all = tasks.map { task in
        (0..<fewest).reduce(1) { part, step in
          part * Double(max(0, side(task).solved - step)) / Double(side(task).attempts - step)
        }
      }
      return all.reduce(0, +) / Double(all.count)
    }
    self.init(attempts: fewest, old: mean(\.old), new: mean(\.new))
  }
}

extension Series {
  /// The attempts of a series of outcomes, each value one; nil for other series.
  var attempts: TaskAttempts.Side? {
    guard metric.isOutcome else { return nil }
    let values = rounds.flatMap(\.samples)
    return TaskAttempts.Side(solved: values.count { $0 == 1 }, of: values.count)
  }
}
