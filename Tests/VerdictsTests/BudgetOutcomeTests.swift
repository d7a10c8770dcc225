import Measurements
import Testing
import Verdicts

/// What a gate says of a budget beside a comparison.
struct BudgetOutcome: CustomTestStringConvertible {
  enum State: String {
    case none, kept, broken, inconclusive, incomparable
  }

  let budget: State
  /// nil for nothing to compare with.
  let compared: Verdict.Kind?
  var isAlone = false
  var isStrict = false
  let outcome: Outcome

  init(
    _ budget: State, _ compared: Verdict.Kind?, alone: Bool = false, strict: Bool = false,
    _ outcome: Outcome
  ) {
    self.budget = budget
    self.compared = compared
    isAlone = alone
    isStrict = strict
    self.outcome = outcome
  }

  var testDescription: String {
    let words = [
      "\(budget.rawValue) budget", compared?.rawValue, isAlone ? "alone" : nil,
      isStrict ? "strictly" : nil,
    ]
    return words.compactMap(\.self).joined(separator: ", ")
  }

  static let all: [BudgetOutcome] = [
    BudgetOutcome(.kept, .unchanged, .pass), BudgetOutcome(.kept, .regression, .regression),
    BudgetOutcome(.kept, .missing, .incomplete), BudgetOutcome(.kept, .inconclusive, .pass),
    BudgetOutcome(.kept, .inconclusive, strict: true, .inconclusive),
    BudgetOutcome(.kept, nil, .incomparable), BudgetOutcome(.kept, nil, alone: true, .pass),
    BudgetOutcome(.broken, .unchanged, .overBudget),
    BudgetOutcome(.broken, .regression, .regression),
    BudgetOutcome(.broken, .missing, .overBudget),
    BudgetOutcome(.broken, .incomparable, .overBudget),
    BudgetOutcome(.broken, .inconclusive, strict: true, .overBudget),
    BudgetOutcome(.broken, nil, .overBudget),
    BudgetOutcome(.broken, nil, alone: true, .overBudget),
    BudgetOutcome(.inconclusive, .unchanged, .pass),
    BudgetOutcome(.inconclusive, .unchanged, strict: true, .inconclusive),
    BudgetOutcome(.inconclusive, .inconclusive, .undecided),
    BudgetOutcome(.inconclusive, nil, alone: true, .undecided),
    BudgetOutcome(.inconclusive, nil, alone: true, strict: true, .inconclusive),
    BudgetOutcome(.incomparable, .unchanged, .incomparable),
    BudgetOutcome(.incomparable, .missing, .incomplete),
    BudgetOutcome(.incomparable, .inconclusive, strict: true, .incomparable),
    BudgetOutcome(.incomparable, nil, alone: true, .incomparable),
    BudgetOutcome(.none, nil, alone: true, .incomparable),
  ]
}

@Test("a broken budget comes after a regression and before all else", arguments: BudgetOutcome.all)
func budgetOutcome(_ example: BudgetOutcome) throws {
  let policy = try Policy.with {
    $0.judgesAlone = example.isAlone
    $0.strictness = example.isStrict ? .everything : .lenient
    $0.budgets = [
      Budget(benchmark: Pattern("kept"), metric: nil, limit: try amount("1s")),
      Budget(benchmark: Pattern("*"), metric: nil, limit: try amount("1ns")),
    ]
  }
  let compared = try example.compared.map(sides)
  let decision = GateResult(
    old: compared?.old.map { [$0] } ?? [],
    new: (compared?.new.map { [$0] } ?? []) + (try limited(example.budget)), policy: policy)
  #expect(decision.outcome(under: policy) == example.outcome)
}

/// A series of the candidate only, whose budget is in a state.
private func limited(_ state: BudgetOutcome.State) throws -> [Series] {
  switch state {
  case .none: []
  case .kept, .broken: [try series(times(6, 100), name: state.rawValue)]
  case .inconclusive: [try series(times(5, 100), name: state.rawValue)]
  case .incomparable: [try series([100], name: state.rawValue, isSummary: true)]
  }
}

/// A series for which there is no budget, with a verdict.
private func sides(_ kind: Verdict.Kind) throws -> (old: Series?, new: Series?) {
  let metric = Metric("steps", .one)
  func side(_ values: [Double], _ metric: Metric) throws -> Series {
    try series(values, metric: metric)
  }
  let old = try side(times(10, 100), metric)
  return switch kind {
  case .regression: (old, try side(times(10, 200), metric))
  case .missing: (old, nil)
  case .inconclusive: (old, try side([100], metric))
  case .incomparable: (old, try side([100], Metric("steps", .bytes)))
  default: (old, try side(times(10, 100), metric))
  }
}
