import Measurements
import Statistics

/// What a gate makes of one row: worked out once, by whoever judges, and told by every rendering as it
/// is.
package struct RowOutcome: Hashable, Sendable {
  /// What the gate says of this row alone.
  package let outcome: Outcome
  package let place: Place

  /// Where a reader finds a row.
  package enum Place: String, CaseIterable, Hashable, Sendable {
    /// Open to everybody: what somebody may have to act on, and what to be glad of.
    case open
    /// Folded away with others of its kind.
    case folded
    /// Among all rows only.
    case listed
  }

  /// - Parameter place: That of a row which does not fail; one that fails is open to everybody.
  package init(_ outcome: Outcome, place: Place) {
    self.outcome = outcome
    self.place = outcome.status != 0 ? .open : place
  }

  /// Whether the gate fails for this row alone.
  package var fails: Bool { outcome.status != 0 }
}

/// Those of all rows of a decision, in its order.
package struct RowOutcomes: Hashable, Sendable {
  package let series: [RowOutcome]
  /// Since the anchor.
  package let anchored: [RowOutcome]
  package let budgets: [RowOutcome]

  package init(series: [RowOutcome], anchored: [RowOutcome] = [], budgets: [RowOutcome] = []) {
    self.series = series
    self.anchored = anchored
    self.budgets = budgets
  }
}

extension GateResult {
  /// What the gate makes of every row.
  package func rowOutcomes(under policy: Policy) -> RowOutcomes {
    let isAnyFew = !familyResult.ofFewRounds.isEmpty
    return RowOutcomes(
      series: familyResult.seriesResults.map {
        // One line tells them all.
        let place = isAnyFew && $0.isOfFewRounds ? .listed : $0.place(under: policy)
        return RowOutcome($0.outcome(under: policy), place: place)
      },
      anchored: (anchored?.seriesResults ?? []).map {
        RowOutcome(policy.outcome(sinceAnchor: $0), place: $0.place(under: policy))
      },
      budgets: budgets.map {
        RowOutcome($0.outcome(under: policy), place: $0.state == .kept ? .folded : .open)
      })
  }
}

extension SeriesResult {
  /// Whether it stays undecided for want of rounds: below four a side nothing is shown to be unchanged.
  fileprivate var isOfFewRounds: Bool {
    guard case .inconclusive(.tooFewRounds(let old, let new, _)) = verdict else { return false }
    return comparison?.evidence == .rounds
      && min(old, new) < UDistribution.sizeNeeded(alpha: UsualLevel.alpha) ?? 0
  }
}

extension FamilyResult {
  /// The rows that stay undecided for want of rounds, where they are so many that one line says it of all.
  package var ofFewRounds: [SeriesResult] {
    let few = seriesResults.filter(\.isOfFewRounds)
    return few.count > 3 ? few : []
  }
}

extension SeriesResult {
  /// Where a reader finds it as long as it does not fail.
  func place(under policy: Policy) -> RowOutcome.Place {
    if response == .ignore { return .listed }
    if isLet(passBy: policy) || isOfUnknownDirection || isBelowFloor(of: policy) { return .open }
    return switch verdict.kind {
    case .regression, .incomparable, .improvement, .notWorse, .failed, .renamed, .collapsed,
      .inherited:
      .open
    case .missing, .notMeasured, .new, .inconclusive, .waived: .folded
    case .unchanged: .listed
    }
  }

  /// Whether a metric that was named to decide changed by more than the threshold, and by less than counts.
  private func isBelowFloor(of policy: Policy) -> Bool {
    guard verdict == .unchanged, decides, limit.floor != nil,
      let change = comparison?.effect.change
    else { return false }
    return policy.deciding.contains { $0.matches(id.metric) }
      && change.magnitude > limit.threshold.value
  }

  /// Whether it is unchanged by a threshold of its own only: by the one that every report names it would
  /// be worse.
  private func isLet(passBy policy: Policy) -> Bool {
    guard verdict == .unchanged, limit.threshold.value > policy.threshold.value,
      let change = comparison?.effect.change
    else { return false }
    return (metric.better == .lower ? change : -change) > policy.threshold.value
  }
}
