import Verdicts

/// The sections that are folded away until a reader asks for them.
extension CommentSection {
  func folded(_ length: Comment.Length) -> [[String]] {
    switch length {
    case .full: [quietKinds + keptBudgets + allRows]
    case .withoutUnchanged: [quietKinds + keptBudgets]
    case .withoutDetails, .failingOnly, .failingBriefly: []
    }
  }

  private var quietKinds: [String] {
    Verdict.Kind.folded.flatMap { details($0, in: table) }
      + details(.waived, in: sinceAnchor, " since the anchor")
  }

  private func details(
    _ kind: Verdict.Kind, in table: MarkdownTable, _ parseNote: String = ""
  ) -> [String] {
    let lines = table.lines { $0.seriesResult.verdict.kind == kind && $0.outcome.place == .folded }
    let number = lines.count - MarkdownTable.headHeight
    return lines.isEmpty ? [] : Comment.details(kind.counted(number) + parseNote, lines)
  }

  private var keptBudgets: [String] {
    let rows = report.budgetRows.filter(\.isKeptBudget).map(BudgetRow.init)
    return rows.isEmpty
      ? [] : Comment.details("\(count(rows.count, "budget")) kept", MarkdownTable.lines(of: rows))
  }

  /// The table of all rows; only if there are rows that stand nowhere else.
  private var allRows: [String] {
    guard report.outcomes.series.contains(where: { $0.place == .listed }) else { return [] }
    let number = report.familyResult.seriesResults.count
    return Comment.details("all \(count(number, "row"))", table.lines { _ in true })
  }
}

extension Verdict.Kind {
  /// The kinds in the order in which a comment folds them away.
  fileprivate static var folded: [Verdict.Kind] {
    let first: [Verdict.Kind] = [.inconclusive, .missing, .new, .waived]
    return first + allCases.filter { !first.contains($0) }
  }
}
