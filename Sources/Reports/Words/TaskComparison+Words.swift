import Measurements
import Verdicts

/// Returns a rate in per cent: `91.2 %`.
func rate(_ part: Double) -> String { "\(fixed(part * 100, 1)) %" }

/// Returns a difference of rates without its unit: `-7.0`.
private func signedPoints(_ difference: Double) -> String {
  let text = fixed(difference * 100, 1)
  guard text.contains(where: { $0 != "0" && $0.isNumber }) else { return "0.0" }
  return difference > 0 ? "+\(text)" : text
}

/// Returns a difference of rates in points: `-7.0 points`.
package func points(_ difference: Double) -> String { "\(signedPoints(difference)) points" }

/// Returns the two ends of an interval of differences of rates: `[-12.1, -1.9]`.
func pointsRange(_ interval: ClosedRange<Double>) -> String {
  "[\(signedPoints(interval.lowerBound)), \(signedPoints(interval.upperBound))]"
}

extension TaskComparison {
  /// The number of tasks as a note of a row; for a cost also of those that are lost, as what fails fast
  /// is cheap.
  var note: String {
    let lost = kind != .rate && !lost.isEmpty ? ", \(lost.count) of them lost" : ""
    return count(tasks, "task") + lost
  }
}

extension SuiteReport {
  /// The rates over several tasks in words, a block for each: what was solved, and the tasks that were
  /// lost or won, or that are flaky.
  var taskBlocks: [TaskBlock] {
    familyResult.seriesResults.compactMap { result in
      guard TaskRow.isName(result.id.benchmark.name), let comparison = result.comparison,
        comparison.isOfRates, let tasks = comparison.tasks
      else { return nil }
      return TaskBlock(result, comparison, tasks)
    }
  }
}

/// One rate over several tasks in words. The names are data.
struct TaskBlock {
  let benchmark: String
  let metric: String
  /// What was solved: `91.2 % → 84.2 % (-7.0 points, -12.1 … -1.9), 312 → 288 of 342 attempts`.
  let solved: String
  /// The lists of tasks that are not empty. Groups have none: the row over all tasks names theirs.
  let lists: [List]

  struct List {
    let title: String
    let names: [String]
    /// The number of tasks that are not shown.
    let others: Int

    fileprivate init?(_ title: String, _ names: [String]) {
      guard !names.isEmpty else { return nil }
      self.title = "\(title) (\(names.count))"
      self.names = Array(names.prefix(Self.most))
      others = max(0, names.count - Self.most)
    }

    private static let most = 20

    /// `, and 7 more`; empty if all are shown.
    var rest: String { others > 0 ? ", and \(others) more" : "" }
  }

  fileprivate init(_ result: SeriesResult, _ comparison: Comparison, _ tasks: TaskComparison) {
    benchmark = result.id.benchmark.description
    metric = result.id.metric
    let sides = "\(rate(comparison.old.median)) → \(rate(comparison.new.median))"
    let change = comparison.effect.difference.map { difference in
      let ends = difference.interval.map {
        ", \(signedPoints($0.lowerBound)) … \(signedPoints($0.upperBound))"
      }
      return " (\(points(difference.estimate))\(ends ?? ""))"
    }
    let attempts = tasks.attempts.map { attempts in
      let (old, new) = (attempts.old, attempts.new)
      return old.count == new.count
        ? ", \(old.solved) → \(new.solved) of \(old.count) attempts"
        : ", \(old.solved) of \(old.count) → \(new.solved) of \(new.count) attempts"
    }
    let all = tasks.reliability.map {
      ", all of \($0.attempts) (pass^\($0.attempts)) \(rate($0.old)) → \(rate($0.new))"
    }
    solved = sides + (change ?? "") + (attempts ?? "") + (all ?? "")
    lists =
      result.id.benchmark.labels.isEmpty
      ? [
        List("lost", tasks.lost), List("won", tasks.won), List("solved sometimes", tasks.flaky),
      ].compactMap(\.self) : []
  }
}

extension Doubt {
  /// Returns the reason why attempts do not decide.
  static func attempts(need: Int?, margin: Double, excludable: Double?) -> String {
    let need = need.map { "about \($0) a side would exclude a drop of \(magnitude(margin))" }
    let now = excludable.map { "these exclude one of \(magnitude($0))" }
    let facts = [need, now].compactMap(\.self).joined(separator: "; ")
    return facts.isEmpty ? "too few attempts" : "too few attempts: \(facts)"
  }

  private static func magnitude(_ part: Double) -> String {
    let points = part * 100
    return "\(fixed(points, points == points.rounded() ? 0 : 1)) points"
  }
}
