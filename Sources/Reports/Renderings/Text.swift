import Measurements
import Verdicts

extension Rendering {
  package static let text = Rendering(
    name: "text", summary: "for a terminal"
  ) { report, style in
    TextPage(report: report, style: style).lines.joined(separator: "\n") + "\n"
  }
}

/// The page that a person sees after a gate: the sides that were compared, the changes, the sum.
private struct TextPage {
  let report: Report
  let style: Style

  var lines: [String] {
    if report.isOfSeveralCandidates {
      return foremost + RevisionTable(report.parts, style: style).text + parseNotes
    }
    return foremost + (report.hasSeveralParts ? several : only) + wayForward
  }

  private var foremost: [String] {
    let lines = report.foremost
    return lines.isEmpty ? [] : lines + [""]
  }

  private var only: [String] {
    report.parts.flatMap { TextBlock(report: $0, style: style).lines } + [sum] + parseNotes
  }

  private var several: [String] {
    let blocks = report.parts.flatMap { part in
      [report.title(of: part)] + TextBlock(report: part, style: style).lines
        + [sum(part.summary, part.outcome), ""]
    }
    return blocks + ["in all: \(sum)"] + parseNotes
  }

  private var parseNotes: [String] {
    report.notes.map { "note: \($0.visible(limit: 500))" }
      + (style.verbose ? report.allWarnings : report.allWarnings.grouped).map {
        "warning: \($0.visible(limit: 500))"
      }
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
    return style.paint(summary, isBad ? .worse : .plain)
  }
}

/// The block of the page about one part.
private struct TextBlock {
  let report: SuiteReport
  let style: Style

  var lines: [String] {
    report.told.map { $0.visible(limit: 1000) } + heading + [""] + table(of: report.rows)
      + tasks + sinceAnchor + budgets + goals
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

  /// What was solved, and the tasks that were lost or won.
  private var tasks: [String] {
    let blocks = report.taskBlocks
    return blocks.isEmpty
      ? []
      : blocks.flatMap { block in
        [
          "\(block.benchmark.visible(limit: 60)) \(block.metric.visible(limit: 40)): \(block.solved)"
        ]
          + block.lists.map { list in
            "  \(list.title): "
              + list.names.map { $0.visible(limit: 60) }.joined(separator: ", ") + list.rest
          }
      } + [""]
  }

  private var sinceAnchor: [String] {
    guard let familyResult = report.decision.anchored else { return [] }
    let title = "since \(report.anchor?.party?.label ?? "the anchor")"
    let rows = table(of: report.anchoredRows)
    return rows.isEmpty
      ? ["\(title): \(familyResult.summary ?? "nothing")", ""] : ["\(title):"] + rows
  }

  private var budgets: [String] {
    let rows = report.budgetRows.filter { style.verbose || $0.outcome.place == .open }
      .map(BudgetRow.init)
    return rows.isEmpty ? [] : BudgetTable(rows: rows, style: style).lines + [""]
  }

  private var goals: [String] {
    let lines = report.decision.goals.map { goal in
      style.paint("\(goal.look.mark) \(goal.words)", goal.look.tone)
    }
    return lines.isEmpty ? [] : lines + [""]
  }

  /// Returns the table. It has every regression, and of the other rows enough to see what the
  /// result is about.
  private func table(of all: [ReportRow]) -> [String] {
    let wanted = all.filter { style.verbose || $0.outcome.place != .listed }
    guard !wanted.isEmpty else { return [] }
    let urgent = wanted.count(where: \.isRegression)
    let shown = style.verbose ? wanted : Array(wanted.prefix(urgent + Self.limit))
    return SeriesResultTable(rows: shown.map { Row($0, in: report) }, style: style).lines
      + omission(of: wanted.dropFirst(shown.count)) + [""]
  }

  private func omission(of rows: ArraySlice<ReportRow>) -> [String] {
    let failing = rows.count(where: \.outcome.fails)
    let parseNote = failing > 0 ? " (\(failing) \(failing == 1 ? "fails" : "fail"))" : ""
    return rows.isEmpty ? [] : ["  and \(rows.count) more\(parseNote), see them with --verbose"]
  }

  private static let limit = 20
}
