import Verdicts

/// Results of series as lines of a table, of which some kinds are wanted here and some there.
struct MarkdownTable {
  private let report: SuiteReport
  /// The worst first.
  private let rows: [ReportRow]

  init(_ rows: [ReportRow], in report: SuiteReport) {
    (self.rows, self.report) = (rows, report)
  }

  /// The table of the rows that are wanted; nothing where there are none.
  ///
  /// Of more rows than fit in any comment there are just so many that they do not fit.
  func lines(_ form: Form = .whole, where isWanted: (ReportRow) -> Bool) -> [String] {
    let wanted = rows.lazy.filter(isWanted).prefix(Self.tooMany)
    let rows = wanted.map { Row($0, in: report) }
    guard !rows.isEmpty else { return [] }
    return switch form {
    case .whole: Self.head(rows) + rows.map(Self.line)
    case .brief: Self.briefHead + rows.map(Self.briefLine)
    }
  }

  /// How much of a row there is room for.
  enum Form { case whole, brief }

  /// How many of all rows fail.
  var failing: Int { rows.count(where: \.outcome.fails) }

  /// How many of these are regressions, which stand first.
  var regressions: Int { rows.count(where: \.isRegression) }

  /// A row has at least 40 bytes.
  private static let tooMany = Comment.limit / 40

  /// Its lines above the first row.
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
  /// The budgets' own table; nothing where there are none.
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
