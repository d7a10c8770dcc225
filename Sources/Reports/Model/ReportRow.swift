import Measurements
package import Verdicts

/// A judgement, and the gate's decision about it.
package struct ReportRow: Sendable {
  package let seriesResult: SeriesResult
  package let outcome: RowOutcome
}

/// A ruling on a budget, and the gate's decision about it.
struct RuledRow: Sendable {
  let ruling: BudgetRuling
  let outcome: RowOutcome

  /// True for a budget with nothing to tell of. A limit that only warns is then not worth a row.
  var isKeptBudget: Bool { outcome.place != .open && !ruling.budget.isWarning }
}

extension SuiteReport {
  /// The judgements against the baseline, the worst first.
  package var rows: [ReportRow] { Self.worstFirst(familyResult.seriesResults, outcomes.series) }

  /// The judgements against the anchor, the worst first.
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

  /// Returns the rows in the order of their urgency, then in their own order.
  private static func worstFirst(
    _ seriesResults: [SeriesResult], _ outcomes: [RowOutcome]
  ) -> [ReportRow] {
    // Indices are sorted rather than judgements, which are large.
    let urgencies = zip(seriesResults, outcomes).map(Urgency.init)
    return urgencies.indices.sorted { (urgencies[$0], $0) < (urgencies[$1], $1) }
      .map { ReportRow(seriesResult: seriesResults[$0], outcome: outcomes[$0]) }
  }
}

extension ReportRow {
  /// True if the policy shows the row only to readers who want every row.
  var isIgnored: Bool { outcome.place == .listed && seriesResult.verdict.kind != .unchanged }

  var isRegression: Bool { seriesResult.verdict.kind == .regression && outcome.fails }
}
