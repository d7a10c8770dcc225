import Verdicts

/// What is folded away until a reader asks for it.
extension Comment {
  func folded(_ length: Length) -> [String] {
    switch length {
    case .full: quietKinds + keptBudgets + allRows
    case .withoutUnchanged: quietKinds + keptBudgets
    case .withoutDetails, .failingOnly, .failingBriefly: []
    }
  }

  private var quietKinds: [String] {
    [.inconclusive, .missing, .new, .waived].flatMap { details($0, in: table) }
      + details(.waived, in: sinceAnchor, " since the anchor")
  }

  private func details(
    _ kind: Verdict.Kind, in table: MarkdownTable, _ remark: String = ""
  ) -> [String] {
    let lines = table.lines { $0.verdict.kind == kind && !$0.isUrgent && !$0.isOrdinary }
    let number = lines.count - MarkdownTable.headHeight
    return lines.isEmpty ? [] : Self.details(kind.counted(number) + remark, lines)
  }

  private var keptBudgets: [String] {
    let rows = report.decision.budgetRows([.kept])
    return rows.isEmpty
      ? [] : Self.details("\(count(rows.count, "budget")) kept", MarkdownTable.lines(of: rows))
  }

  /// Only where there are rows that stand nowhere else.
  private var allRows: [String] {
    guard report.assessment.judgements.contains(where: \.isOrdinary) else { return [] }
    let number = report.assessment.judgements.count
    return Self.details("all \(count(number, "row"))", table.lines { _ in true })
  }

  static func details(_ title: String, _ lines: [String]) -> [String] {
    ["<details><summary>\(title)</summary>", ""] + lines + ["", "</details>"]
  }

  /// As many as are worth the room; none where regressions need it.
  func warnings(_ length: Length) -> [String] {
    let shown = [.failingOnly, .failingBriefly].contains(length) ? [] : report.warnings.prefix(10)
    let rest = report.warnings.count - shown.count
    let lines = shown.map { "- ⚠️ \(cell($0.visible(limit: 200)))" }
    return notes + lines + (rest > 0 ? ["- ⚠️ \(count(rest, "warning")) not shown here"] : [])
  }
}
