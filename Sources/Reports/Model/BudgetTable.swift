import Measurements
import Verdicts

/// The budgets of a report as a table for a terminal.
struct BudgetTable {
  let rows: [BudgetRow]
  let style: Style

  var lines: [String] { style.table(rows, columns, tone: \.look.tone) }

  private var columns: [TextColumn<BudgetRow>] {
    [
      TextColumn(title: "  benchmark") { "\($0.look.mark) \($0.benchmark.visible(limit: 60))" },
      TextColumn(title: "metric") { $0.metric.visible(limit: 40) },
      TextColumn(title: "budget", right: true, cell: \.budget),
      TextColumn(title: "head", right: true, cell: \.measured),
      TextColumn(title: rows.map(\.interval).title, right: true, cell: \.interval.text),
      TextColumn(title: "verdict", cell: \.verdict),
    ]
  }
}
