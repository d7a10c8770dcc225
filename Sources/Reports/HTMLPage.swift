import Measurements
import Verdicts

extension Rendering {
  package static let html = Rendering(
    name: "html", summary: "a page with a picture of each change"
  ) { report, _ in
    var html = HTML()
    HTMLPage(report).write(to: &html)
    return html.text
  }
}

/// The report for a browser: in one file, without a script, and without anything from elsewhere.
private struct HTMLPage {
  private let report: Report
  private let changes: Changes
  private let sinceAnchor: Changes

  init(_ report: Report) {
    self.report = report
    changes = Changes(report.assessment, in: report)
    sinceAnchor = report.decision.anchored.map { Changes($0, in: report) } ?? Changes()
  }

  func write(to html: inout HTML) {
    html.markup("<!DOCTYPE html>\n")
    html.block("html", " lang=\"en\"") { html in
      html.block("head") { head(&$0) }
      html.block("body") { html in
        html.block("header") { header(&$0) }
        html.block("main") { main(&$0) }
        html.line("footer") { $0.write("written by \(report.tool), \(topic)") }
      }
    }
  }

  /// `server, suite default`.
  private var topic: String {
    [report.scope.project, "suite \(report.suite)"].compactMap(\.self).joined(separator: ", ")
  }

  private func head(_ html: inout HTML) {
    html.markup(
      """
      <meta charset="utf-8"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>

      """)
    html.line("title", text: "\(report.headline?.says ?? "Comparison"): \(topic)")
    html.block("style") { $0.markup(.style) }
  }

  private func header(_ html: inout HTML) {
    if let words = report.headline {
      html.line("h1", text: "\(words.icon) \(words.says)")
      html.line("p", text: "\(report.summary); \(words.asks).")
    } else {
      html.line("h1", text: report.summary)
    }
    html.block("dl") { html in
      for fact in report.circumstances + rounds {
        html.element("dt", text: fact.name)
        html.line("dd", text: fact.text)
      }
    }
  }

  private var rounds: [Circumstance] {
    report.roundsText.map { [Circumstance(name: "rounds", text: $0)] } ?? []
  }

  private func main(_ html: inout HTML) {
    pictures(&html)
    anchor(&html)
    budgets(&html)
    folds(&html)
    remarks(&html)
  }

  private func pictures(_ html: inout HTML) {
    guard !changes.urgent.isEmpty else { return }
    html.line("h2", text: "What changed, the worst first")
    if changes.urgent.contains(where: { $0.judgement.comparison != nil }) { html.markup(.key) }
    for change in changes.urgent { html.article(change) }
  }

  private func anchor(_ html: inout HTML) {
    guard let party = report.anchor?.party, let assessment = report.decision.anchored else {
      return
    }
    html.line("h2", text: "Since \(party.label)")
    html.line("p", text: assessment.summary ?? "nothing in common")
    html.table(of: sinceAnchor.urgent.map(\.row))
    html.folds(sinceAnchor.quiet.filter { $0.key == .waived })
  }

  private func budgets(_ html: inout HTML) {
    let urgent = report.decision.budgetRows([.broken, .incomparable, .inconclusive])
    let kept = report.decision.budgetRows([.kept])
    guard let summary = report.decision.budgetSummary else { return }
    html.line("h2", text: "Budgets")
    html.line("p", text: summary)
    html.table(of: urgent)
    html.fold("\(count(kept.count, "budget")) kept", kept) { $0.table(of: $1) }
  }

  private func folds(_ html: inout HTML) {
    guard !changes.rows.isEmpty else {
      return html.line("p", text: "There is no series to show.")
    }
    html.line("h2", text: "All series")
    html.folds(changes.quiet)
    guard changes.hasOrdinary else { return }
    html.fold("all \(count(changes.rows.count, "row"))", changes.rows) { $0.table(of: $1) }
  }

  private func remarks(_ html: inout HTML) {
    let (notes, skipped) = (report.notes, report.origin.skipped)
    if !notes.isEmpty || !report.warnings.isEmpty || !skipped.isEmpty {
      html.line("h2", text: "Remarks")
    }
    html.list(notes) { $0.sentence("note: \($1)") }
    html.list(report.warnings) { $0.write("warning: \($1)") }
    html.fold("\(count(skipped.count, "commit")) passed over", skipped) { html, skipped in
      html.list(skipped) { $0.write($1) }
    }
  }
}
