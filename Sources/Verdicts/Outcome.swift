/// The outcome of a whole gate.
package enum Outcome: String, CaseIterable, Hashable, Sendable {
  case pass
  case regression
  /// A budget is broken, and nothing regressed.
  case overBudget
  /// A goal that the policy insists on is not met.
  case goalNotMet
  /// Something is better, and the policy wants it unchanged.
  case improvement
  /// A benchmark was not measured as before, and the policy does not let that pass.
  case incomplete
  /// Nothing, or not everything, can be compared.
  case incomparable
  /// There are undecided series, and the policy calls that a failure.
  case inconclusive
  /// Nothing that was compared could be decided, and the policy lets that pass.
  case undecided
  /// Everything is new: the first recording becomes the baseline.
  case noBaseline

  /// The exit status; in the order of the cases 0, 1, 1, 1, 1, 4, 3, 6, 0 and 0.
  package var status: Int32 {
    switch self {
    case .pass, .undecided, .noBaseline: 0
    case .regression, .overBudget, .goalNotMet, .improvement: 1
    case .incomplete: 4
    case .incomparable: 3
    case .inconclusive: 6
    }
  }

  /// The outcomes in the order in which they decide: of several, the first one does.
  package static let byUrgency: [Outcome] = [
    .regression, .overBudget, .goalNotMet, .improvement, .incomplete, .incomparable,
    .inconclusive, .pass, .undecided, .noBaseline,
  ]
}

extension SeriesResult {
  /// Returns the gate's outcome for this series.
  package func outcome(under policy: Policy) -> Outcome {
    let outcome = outcomeOfVerdict(under: policy)
    let passes = outcome.status == 0
    return passes && redefinition?.response == .fail ? .incomplete : outcome
  }

  private func outcomeOfVerdict(under policy: Policy) -> Outcome {
    switch verdict.kind {
    case .regression: response ?? .fail == .fail ? .regression : .pass
    case .improvement: response == .fail ? .improvement : .pass
    case .incomparable: isOfCandidate ? .incomplete : isUnreadable ? .incomparable : .pass
    case .inconclusive: policy.outcome(ofUndecided: self)
    case .inherited: response == .fail ? .regression : .pass
    case .failed, .missing, .notMeasured, .renamed, .new, .collapsed, .waived, .unchanged,
      .notWorse:
      response == .fail ? .incomplete : .pass
    }
  }
}

extension SeriesResult {
  /// True if the history may have numbers that nobody can read.
  private var isUnreadable: Bool {
    if case .incomparable(.unreadable) = verdict { true } else { false }
  }

  /// True if the candidate is the reason why nothing can be compared.
  private var isOfCandidate: Bool {
    if case .incomparable(let mismatch) = verdict { mismatch.isOfCandidate } else { false }
  }
}

extension BudgetRuling {
  /// Returns the gate's outcome for this budget.
  package func outcome(under policy: Policy) -> Outcome {
    guard !budget.isWarning else { return .pass }
    return switch state {
    case .broken: .overBudget
    case .incomparable: .incomparable
    case .inconclusive: policy.outcome(ofUndecided: self)
    case .kept: .pass
    }
  }
}

extension Policy {
  /// Returns the gate's outcome for a series since the anchor.
  func outcome(sinceAnchor seriesResult: SeriesResult) -> Outcome {
    // A metric whose unit changed since then may have changed it in any commit.
    guard seriesResult.verdict.kind == .incomparable else {
      return seriesResult.outcome(under: self)
    }
    return failsWithoutAnchor ? .incomparable : .pass
  }
}

extension FamilyResult {
  private var kinds: Set<Verdict.Kind> { Set(counts.filter { $0.value > 0 }.keys) }

  /// True if no series was on both sides.
  package var comparesNothing: Bool {
    kinds.isSubset(of: [.new, .missing, .notMeasured, .renamed, .failed, .incomparable])
  }

  /// True if there are only new series.
  fileprivate var isAllNew: Bool { kinds == [.new] }

  /// True if any series that decides was decided.
  fileprivate var decidesSomething: Bool {
    let decided: Set<Verdict.Kind> = [
      .regression, .unchanged, .notWorse, .improvement, .collapsed, .waived, .inherited,
    ]
    return seriesResults.contains { $0.decides && decided.contains($0.verdict.kind) }
  }
}

extension GateResult {
  /// Returns the worst outcome of the gate: a regression, a broken budget, an improvement that is
  /// not permitted, something that is not there, something incomparable or nothing in common, then
  /// something undecided.
  package func outcome(under policy: Policy) -> Outcome {
    let outcomes = outcomes(under: policy)
    let worst = Outcome.byUrgency.filter { $0.status != 0 }
    if let outcome = worst.first(where: outcomes.contains) { return outcome }
    if context.allowsNoBaseline, familyResult.isAllNew, !policy.judgesAlone { return .noBaseline }
    guard outcomes.contains(.undecided), !familyResult.decidesSomething,
      !budgets.contains(where: { $0.state == .kept && !$0.budget.isWarning })
    else { return .pass }
    return policy.strictness == .lenient ? .undecided : .inconclusive
  }

  /// Returns the outcomes of all series and all budgets, and of the gate as a whole.
  private func outcomes(under policy: Policy) -> Set<Outcome> {
    rowOutcomes(under: policy).all
      .union(comparesTooLittle(under: policy) ? [.incomparable] : [])
  }

  /// True if something that should have been compared is not there, whatever the other outcomes
  /// are.
  private func comparesTooLittle(under policy: Policy) -> Bool {
    if policy.failsWithoutAnchor, anchor == .unavailable { return true }
    if policy.judgesAlone { return budgets.allSatisfy(\.budget.isWarning) }
    return familyResult.comparesNothing && !(context.allowsNoBaseline && familyResult.isAllNew)
  }

  /// True if anything stays undecided.
  package var hasDoubts: Bool {
    familyResult.hasDoubts || anchored?.hasDoubts == true
      || budgets.contains { $0.state.kind == .inconclusive && !$0.budget.isWarning }
  }
}

extension FamilyResult {
  fileprivate var hasDoubts: Bool { counts[.inconclusive] ?? 0 > 0 }
}
