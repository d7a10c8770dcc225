import Verdicts

extension Rendering {
  package static let github = Rendering(
    name: "github", summary: "annotations of a GitHub workflow, with its summary and outputs"
  ) { report, _ in Annotations(report: report).text }
}

/// Workflow commands that GitHub shows beside a job: what fails as errors, what nobody could decide as
/// warnings, and a notice with the outcome.
struct Annotations {
  let report: Report

  /// GitHub shows ten of each kind of a step, and drops the rest without a word.
  private static let most = 10

  var text: String {
    let rows = report.rows(Set(Verdict.Kind.allCases), of: report.assessment, all: false)
    let budgets = report.decision.budgetRows([.broken]).map(line)
    let since = report.decision.anchored.map { report.rows([.regression], of: $0, all: false) }
    let failing =
      rows.filter(isFailing).map { line("error", $0) }
      + (since ?? []).map { line("error", $0, remark: "since the anchor, ") } + budgets
    let doubtful = rows.filter { !isFailing($0) && [.inconclusive, .collapsed].contains($0.kind) }
      .map { line("warning", $0) }
    let outcome = command("notice", "perf-gate", report.summary)
    let lines = cut(failing, "error") + cut(doubtful, "warning") + [outcome]
    return lines.joined(separator: "\n") + "\n"
  }

  private func isFailing(_ row: Row) -> Bool {
    row.isFailing || row.kind == .regression
      || row.kind == .inconclusive && report.policy.failsInconclusive
  }

  /// As many as are shown, the last one with a count of the others.
  private func cut(_ lines: [String], _ kind: String) -> [String] {
    guard lines.count > Self.most else { return lines }
    let others = lines.count - Self.most + 1
    return lines.prefix(Self.most - 1) + [
      command(kind, "perf-gate", "and \(others) more like these")
    ]
  }

  private func line(_ kind: String, _ row: Row, remark: String = "") -> String {
    let numbers = row.old.isEmpty ? "" : ": \(row.old) → \(row.new), \(row.change)"
    let interval = row.interval.text.isEmpty ? "" : " \(row.interval.text)"
    return command(
      kind, "\(row.benchmark) \(row.metric)", "\(remark)\(row.verdict)\(numbers)\(interval)")
  }

  private func line(_ row: BudgetRow) -> String {
    command(
      "error", "\(row.benchmark) \(row.metric)", "\(row.measured) of \(row.budget): \(row.verdict)")
  }

  /// `::error title=…::…`; what a runner would take for another command, or for the end of this one, is
  /// written by its number.
  private func command(_ kind: String, _ title: String, _ message: String) -> String {
    let title = Self.escaped(title.visible(limit: 120)).replacing(":", with: "%3A")
      .replacing(",", with: "%2C")
    return "::\(kind) title=\(title)::\(Self.escaped(message.visible(limit: 500)))"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }
}
