import Verdicts

/// What is folded away until a reader asks for it.
extension Comment {
  func folded(_ length: Length) -> [String] {
    switch length {
    case .full: details(.inconclusive) + details(.new) + keptBudgets + allRows
    case .withoutUnchanged: details(.inconclusive) + details(.new) + keptBudgets
    case .withoutDetails, .regressionsOnly: []
    }
  }

  private func details(_ kind: Verdict.Kind) -> [String] {
    let lines = table.lines { $0.kind == kind && !Self.isUrgent($0) }
    return lines.isEmpty ? [] : details(kind.counted(lines.count - 2), lines)
  }

  private var keptBudgets: [String] {
    let rows = report.decision.budgetRows([.kept])
    return rows.isEmpty
      ? [] : details("\(count(rows.count, "budget")) kept", MarkdownTable.lines(of: rows))
  }

  /// Only where there are rows that stand nowhere else.
  private var allRows: [String] {
    guard report.assessment.counts[.unchanged] != 0 else { return [] }
    let number = report.assessment.judgements.count
    let rows = report.rows(Set(Verdict.Kind.allCases), of: report.assessment, all: true)
    return details(
      "all \(count(number, "row"))", MarkdownTable(rows).lines { _ in true })
  }

  private func details(_ title: String, _ lines: [String]) -> [String] {
    ["<details><summary>\(title)</summary>", ""] + lines + ["", "</details>"]
  }

  /// Only ids go into commands: a name is somebody's text, and commands are for copying.
  var reproduction: [String] {
    guard let old = report.baseline.commitID, let new = report.candidate.commitID else { return [] }
    return details(
      "reproduce, look closer, accept",
      [
        "```sh",
        "# measure again: check out, then run perf-record as it was run before",
        "git checkout \(new)",
        "# look closer: every row",
        "perf-diff --verbose \(old) \(new)",
        "# look closer: every number of one decision",
        "perf-gate --explain '<benchmark>' --against \(old) \(new)",
        "# accept: commit a permission that ends",
        "perf-gate --accept '<benchmark>' --reason '<why>' --against \(old) \(new)",
        "```",
      ])
  }

  /// As many as are worth the room; none where regressions need it.
  func warnings(_ length: Length) -> [String] {
    let shown = length == .regressionsOnly ? [] : report.warnings.prefix(10)
    let rest = report.warnings.count - shown.count
    let lines =
      report.notes.prefix(10).map { "- 💡 \(sentence($0))" }
      + shown.map { "- ⚠️ \(cell($0.visible(limit: 200)))" }
    return lines + (rest > 0 ? ["- ⚠️ \(count(rest, "warning")) not shown here"] : [])
  }
}
