import Measurements
import Verdicts

/// One budget in the words and numbers of a table.
struct BudgetRow {
  let look: RowLook
  let benchmark: String
  let metric: String
  let budget: String
  let measured: String
  /// The interval of the median.
  let interval: IntervalCell
  let verdict: String

  init(_ row: RuledRow) {
    let ruling = row.ruling
    let limit = ruling.budget.limit.value
    let figure = ruling.measured
    let scale = Scale(ruling.metric.unit, for: [figure])
    let limitScale = Scale(ruling.metric.unit, for: [limit])
    let isKept = ruling.state == .kept
    let digits = isKept ? 3 : Scale.digits(limit, limitScale, figure, scale)
    look = row.look
    benchmark = ruling.id.benchmark.description
    metric = ruling.id.metric
    budget =
      (ruling.budget.percentile.map { "p\($0) " } ?? "")
      + (ruling.metric.better == .lower ? "≤ " : "≥ ")
      + limitScale.text(limit, digits: digits)
    measured = scale.text(figure, digits: digits)
    interval = IntervalCell(
      text: ruling.interval.map {
        "\(scale.text($0.lowerBound)) – \(scale.text($0.upperBound))"
      } ?? "", confidence: ruling.level.confidence)
    verdict = ruling.words
  }
}

extension BudgetRuling {
  /// The ruling in words, with its reason.
  var words: String {
    let process = evidence == .samples ? " (within one process)" : ""
    let limit = budget.isWarning ? "the limit of its warning" : "budget"
    return switch state {
    case .kept: "within \(limit)" + process
    case .broken: "over \(limit)" + process
    case .inconclusive(.tooFewRounds(let count, _, let need)):
      "inconclusive: too few rounds (\(count))" + (need.map { ", \($0) needed" } ?? "") + process
    case .inconclusive(.tooNoisy(let need?)):
      "inconclusive: about \(need) rounds would decide" + process
    case .inconclusive(.tooNoisy(nil)): "inconclusive: at the limit" + process
    case .inconclusive(let doubt): "inconclusive: \(doubt.words)"
    case .incomparable: "incomparable: a summary without samples"
    }
  }
}

extension GateResult {
  /// The budgets' part of ``summary``.
  var budgetSummary: String? { budgets.summary }
}

extension [BudgetRuling] {
  /// The number of budgets in each state, as in `1 budget broken, 2 kept`; nil if there are none.
  var summary: String? {
    let parts = BudgetRuling.State.Kind.allCases.compactMap { kind in
      let number = self.count { $0.state.kind == kind && !$0.budget.isWarning }
      return number > 0 ? (number, kind.rawValue) : nil
    }
    let excesses = self.count { $0.state == .broken && $0.budget.isWarning }
    let warnings = excesses > 0 ? [Reports.count(excesses, "budget warning")] : []
    let first = parts.first.map { ["\(Reports.count($0.0, "budget")) \($0.1)"] } ?? []
    let all = first + parts.dropFirst().map { "\($0.0) \($0.1)" } + warnings
    return all.isEmpty ? nil : all.joined(separator: ", ")
  }
}

extension Report {
  /// A sentence for each series beyond a limit that only warns, in the order of the report; of very
  /// many the first ones, and the number of the others.
  package var budgetWarnings: [String] {
    let excesses = parts.flatMap { part in
      part.decision.budgets.filter { $0.budget.isWarning && $0.state == .broken }
        .map { "\(prefix(of: part))\($0.warning)" }
    }
    let rest = excesses.count - 10
    return excesses.prefix(10)
      + (rest > 0 ? ["\(rest) more over the limits of their warnings"] : [])
  }
}

extension BudgetRuling {
  /// The excess in words, as in `parse total_tokens: 162k is over the 150k of its warning in
  /// .perfconfig:3`.
  fileprivate var warning: String {
    let scale = Scale(metric.unit, for: [measured])
    let limit = Scale(metric.unit, for: [budget.limit.value])
    let digits = Scale.digits(budget.limit.value, limit, measured, scale)
    let name = "\(id.benchmark.description.visible(limit: 100)) \(id.metric.visible(limit: 40))"
    return "\(name): \(budget.percentile.map { "p\($0) " } ?? "")"
      + "\(scale.text(measured, digits: digits)) is over the "
      + "\(budget.written.visible(limit: 40)) of its warning in \(budget.place.visible(limit: 100))"
  }
}
