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
    foremost + (report.hasSeveralParts ? several : only) + wayForward
  }

  private var foremost: [String] {
    let lines = report.foremost
    return lines.isEmpty ? [] : lines + [""]
  }

  private var only: [String] {
    report.parts.flatMap { TextBlock(report: $0, style: style).lines } + [sum] + remarks
  }

  private var several: [String] {
    let blocks = report.parts.flatMap { part in
      [report.title(of: part)] + TextBlock(report: part, style: style).lines
        + [sum(part.summary, part.outcome), ""]
    }
    return blocks + ["in all: \(sum)"] + remarks
  }

  private var remarks: [String] {
    report.notes.map { "note: \($0.visible(limit: 500))" }
      + report.allWarnings.map { "warning: \($0.visible(limit: 500))" }
  }

  private var wayForward: [String] {
    guard report.outcome == .regression else { return [] }
    return [
      "next: `perf-gate --explain <name>` shows why, `perf-gate --accept <name> --reason <why>` "
        + "permits it"
    ]
  }

  private var sum: String { sum(report.summary, report.outcome) }

  private func sum(_ summary: String, _ outcome: Outcome?) -> String {
    let isBad = outcome.map { $0.status != 0 } ?? false
    return style.paint(summary, isBad ? .regression : nil)
  }
}

/// What the page says of one part.
private struct TextBlock {
  let report: SuiteReport
  let style: Style

  var lines: [String] {
    report.told.map { $0.visible(limit: 1000) } + heading + [""] + table(of: report.assessment)
      + sinceAnchor + budgets
  }

  private var heading: [String] {
    (report.circumstances + skipped.map { Circumstance(name: "skipped", text: $0) }).map { fact in
      fact.name + String(repeating: " ", count: 12 - fact.name.count) + fact.text
    }
  }

  private var skipped: [String] {
    let all = report.origin.skipped
    let shown = style.verbose ? all : Array(all.prefix(3))
    let rest = all.count - shown.count
    return shown.map { $0.visible(limit: 300) } + (rest > 0 ? ["and \(rest) more"] : [])
  }

  private var sinceAnchor: [String] {
    guard let assessment = report.decision.anchored else { return [] }
    let title = "since \(report.anchor?.party?.label ?? "the anchor")"
    let rows = table(of: assessment)
    return rows.isEmpty
      ? ["\(title): \(assessment.summary ?? "nothing")", ""] : ["\(title):"] + rows
  }

  private var budgets: [String] {
    let rows = report.decision.budgetRows(
      style.verbose ? BudgetRuling.State.Kind.allCases : [.broken, .incomparable, .inconclusive])
    return rows.isEmpty ? [] : BudgetTable(rows: rows, style: style).lines + [""]
  }

  /// Every regression is shown; of the rest enough to see what it is about.
  private func table(of assessment: Assessment) -> [String] {
    let kinds = Set(Verdict.Kind.allCases)
    let rows = report.rows(
      style.verbose ? kinds : kinds.subtracting([.unchanged]), of: assessment, all: style.verbose)
    guard !rows.isEmpty else { return [] }
    let urgent = rows.count { $0.kind == .regression }
    let shown = style.verbose ? rows : Array(rows.prefix(urgent + Self.limit))
    let more = rows.count - shown.count
    return JudgementTable(rows: shown, style: style).lines
      + (more > 0 ? ["  and \(more) more, see them with --verbose"] : []) + [""]
  }

  private static let limit = 20
}
