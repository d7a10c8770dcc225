package import Measurements

/// The names of the rows that are over several tasks.
///
/// No benchmark is confused with them: a name in parentheses is nobody's, and a benchmark that has one
/// all the same keeps it.
package enum TaskRow {
  /// The row over all tasks of a suite, or with a label over those that have it.
  package static let all = "(all tasks)"
  /// The row over the tasks that both sides solved in every attempt.
  package static let solvedByBoth = "(tasks solved by both)"

  package static func isName(_ name: String) -> Bool { name == all || name == solvedByBoth }

  /// Returns the metric of what a solved attempt costs.
  package static func perSolved(_ amount: Metric) -> Metric {
    Metric("\(amount.name)\(suffix)", amount.unit, better: .lower)
  }

  private static let suffix = "_per_solved"

  /// Returns the name of the metric whose sum a cost per solved attempt has; nil for another metric.
  static func amount(perSolved name: String) -> String? {
    name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : nil
  }

  /// The labels of the rows: none for the one over all tasks, then one for each value of the given
  /// labels that a task has.
  static func groups(of tasks: some Sequence<Benchmark>, by keys: [String]) -> [[String: String]] {
    let tasks = Array(tasks)
    return [[:]]
      + keys.flatMap { key in
        Set(tasks.compactMap { $0.labels[key] }).sorted().map { [key: $0] }
      }
  }

  /// True if a task is one of a group.
  static func isMember(_ task: Benchmark, of group: [String: String]) -> Bool {
    group.allSatisfy { task.labels[$0.key] == $0.value }
  }
}
