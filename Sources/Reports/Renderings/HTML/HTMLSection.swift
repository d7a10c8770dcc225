import Measurements
import Verdicts

/// The section of a page about one part.
struct HTMLSection {
  let report: SuiteReport
  private let changes: Changes
  private let sinceAnchor: Changes

  init(_ report: SuiteReport) {
    self.report = report
    changes = Changes(report.rows, in: report)
    sinceAnchor = Changes(report.anchoredRows, in: report)
  }

  /// Writes the facts that are reported for the part, the sides that were compared, and the way
  /// they were compared.
  func circumstances(_ html: inout HTML) {
    html.list(report.told) { $0.sentence($1) }
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

  func main(_ html: inout HTML) {
    pictures(&html)
    tasks(&html)
    anchor(&html)
    budgets(&html)
    goals(&html)
    folds(&html)
  }

  private func pictures(_ html: inout HTML) {
    guard !changes.urgent.isEmpty else { return }
    html.line("h2", text: "What changed, the worst first")
    if changes.urgent.contains(where: { $0.seriesResult.comparison != nil }) { html.markup(.key) }
    for change in changes.urgent { html.article(change) }
  }

  /// Writes what was solved, and the tasks that were lost or won.
  private func tasks(_ html: inout HTML) {
    let blocks = report.taskBlocks
    guard !blocks.isEmpty else { return }
    html.line("h2", text: "Tasks")
    for block in blocks {
      html.line("p") { html in
        html.code(block.benchmark)
        html.markup(" ")
        html.element("small", text: block.metric)
        html.write(": \(block.solved)")
      }
      html.list(block.lists) { html, list in
        html.write("\(list.title): ")
        for (place, name) in list.names.enumerated() {
          if place > 0 { html.write(", ") }
          html.code(name)
        }
        html.write(list.rest)
      }
    }
  }

  private func anchor(_ html: inout HTML) {
    guard let party = report.anchor?.party, let familyResult = report.decision.anchored else {
      return
    }
    html.line("h2", text: "Since \(party.label)")
    html.line("p", text: familyResult.summary ?? "nothing in common")
    html.table(of: sinceAnchor.urgent.map(\.row))
    html.folds(sinceAnchor.quiet.filter { $0.key == .waived })
  }

  private func budgets(_ html: inout HTML) {
    let rows = report.budgetRows
    let urgent = rows.filter { $0.outcome.place == .open }.map(BudgetRow.init)
    let kept = rows.filter(\.isKeptBudget).map(BudgetRow.init)
    guard let summary = report.decision.budgetSummary else { return }
    html.line("h2", text: "Budgets")
    html.line("p", text: summary)
    html.table(of: urgent)
    html.fold("\(count(kept.count, "budget")) kept", kept) { $0.table(of: $1) }
  }

  private func goals(_ html: inout HTML) {
    let goals = report.decision.goals
    guard !goals.isEmpty else { return }
    html.line("h2", text: "Goals")
    for goal in goals { html.line("p", text: "\(goal.look.mark) \(goal.words)") }
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
}
