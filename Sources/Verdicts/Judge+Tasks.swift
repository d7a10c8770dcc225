import Measurements
import Statistics

extension Judge {
  /// Judges a comparison over tasks.
  func overTasks(
    _ comparison: Comparison, _ tasks: TaskComparison, _ bounds: Bounds, _ limit: Limit,
    _ significance: Significance?, family: Int
  ) -> Verdict {
    switch tasks.kind {
    case .rate:
      rate(comparison, tasks, margin: limit.threshold.value, significance, family: family)
    case .sum: amount(comparison, bounds)
    case .perSolved:
      tasks.solvedNothing ? .regression(certain: false) : amount(comparison, bounds)
    }
  }

  /// A rate is a regression if p is significant in the family and the drop is at least the margin. It is
  /// not one if the interval excludes such a drop. As for other series, no family hides what is plain:
  /// significant by itself, with all of the interval at 99 % beyond the margin.
  private func rate(
    _ comparison: Comparison, _ tasks: TaskComparison, margin: Double,
    _ significance: Significance?, family: Int
  ) -> Verdict {
    guard case .fromZero(let difference, let interval?) = comparison.effect, let significance,
      let p = tasks.p
    else { return .inconclusive(.withinOneProcess) }
    let isDrop = difference <= -margin + Bounds.rounding
    let isRise = difference >= margin - Bounds.rounding
    let isWide = tasks.wide.map { isDrop ? $0.upperBound < -margin : $0.lowerBound > margin }
    let isPlain = !stage.goesOn && margin > 0 && p <= stage.level.alpha && isWide == true
    if difference != 0, isDrop || isRise, significance.p <= stage.level.alpha || isPlain {
      return isDrop
        ? .regression(certain: interval.upperBound < -margin)
        : .improvement(certain: interval.lowerBound > margin)
    }
    if interval.lowerBound > -margin {
      return interval.upperBound < margin ? .unchanged : .notWorse
    }
    if isDrop, !stage.goesOn, p <= stage.level.alpha {
      return .inconclusive(.amongMany(p: p, family: family))
    }
    return .inconclusive(
      .tooFewAttempts(need: tasks.attemptsNeeded, margin: margin, excludable: tasks.excludable))
  }

  /// True if a row over tasks adds nothing to the regression of the marked merge-base that it is compared
  /// with.
  func addsNothing(_ own: Comparison, _ limit: Limit, _ metric: Metric) -> Bool {
    if own.isOfRates {
      return own.effect.range.map { $0.lowerBound > -limit.threshold.value } ?? false
    }
    guard own.tasks?.solvedNothing != true else { return false }
    let bounds = Bounds(better: metric.better, limit: limit, oldMedian: own.old.median)
    return bounds.excludesRegression(own.effect)
  }

  /// A sum is judged by its interval, which is over tasks and not over launches: it is never certain.
  private func amount(_ comparison: Comparison, _ bounds: Bounds) -> Verdict {
    let effect = comparison.effect
    if bounds.isCertain(effect) {
      return bounds.isWorse(effect) ? .regression(certain: false) : .improvement(certain: false)
    }
    guard bounds.excludesRegression(effect) else { return .inconclusive(.tooNoisy(need: nil)) }
    return bounds.excludesImprovement(effect) ? .unchanged : .notWorse
  }
}
