import Verdicts

/// The budgets of a report for a terminal.
struct BudgetTable {
  let rows: [BudgetRow]
  let style: Style

  var lines: [String] {
    let kinds = [nil] + rows.map(\.kind)
    return zip(textTable(rows, columns), kinds).map { style.paint($0, $1?.color) }
  }

  private var columns: [TextColumn<BudgetRow>] {
    [
      TextColumn(title: "  benchmark") { "\($0.kind.mark) \($0.benchmark.visible(limit: 60))" },
      TextColumn(title: "metric") { $0.metric.visible(limit: 40) },
      TextColumn(title: "budget", right: true, cell: \.budget),
      TextColumn(title: "head", right: true, cell: \.measured),
      TextColumn(title: rows.map(\.interval).title, right: true, cell: \.interval.text),
      TextColumn(title: "verdict", cell: \.verdict),
    ]
  }
}

extension BudgetRuling.State.Kind {
  var mark: String {
    switch self {
    case .broken: "✗"
    case .incomparable, .inconclusive: "?"
    case .kept: " "
    }
  }

  /// That of the verdict it comes nearest to.
  var color: Verdict.Kind {
    switch self {
    case .broken: .regression
    case .incomparable, .inconclusive: .inconclusive
    case .kept: .unchanged
    }
  }
}
