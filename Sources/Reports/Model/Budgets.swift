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
    let median = ruling.side.median
    let scale = Scale(ruling.metric.unit, for: [median])
    let limitScale = Scale(ruling.metric.unit, for: [limit])
    let isKept = ruling.state == .kept
    let digits = isKept ? 3 : Scale.digits(limit, limitScale, median, scale)
    look = row.look
    benchmark = ruling.id.benchmark.description
    metric = ruling.id.metric
    budget =
      (ruling.metric.better == .lower ? "≤ " : "≥ ")
      + limitScale.text(limit, digits: digits)
    measured = scale.text(median, digits: digits)
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
    return switch state {
    case .kept: "within budget" + process
    case .broken: "over budget" + process
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
      let number = self.count { $0.state.kind == kind }
      return number > 0 ? (number, kind.rawValue) : nil
    }
    guard let first = parts.first else { return nil }
    let rest = parts.dropFirst().map { "\($0.0) \($0.1)" }
    return (["\(Reports.count(first.0, "budget")) \(first.1)"] + rest).joined(separator: ", ")
  }
}
