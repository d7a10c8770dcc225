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

  /// What fails the gate before what does not, regressions before all; then by kind, by the size of
  /// the change in the worse direction, and as they are.
  private static func worstFirst(
    _ seriesResults: [SeriesResult], _ outcomes: [RowOutcome]
  ) -> [ReportRow] {
    // Places are sorted rather than judgements, which are large.
    let urgencies = zip(seriesResults, outcomes).map(Urgency.init)
    return urgencies.indices.sorted { a, b in
      let (first, second) = (urgencies[a], urgencies[b])
      if first.rank != second.rank { return first.rank < second.rank }
      return (first.worsening, b) > (second.worsening, a)
    }.map { ReportRow(seriesResult: seriesResults[$0], outcome: outcomes[$0]) }
  }
}

/// How soon a reader should see a row.
private struct Urgency {
  /// The least first.
  let rank: Int
  let worsening: Double

  init(_ seriesResult: SeriesResult, _ outcome: RowOutcome) {
    let kinds = Verdict.Kind.allCases
    let kind = kinds.firstIndex(of: seriesResult.verdict.kind) ?? 0
    rank = outcome.fails ? kind : kinds.count + kind
    worsening = seriesResult.worsening
  }
}

extension SeriesResult {
  /// How much worse, as a relative change; a metric that was zero is worst of all.
  fileprivate var worsening: Double {
    guard let effect = comparison?.effect else { return 0 }
    let change = effect.change ?? .infinity
    return metric.better == .lower ? change : -change
  }
}

extension ReportRow {
  /// Whether the policy shows it only to those who want every row.
  var isIgnored: Bool { outcome.place == .listed && seriesResult.verdict.kind != .unchanged }

  var isRegression: Bool { seriesResult.verdict.kind == .regression && outcome.fails }
}
