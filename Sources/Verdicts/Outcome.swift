/// What a whole gate says.
package enum Outcome: String, CaseIterable, Hashable, Sendable {
  case pass
  case regression
  /// A budget is broken, and nothing regressed.
  case overBudget
  /// A benchmark was not measured as before, and the policy does not let that pass.
  case incomplete
  /// Nothing, or not everything, can be compared.
  case incomparable
  /// Undecided series, where the policy calls that a failure.
  case inconclusive
  /// Nothing that was compared could be decided, and the policy lets that pass.
  case undecided

  /// The exit status: 0, 1, 1, 4, 3, 6 and 0.
  package var status: Int32 {
    switch self {
    case .pass, .undecided: 0
    case .regression, .overBudget: 1
    case .incomplete: 4
    case .incomparable: 3
    case .inconclusive: 6
    }
  }
}

extension Assessment {
  private var kinds: Set<Verdict.Kind> { Set(counts.filter { $0.value > 0 }.keys) }

  fileprivate func has(_ kind: Verdict.Kind) -> Bool { kinds.contains(kind) }

  fileprivate var hasFailedResponse: Bool { judgements.contains { $0.response == .fail } }

  /// Whether no series was on both sides.
  fileprivate var comparesNothing: Bool {
    kinds.isSubset(of: [.new, .missing, .renamed, .failed])
  }

  /// Whether series were on both sides, and none could be compared.
  fileprivate var isIncomparable: Bool { kinds == [.incomparable] }

  /// Whether any series was decided.
  fileprivate var decidesSomething: Bool {
    !kinds.isDisjoint(with: [.unchanged, .improvement, .collapsed, .waived])
  }
}

extension Decision {
  /// The worst of what there is: a regression, a broken budget, something that is not there,
  /// something incomparable or nothing in common, then what is undecided.
  package func outcome(under policy: Policy) -> Outcome {
    if assessment.has(.regression) || anchored?.has(.regression) == true { return .regression }
    if budgets.contains(where: { $0.state == .broken }) { return .overBudget }
    if assessment.hasFailedResponse { return .incomplete }
    if isIncomparable(under: policy) { return .incomparable }
    guard hasDoubts else { return .pass }
    if policy.failsInconclusive { return .inconclusive }
    return assessment.decidesSomething || budgets.contains { $0.state == .kept }
      ? .pass : .undecided
  }

  private func isIncomparable(under policy: Policy) -> Bool {
    if policy.failsWithoutAnchor, anchor == .unavailable || anchored?.has(.incomparable) == true {
      return true
    }
    if assessment.has(.incomparable) { return true }
    if budgets.contains(where: { $0.state == .incomparable }) { return true }
    return policy.judgesAlone ? budgets.isEmpty : assessment.comparesNothing
  }

  /// Whether anything stays undecided.
  package var hasDoubts: Bool {
    assessment.has(.inconclusive) || anchored?.has(.inconclusive) == true
      || budgets.contains { if case .inconclusive = $0.state { true } else { false } }
  }
}
