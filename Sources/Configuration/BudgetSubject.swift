import CommandLine
import Git
import Measurements
import Verdicts

/// The series that a budget is for, and the section that sets it.
struct BudgetSubject: Hashable {
  let benchmark: Pattern
  let metric: Pattern?
  let figure: Budget.Figure
  let unit: Unit
  let section: String

  init(_ budget: Budget) {
    benchmark = budget.benchmark
    metric = budget.metric
    figure = budget.figure
    unit = budget.limit.unit
    section = budget.section
  }
}

extension ProjectConfiguration {
  /// Adds a budget to the policy.
  ///
  /// - Throws: ``UsageError`` if the same file has two different limits. git config takes
  ///   precedence over a file, and the nearer of its own levels over the others.
  mutating func add(_ budget: Budget, _ setting: Setting) throws(UsageError) {
    policy.budgets.append(budget)
    guard setting.isReviewed,
      let other = budgetLimits.updateValue(budget, forKey: BudgetSubject(budget)),
      other.limit.value != budget.limit.value
    else { return }
    throw UsageError(
      "\(other.place) says \(other.limit)",
      hint: "a benchmark has one budget for each metric, and one for each percentile of it")
  }
}
