import Measurements
import Verdicts

/// One judged item, for programs that know only checks and their results.
struct Check {
  /// The standard that the candidate was compared with.
  enum Standard: String, CaseIterable {
    case baseline, anchor, budget
  }

  /// The kind of the result.
  enum Kind: Hashable {
    case series(Verdict.Kind)
    case budget(BudgetRuling.State.Kind)
    /// The gate as a whole, if it fails and none of its parts does.
    case gate

    /// All kinds, the worst first.
    static let all: [Kind] =
      [.gate] + Verdict.Kind.allCases.map(series) + BudgetRuling.State.Kind.allCases.map(budget)
  }

  let standard: Standard
  let kind: Kind
  /// The gate's outcome for the check.
  let outcome: Outcome
  /// True if the policy shows the check only to readers who want every row.
  let isIgnored: Bool
  let id: Series.ID
  /// The figure that a budget limits, as in `p95`, if it is not the usual one.
  var figure: String?
  /// Returns the verdict with the numbers that it rests on, on one line. It is worked out when it
  /// is asked for, because most checks are never shown.
  let text: () -> String

  var fails: Bool { outcome.status != 0 }

  /// The importance of a check for a reader, the worst first.
  enum Level: String, CaseIterable {
    case error, warning, note
  }

  /// The level of the check; nil for a check that is as it should be, and for one that the policy
  /// ignores.
  var level: Level? { isIgnored ? nil : fails ? .error : Presentation(kind).level }

  /// Returns the subject of the check: benchmark and metric, and since when.
  func subject(in part: SuiteReport) -> String {
    let since = standard == .anchor ? "since \(part.anchor?.party?.label ?? "the anchor")" : ""
    return [id.benchmark.description.visible(limit: 200), id.metric.visible(), figure ?? "", since]
      .filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension Check.Kind {
  /// The name of the kind for programs: `regression`, `budget-broken`.
  var name: String {
    switch self {
    case .series(let verdict): verdict.rawValue
    case .budget(let state): "budget-\(state.rawValue)"
    case .gate: "gate"
    }
  }
}

extension Report {
  /// Returns all checks of a part, the worst of each standard first.
  ///
  /// A gate that has nothing to compare fails too.
  func checks(of part: SuiteReport) -> [Check] {
    let all = part.checks
    return all.contains(where: \.fails) || !decides(part) ? all : part.gate + all
  }
}

extension SuiteReport {
  fileprivate var checks: [Check] {
    let series =
      rows.map { check($0, .baseline) } + anchoredRows.map { check($0, .anchor) }
    return series + budgetRows.map(check)
  }

  private func check(_ row: ReportRow, _ standard: Check.Standard) -> Check {
    Check(
      standard: standard, kind: .series(row.seriesResult.verdict.kind),
      outcome: row.outcome.outcome,
      isIgnored: row.isIgnored, id: row.seriesResult.id, text: { Row(row, in: self).sentence })
  }

  private func check(_ row: RuledRow) -> Check {
    Check(
      standard: .budget, kind: .budget(row.ruling.state.kind), outcome: row.outcome.outcome,
      isIgnored: false, id: row.ruling.id, figure: row.ruling.budget.figure.words,
      text: { BudgetRow(row).sentence })
  }

  fileprivate var gate: [Check] {
    guard let outcome, outcome.status != 0 else { return [] }
    return [
      Check(
        standard: .baseline, kind: .gate, outcome: outcome, isIgnored: false,
        id: Series.ID(benchmark: Benchmark(name: "gate"), metric: "outcome"),
        text: { "\(outcome.rawValue): \(summary)" })
    ]
  }
}

extension Row {
  /// The verdict on one line, as in `regression, certain: 10.9 ms → 13.1 ms, +20.2 %, 95 % interval
  /// [+18.9, +21.4], p 1.1e-5`.
  fileprivate var sentence: String {
    let medians = [old, new].filter { !$0.isEmpty }.joined(separator: " → ")
    return verdict.followed(by: [
      medians, change, interval.sentence, p.isEmpty ? "" : "p \(p)",
    ])
  }
}

extension BudgetRow {
  /// The ruling on one line, as in `over budget: 13.1 ms, 95 % interval 12.9 ms – 13.3 ms, budget ≤
  /// 12.0 ms`.
  fileprivate var sentence: String {
    verdict.followed(by: [measured, interval.sentence, "budget \(budget)"])
  }
}

extension IntervalCell {
  /// The interval with its title, as in `95 % interval [+18.9, +21.4]`; empty if there is none.
  var sentence: String { text.isEmpty ? "" : "\([self].title) \(text)" }
}

extension String {
  /// Returns the text followed by a colon and the figures that exist.
  fileprivate func followed(by figures: [String]) -> String {
    let figures = figures.filter { !$0.isEmpty }.joined(separator: ", ")
    return figures.isEmpty ? self : "\(self): \(figures)"
  }
}

extension Budget.Figure {
  /// The figure in words, as in `p95`; nil for that of a plain budget.
  fileprivate var words: String? {
    let words = [percentile.map { "p\($0)" }, isWarning ? "warning" : nil].compactMap(\.self)
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}
