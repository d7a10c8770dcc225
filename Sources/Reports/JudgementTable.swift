import Verdicts

/// The rows of a report for a terminal; ordinary ones fit 100 columns.
struct JudgementTable {
  let rows: [Row]
  let style: Style

  var lines: [String] {
    let kinds = [nil] + rows.map(\.kind)
    return zip(textTable(rows, columns), kinds).map { style.paint($0, $1) }
  }

  private var columns: [TextColumn<Row>] {
    [
      TextColumn(title: "  benchmark") { "\($0.kind.mark) \($0.benchmark.visible(limit: 60))" },
      TextColumn(title: "metric") { $0.metric.visible(limit: 40) },
      TextColumn(title: "base", right: true, cell: \.old),
      TextColumn(title: "head", right: true, cell: \.new),
      TextColumn(title: "change", right: true, cell: \.change),
      TextColumn(title: rows.map(\.interval).title, right: true, cell: \.interval.text),
      // For those who ask for more; the others have it in the verdict.
      TextColumn(title: "p", right: true) { style.verbose ? $0.p : "" },
      TextColumn(title: "verdict", cell: \.verdict),
    ]
  }
}

extension Style {
  /// The text in the color of a verdict, where there is color.
  func paint(_ text: String, _ kind: Verdict.Kind?) -> String {
    guard color, let code = kind?.colorCode else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}

extension Verdict.Kind {
  var mark: String {
    switch self {
    case .regression, .missing, .notMeasured, .failed, .renamed: "✗"
    case .improvement: "✓"
    case .waived, .inherited: "~"
    case .inconclusive, .incomparable, .collapsed: "?"
    case .new: "+"
    case .unchanged: " "
    }
  }

  fileprivate var colorCode: Int? {
    switch self {
    case .regression, .missing, .notMeasured, .failed, .renamed: 31
    case .improvement: 32
    case .inconclusive, .incomparable, .collapsed, .waived, .inherited: 33
    case .new, .unchanged: nil
    }
  }
}
