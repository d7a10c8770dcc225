import Measurements
import Statistics

/// The gate's decision about one row. The gate that judges works it out once, and every rendering
/// reports it unchanged.
package struct RowOutcome: Hashable, Sendable {
  /// The gate's outcome for this row alone.
  package let outcome: Outcome
  package let place: Place

  /// The place where a reader finds a row.
  package enum Place: String, CaseIterable, Hashable, Sendable {
    /// The row is open to everybody: somebody may have to act on it, or may be glad of it.
    case open
    /// The row is folded away with others of its kind.
    case folded
    /// The row is only in the list of all rows.
    case listed
  }

  /// - Parameter place: The place of a row that does not fail; a row that fails is open to
  ///   everybody.
  package init(_ outcome: Outcome, place: Place) {
    self.outcome = outcome
    self.place = outcome.status != 0 ? .open : place
  }

  /// True if the gate fails for this row alone.
  package var fails: Bool { outcome.status != 0 }
}

/// The outcomes of all rows of a decision, in its order.
package struct RowOutcomes: Hashable, Sendable {
  package let series: [RowOutcome]
  /// The outcomes of the rows since the anchor.
  package let anchored: [RowOutcome]
  package let budgets: [RowOutcome]
  package let goals: [RowOutcome]

  package init(
    series: [RowOutcome], anchored: [RowOutcome] = [], budgets: [RowOutcome] = [],
    goals: [RowOutcome] = []
  ) {
    self.series = series
    self.anchored = anchored
    self.budgets = budgets
    self.goals = goals
  }

  /// The outcomes of all rows, budgets and goals.
  package var all: Set<Outcome> { Set((series + anchored + budgets + goals).map(\.outcome)) }
}

extension GateResult {
  /// Returns the gate's decision about every row.
  package func rowOutcomes(under policy: Policy) -> RowOutcomes {
    let isAnyFew = !familyResult.ofFewRounds.isEmpty
    return RowOutcomes(
      series: familyResult.seriesResults.map {
        // One line reports all rows that have too few rounds.
        let place = isAnyFew && $0.isOfFewRounds ? .listed : $0.place(under: policy)
        return RowOutcome($0.outcome(under: policy), place: place)
      },
      anchored: (anchored?.seriesResults ?? []).map {
        RowOutcome(policy.outcome(sinceAnchor: $0), place: $0.place(under: policy))
      },
      budgets: budgets.map {
        RowOutcome($0.outcome(under: policy), place: $0.state == .kept ? .folded : .open)
      }, goals: goals.map { RowOutcome($0.outcome, place: .open) })
  }
}

extension SeriesResult {
  /// True if the row stays undecided because it has too few rounds: with fewer than four a side
  /// nothing is shown to be unchanged.
  fileprivate var isOfFewRounds: Bool {
    guard case .inconclusive(.tooFewRounds(let old, let new, _)) = verdict else { return false }
    return comparison?.evidence == .rounds
      && min(old, new) < UDistribution.sizeNeeded(alpha: UsualLevel.alpha) ?? 0
  }
}

extension FamilyResult {
  /// The rows that stay undecided because they have too few rounds, if there are so many that one
  /// line reports them all.
  package var ofFewRounds: [SeriesResult] {
    let few = seriesResults.filter(\.isOfFewRounds)
    return few.count > 3 ? few : []
  }
}

extension SeriesResult {
  /// Returns the place of the row as long as it does not fail.
  func place(under policy: Policy) -> RowOutcome.Place {
    if response == .ignore || isOfOpenTask { return .listed }
    if implausible != nil || isLet(passBy: policy) || isOfUnknownDirection
      || isBelowFloor(of: policy)
    {
      return .open
    }
    return switch verdict.kind {
    case .regression, .incomparable, .improvement, .notWorse, .failed, .renamed, .collapsed,
      .inherited:
      .open
    case .missing, .notMeasured, .new, .inconclusive, .waived: .folded
    case .unchanged: .listed
    }
  }

  /// True for a single task whose attempts do not decide: the row over all tasks says what they show
  /// together.
  private var isOfOpenTask: Bool {
    guard case .inconclusive(.tooFewAttempts) = verdict else { return false }
    return !TaskRow.isName(id.benchmark.name)
  }

  /// True if a metric that was named to decide changed by more than the threshold, and by less than
  /// the floor.
  private func isBelowFloor(of policy: Policy) -> Bool {
    guard verdict == .unchanged, decides, limit.floor != nil,
      let change = comparison?.effect.change
    else { return false }
    return policy.deciding.contains { $0.matches(id.metric) }
      && change.magnitude > limit.threshold.value
  }

  /// True if the row is unchanged only by a threshold of its own. By the threshold that every
  /// report names it would be worse.
  private func isLet(passBy policy: Policy) -> Bool {
    guard verdict == .unchanged, limit.threshold.value > policy.threshold.value,
      let change = comparison?.effect.change
    else { return false }
    return (metric.better == .lower ? change : -change) > policy.threshold.value
  }
}
