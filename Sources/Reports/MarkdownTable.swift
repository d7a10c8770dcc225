import Verdicts

/// Rows as lines of a table, of which some kinds are wanted here and some there.
struct MarkdownTable {
  private let rows: [(row: Row, line: String)]

  init(_ rows: [Row]) { self.rows = rows.map { ($0, Self.line($0)) } }

  /// The table of the rows that are wanted; nothing where there are none.
  ///
  /// - Parameter most: The most rows that are wanted.
  func lines(first most: Int = .max, where isWanted: (Row) -> Bool) -> [String] {
    let wanted = rows.filter { isWanted($0.row) }.prefix(most)
    return wanted.isEmpty ? [] : Self.head(wanted.map(\.row)) + wanted.map(\.line)
  }

  private static func head(_ rows: [Row]) -> [String] {
    [
      "| Benchmark | Metric | Base | Head | Change, \(figure(rows.map(\.interval).title)) | p | Verdict |",
      "|---|---|--:|--:|--:|--:|---|",
    ]
  }

  private static func line(_ row: Row) -> String {
    let change = [row.change, row.interval.text].filter { !$0.isEmpty }.map(figure)
    let cells = [
      code(row.benchmark), code(row.metric), figure(row.old), figure(row.new),
      change.joined(separator: " "), figure(row.p),
      "\(row.kind.icon) \(cell(row.verdict))",
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }
}

extension MarkdownTable {
  /// The budgets' own table.
  static func lines(of budgets: [BudgetRow]) -> [String] {
    [
      "| Benchmark | Metric | Budget | Head | \(budgets.map(\.interval).title) | Verdict |",
      "|---|---|--:|--:|--:|---|",
    ]
      + budgets.map { row in
        let cells = [
          code(row.benchmark), code(row.metric), figure(row.budget), figure(row.measured),
          figure(row.interval.text), "\(row.kind.icon) \(cell(row.verdict))",
        ]
        return "| " + cells.joined(separator: " | ") + " |"
      }
  }
}

extension BudgetRuling.State.Kind {
  fileprivate var icon: String {
    switch self {
    case .broken: "🔴"
    case .incomparable: "⚠️"
    case .inconclusive: "⚪"
    case .kept: "➖"
    }
  }
}

extension Verdict.Kind {
  fileprivate var icon: String {
    switch self {
    case .regression: "🔴"
    case .improvement: "🟢"
    case .missing, .failed, .renamed: "⛔"
    case .collapsed: "❓"
    case .waived: "🟡"
    case .inconclusive: "⚪"
    case .incomparable: "⚠️"
    case .new: "🆕"
    case .unchanged: "➖"
    }
  }
}
