import Measurements
package import Verdicts

extension GoalResult {
  /// The goal and its state in words, as in
  /// `goal total_tokens -60 % against baselines/all.json: met by 12 of 14 (open: a, b: not measured)`.
  package var words: String { GoalWords(result: self) { $0 }.text }

  /// The goal and its state as a sentence in which names are between backticks.
  var sentence: String { GoalWords(result: self) { "`\($0.withoutBackticks)`" }.text }
}

/// Puts a goal and its state into words.
private struct GoalWords {
  let result: GoalResult
  /// Returns a name as it stands in the words.
  let name: (String) -> String

  private var rows: [GoalRow] { result.rows }

  var text: String {
    let goal = result.goal
    let benchmark = goal.benchmark.map { " of \(name($0.text.visible(limit: 60)))" } ?? ""
    return "goal \(name(goal.metric.text.visible(limit: 60)))\(benchmark) \(goal.signedChange) "
      + "against \(name(goal.against.visible(limit: 100))): \(state)"
  }

  private var state: String {
    if let trouble = result.trouble {
      return "open: \(trouble.visible(limit: 200).withoutBackticks)"
    }
    let notMet = rows.filter { $0.state == .notMet }
    let remark = remark(notMet)
    return switch result.state {
    case .met: rows.count == 1 ? "met" : "met by all \(rows.count)"
    case .notMet where rows.count == 1: "not met"
    case .notMet: "not met by \(notMet.count) of \(rows.count)\(remark)"
    case .open: "met by \(rows.count { $0.state == .met }) of \(rows.count)\(remark)"
    }
  }

  /// The series that did not meet the goal, and the open ones.
  private func remark(_ notMet: [GoalRow]) -> String {
    let parts = (notMet.isEmpty ? [] : [names(notMet)]) + open
    return parts.isEmpty ? "" : " (\(parts.joined(separator: "; ")))"
  }

  /// The open series by their reason, as in `open: a, b: too few rounds (1 and 1)`.
  private var open: [String] {
    let open = rows.compactMap { row in row.reason.map { (row: row, reason: $0) } }
    var reasons: [String] = []
    for one in open where !reasons.contains(one.reason) { reasons.append(one.reason) }
    let groups = reasons.prefix(3).map { reason in
      let alike = open.filter { $0.reason == reason }.map(\.row)
      return "open: \(names(alike)): \(reason.withoutBackticks)"
    }
    let rest = reasons.count - groups.count
    return groups + (rest > 0 ? ["open for \(count(rest, "other reason"))"] : [])
  }

  /// The first five names and the number of the others. The metric is a part of a name if the goal
  /// is for several.
  private func names(_ rows: [GoalRow]) -> String {
    let isOfOneMetric = Set(self.rows.map(\.id.metric)).count == 1
    let shown = rows.prefix(5).map { row in
      let benchmark = row.id.benchmark.description.visible(limit: 60)
      return name(isOfOneMetric ? benchmark : "\(benchmark) \(row.id.metric.visible(limit: 40))")
    }
    let rest = rows.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}

extension String {
  fileprivate var withoutBackticks: String { replacing("`", with: "'") }
}

extension GoalRow {
  /// The reason why the series leaves the goal open; nil if it does not.
  package var reason: String? {
    guard case .open(let doubt) = state else { return nil }
    return switch doubt {
    case .between: "the interval contains the goal"
    case .tooFewRounds(let old, let new): "too few rounds (\(old) and \(new))"
    case .oneProcess: "one process a side"
    case .fromZero: "it was 0"
    case .failed(let reason): "failed, \(reason.visible(limit: 100))"
    case .notMeasured: "not measured"
    case .noCounterpart: "nothing to hold it against"
    case .mismatch(let mismatch): mismatch.words
    case .told(let words): words.visible(limit: 200)
    }
  }
}

extension Goal {
  /// The change with its sign, as in `-60 %`.
  package var signedChange: String {
    (change < 0 ? "-" : "+") + threshold(change.magnitude)
  }
}

extension [GoalResult] {
  /// The number of goals in each state, as in `1 goal not met, 2 open`; nil if there are none.
  var summary: String? {
    let words: [GoalRow.State.Kind: String] = [.notMet: "not met", .open: "open", .met: "met"]
    let parts = GoalRow.State.Kind.allCases.compactMap { kind in
      let number = self.count { $0.state == kind }
      return number > 0 ? (number, words[kind] ?? "") : nil
    }
    guard let first = parts.first else { return nil }
    let rest = parts.dropFirst().map { "\($0.0) \($0.1)" }
    return (["\(Reports.count(first.0, "goal")) \(first.1)"] + rest).joined(separator: ", ")
  }
}

extension GoalResult {
  /// The look of the goal, in every rendering.
  var look: RowLook {
    switch state {
    case .met: RowLook(.better, "✓", "🟢")
    case .notMet where goal.fails: RowLook(.worse, "✗", "🔴")
    case .notMet: RowLook(.doubt, "~", "🟠")
    case .open: RowLook(.doubt, "?", "⚪")
    }
  }
}
