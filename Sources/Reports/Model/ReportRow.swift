import Measurements
package import Verdicts

/// A judgement, and what the gate makes of it.
package struct ReportRow: Sendable {
  package let seriesResult: SeriesResult
  package let outcome: RowOutcome
}

/// The same of a budget.
struct RuledRow: Sendable {
  let ruling: BudgetRuling
  let outcome: RowOutcome
}

extension SuiteReport {
  /// The judgements against the baseline, the worst first.
  package var rows: [ReportRow] { Self.worstFirst(familyResult.seriesResults, outcomes.series) }

  /// The same against the anchor.
  package var anchoredRows: [ReportRow] {
    Self.worstFirst(decision.anchored?.seriesResults ?? [], outcomes.anchored)
  }

  /// The budgets, the worst first.
  var budgetRows: [RuledRow] {
    let all = zip(decision.budgets, outcomes.budgets).map(RuledRow.init)
    return BudgetRuling.State.Kind.allCases.flatMap { kind in
      all.filter { $0.ruling.state.kind == kind }
    }
  }

  /// By their urgency, then as they are.
  private static func worstFirst(
    _ seriesResults: [SeriesResult], _ outcomes: [RowOutcome]
  ) -> [ReportRow] {
    // Places are sorted rather than judgements, which are large.
    let urgencies = zip(seriesResults, outcomes).map(Urgency.init)
    return urgencies.indices.sorted { (urgencies[$0], $0) < (urgencies[$1], $1) }
      .map { ReportRow(seriesResult: seriesResults[$0], outcome: outcomes[$0]) }
  }
}

extension ReportRow {
  /// Whether the policy shows it only to those who want every row.
  var isIgnored: Bool { outcome.place == .listed && seriesResult.verdict.kind != .unchanged }

  var isRegression: Bool { seriesResult.verdict.kind == .regression && outcome.fails }
}
