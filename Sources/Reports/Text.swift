import Measurements
import Verdicts

extension Rendering {
  package static let text = Rendering(
    name: "text", summary: "for a terminal"
  ) { report, style in
    TextPage(report: report, style: style).lines.joined(separator: "\n") + "\n"
  }
}

/// The page that a person sees after a gate: what was compared, what changed, the sum.
private struct TextPage {
  let report: Report
  let style: Style

  var lines: [String] {
    heading + [""] + table + [report.assessment.summary]
      + report.warnings.map { "warning: \($0.visible(limit: 500))" }
  }

  private var heading: [String] {
    let family = report.assessment.familySize
    let machine = report.candidate.environment.map { ["machine    \($0.summary)"] } ?? []
    return [
      "baseline   \(report.baseline.summary), \(report.origin.explanation.visible())",
      "candidate  \(report.candidate.summary)",
    ] + machine + [
      "test       Mann-Whitney, alpha \(report.policy.alpha), "
        + "\(report.policy.correctionName) over \(family), "
        + "threshold ±\(threshold(report.policy.threshold))"
    ] + skipped
  }

  private var skipped: [String] {
    guard !report.origin.skipped.isEmpty else { return [] }
    let shown = style.verbose ? report.origin.skipped : Array(report.origin.skipped.prefix(3))
    let rest = report.origin.skipped.count - shown.count
    return shown.map { "skipped    \($0.visible(limit: 300))" }
      + (rest > 0 ? ["skipped    and \(rest) more"] : [])
  }

  private var table: [String] {
    let rows = report.rows(
      style.verbose
        ? Set(Verdict.Kind.allCases) : Set(Verdict.Kind.allCases).subtracting([.unchanged]))
    guard !rows.isEmpty else { return [] }
    // Every regression is shown; of the rest enough to see what it is about.
    let urgent = rows.filter { $0.kind == .regression }
    let others = rows.filter { $0.kind != .regression }
    let shown = urgent + (style.verbose ? others : Array(others.prefix(Self.limit)))
    let more = rows.count - shown.count
    return TextTable(rows: shown, color: style.color).lines
      + (more > 0 ? ["  and \(more) more, see them with --verbose"] : []) + [""]
  }

  private static let limit = 20
}

/// Columns as wide as their widest cell, numbers to the right.
private struct TextTable {
  let rows: [Row]
  let color: Bool

  var lines: [String] {
    let cells =
      [["", "benchmark", "metric", "base", "head", "change", "p", "verdict"]] + rows.map(cells)
    let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    return cells.enumerated().map { index, line in
      let text = zip(line, widths).enumerated().map { column, cell in
        pad(cell.0, cell.1, right: (3...6).contains(column))
      }.joined(separator: "  ")
      return paint(text.trimmingEnd, index == 0 ? nil : rows[index - 1].kind)
    }
  }

  private func cells(_ row: Row) -> [String] {
    [
      row.kind.mark, row.benchmark.visible(limit: 60), row.metric.visible(limit: 40), row.old,
      row.new, row.change, row.p, row.verdict,
    ]
  }

  private func pad(_ text: String, _ width: Int, right: Bool) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return right ? space + text : text + space
  }

  private func paint(_ text: String, _ kind: Verdict.Kind?) -> String {
    guard color, let code = kind?.colorCode else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}

extension Verdict.Kind {
  fileprivate var mark: String {
    switch self {
    case .regression, .missing: "✗"
    case .improvement: "✓"
    case .inconclusive, .incomparable: "?"
    case .new: "+"
    case .unchanged: " "
    }
  }

  fileprivate var colorCode: Int? {
    switch self {
    case .regression, .missing: 31
    case .improvement: 32
    case .inconclusive, .incomparable: 33
    case .new, .unchanged: nil
    }
  }
}

extension String {
  fileprivate var trimmingEnd: String {
    String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)])
  }
}
