import Verdicts

/// Results of series as lines of a table, from which each caller takes the kinds that it wants.
struct MarkdownTable {
  private let report: SuiteReport
  /// The rows, the worst first.
  private let rows: [ReportRow]

  init(_ rows: [ReportRow], in report: SuiteReport) {
    (self.rows, self.report) = (rows, report)
  }

  /// Returns the table of the wanted rows; nothing if there are none.
  ///
  /// If more rows are wanted than fit in any comment, only so many are returned that they do not
  /// fit.
  func lines(_ form: Form = .whole, where isWanted: (ReportRow) -> Bool) -> [String] {
    let wanted = rows.lazy.filter(isWanted).prefix(Self.tooMany)
    let rows = wanted.map { Row($0, in: report) }
    guard !rows.isEmpty else { return [] }
    return switch form {
    case .whole: Self.head(rows) + rows.map(Self.line)
    case .brief: Self.briefHead + rows.map(Self.briefLine)
    }
  }

  /// The amount of a row that there is room for.
  enum Form { case whole, brief }

  /// The number of all rows that fail.
  var failing: Int { rows.count(where: \.outcome.fails) }

  /// The number of these that are regressions, which come first.
  var regressions: Int { rows.count(where: \.isRegression) }

  /// The number of rows that fill any comment; a row has at least 40 bytes.
  private static let tooMany = Comment.limit / 40

  /// The number of lines above the first row.
  static let headHeight = 2

  private static func head(_ rows: [Row]) -> [String] {
    [
      "| Benchmark | Metric | Base | Head | Change, \(figure(rows.map(\.interval).title)) | p | Verdict |",
      "|---|---|--:|--:|--:|--:|---|",
    ]
  }

  private static let briefHead = ["| Benchmark | Metric | Change | Verdict |", "|---|---|--:|---|"]

  private static func briefLine(_ row: Row) -> String {
    "| \(code(row.benchmark)) | \(code(row.metric)) | \(figure(row.change)) "
      + "| \(row.look.icon) \(row.kind.rawValue) |"
  }

  private static func line(_ row: Row) -> String {
    let change = [row.change, row.interval.text].filter { !$0.isEmpty }.map(figure)
    let cells = [
      code(row.benchmark), code(row.metric), figure(row.old), figure(row.new),
      change.joined(separator: " "), figure(row.p),
      "\(row.look.icon) \(cell(row.verdict))",
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }
}

extension MarkdownTable {
  /// Returns the budgets' own table; nothing if there are none.
  static func lines(of all: [BudgetRow]) -> [String] {
    let budgets = all.prefix(tooMany)
    guard !budgets.isEmpty else { return [] }
    return [
      "| Benchmark | Metric | Budget | Head | \(budgets.map(\.interval).title) | Verdict |",
      "|---|---|--:|--:|--:|---|",
    ]
      + budgets.map { row in
        let cells = [
          code(row.benchmark), code(row.metric), figure(row.budget), figure(row.measured),
          figure(row.interval.text), "\(row.look.icon) \(cell(row.verdict))",
        ]
        return "| " + cells.joined(separator: " | ") + " |"
      }
  }
}
