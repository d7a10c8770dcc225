import Measurements
import Verdicts

extension Check.Kind {
  /// The worst first.
  static let all: [Check.Kind] =
    [.gate] + Verdict.Kind.allCases.map(series) + BudgetRuling.State.Kind.allCases.map(budget)

  /// What SARIF calls a rule: the kind of a result, and what to do about it.
  var rule: JSONValue {
    func message(_ text: String) -> JSONValue { .object(["text": .string(text)]) }
    return .object([
      "id": .string(name), "shortDescription": message(title),
      "fullDescription": message("\(title). \(advice)"), "help": message(advice),
      "properties": .object(["tags": .array([.string("performance")])]),
    ])
  }

  private var title: String {
    switch self {
    case .series(let verdict): verdict.title
    case .budget(let state): state.title
    case .gate: "Not everything can be compared"
    }
  }

  private var advice: String {
    switch self {
    case .series(let verdict): verdict.advice
    case .budget(let state): state.advice
    case .gate: "Record what is compared with: a run on the base branch, or of the anchor."
    }
  }
}

extension Verdict.Kind {
  fileprivate var title: String {
    switch self {
    case .regression: "Worse than before, by more than the threshold"
    case .failed: "The command or the import failed"
    case .missing: "Measured before, and not now"
    case .renamed: "Measured before, now seemingly under another name"
    case .notMeasured: "Measured before, and not among the part that was recorded now"
    case .inherited: "Worse than before the marked merge-base, and not by this change"
    case .incomparable: "Numbers that do not measure the same thing"
    case .collapsed: "Less than a tenth is left of what it cost"
    case .waived: "Worse than before, as a waiver permits"
    case .improvement: "Better than before, by more than the threshold"
    case .inconclusive: "Neither shown nor excluded to be worse"
    case .new: "Measured now, and not before"
    case .notWorse: "Not worse by more than the threshold, and perhaps better by more"
    case .unchanged: "Neither worse nor better by more than the threshold"
    }
  }

  fileprivate var advice: String {
    switch self {
    case .regression:
      "perf-gate --explain shows every number behind it; perf-gate --accept permits it for a while."
    case .failed: "perf-record shows what the command wrote last."
    case .missing: "Record it again, or allow that it is gone with missing = warn in .perfconfig."
    case .notMeasured: "Record the whole suite, or say with --only what is meant."
    case .inherited: "It is to be repaired on the base branch."
    case .renamed: "alias = <old name> below [benchmark] in .perfconfig keeps its history."
    case .incomparable: "Record both sides alike, in one unit, direction and environment."
    case .collapsed: "See that it still does its work."
    case .waived: "The waiver in .perfconfig says until when, and up to how much."
    case .improvement, .notWorse, .unchanged: "There is nothing to do."
    case .inconclusive: "Measure more rounds, or on a quieter machine."
    case .new: "It is compared as soon as the base branch has it."
    }
  }
}

extension BudgetRuling.State.Kind {
  fileprivate var title: String {
    switch self {
    case .broken: "Over the budget"
    case .incomparable: "A summary without samples cannot keep a budget"
    case .inconclusive: "Neither shown nor excluded to be over the budget"
    case .kept: "Within the budget"
    }
  }

  fileprivate var advice: String {
    switch self {
    case .broken: "Make it cheaper, or change the budget in .perfconfig."
    case .incomparable: "Record samples, or set gate.summaries = threshold."
    case .inconclusive: "Measure more rounds, or on a quieter machine."
    case .kept: "There is nothing to do."
    }
  }
}
