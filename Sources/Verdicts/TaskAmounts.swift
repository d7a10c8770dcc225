import Measurements
import Statistics

/// What the tasks that both sides attempted cost: money or tokens.
struct TaskAmounts {
  let metric: Metric
  let tasks: [Task]

  struct Task {
    let id: Series.ID
    /// The values of the attempts.
    let old: [Double]
    let new: [Double]
  }

  func only(_ isMeant: (Benchmark) -> Bool) -> TaskAmounts {
    TaskAmounts(metric: metric, tasks: tasks.filter { isMeant($0.id.benchmark) })
  }

  /// The sums over the tasks of what an attempt costs on average, so that more attempts cost no more.
  ///
  /// - Parameter lost: The tasks that only the old side ever solved.
  /// - Returns: nil for too few tasks to say anything of their sum, and for nothing on the old side.
  func sums(lost: [String], confidence: Double) -> Comparison? {
    let (old, new) = (tasks.map { $0.old.mean }, tasks.map { $0.new.mean })
    let ratio = RatioOfSums(
      old: old.map { RatioOfSums.Part($0) }, new: new.map { RatioOfSums.Part($0) },
      confidence: confidence)
    guard tasks.count >= RatioOfSums.fewestTasks, let estimate = ratio.estimate else { return nil }
    return comparison(
      old: ratio.old, new: ratio.new, .ratio(estimate, ratio.interval),
      TaskComparison(.sum, tasks: tasks.count, lost: lost, members: tasks.map(\.id)))
  }

  /// The costs of all attempts for each solved one.
  ///
  /// - Parameter solved: The attempts at each task.
  /// - Returns: nil for too few tasks, and if the old side solved nothing. If only the new side did
  ///   not, the new value is what was spent on nothing.
  func perSolved(_ solved: [Benchmark: TaskAttempts], confidence: Double) -> Comparison? {
    let known = tasks.filter { solved[$0.id.benchmark] != nil }
    guard known.count >= RatioOfSums.fewestTasks else { return nil }
    let attempts = known.compactMap { solved[$0.id.benchmark] }
    func parts(
      _ values: (Task) -> [Double], _ side: (TaskAttempts) -> TaskAttempts.Side
    ) -> [RatioOfSums.Part] {
      zip(known, attempts).map {
        RatioOfSums.Part(values($0).reduce(0, +), per: Double(side($1).solved))
      }
    }
    let ratio = RatioOfSums(
      old: parts(\.old, \.old), new: parts(\.new, \.new), confidence: confidence)
    guard let old = ratio.old, old > 0 else { return nil }
    let spent = known.reduce(0) { $0 + $1.new.reduce(0, +) }
    let new = ratio.new ?? spent
    return comparison(
      old: old, new: new, .ratio(ratio.estimate ?? new / old, ratio.interval),
      TaskComparison(
        .perSolved, tasks: known.count, attempts: TaskComparison.Attempts(attempts),
        members: known.map(\.id)))
  }

  private func comparison(
    old: Double?, new: Double?, _ effect: Effect, _ figures: TaskComparison
  ) -> Comparison? {
    guard let old, let new, new.isFinite, effect.estimate.isFinite,
      let before = try? Sample(tasks.map { $0.old.mean }),
      let after = try? Sample(tasks.map { $0.new.mean })
    else { return nil }
    return Comparison(
      old: Side(rounds: tasks.reduce(0) { $0 + $1.old.count }, median: old),
      new: Side(rounds: tasks.reduce(0) { $0 + $1.new.count }, median: new),
      evidence: .tasks, effect: effect, test: nil,
      samples: Comparison.Samples(old: before, new: after), tasks: figures)
  }
}

extension [Double] {
  fileprivate var mean: Double { reduce(0, +) / Double(count) }
}
