package import Measurements
package import Verdicts

/// What a report says of one suite on one machine.
package struct SuiteReport: Sendable {
  package let suite: String
  /// Where the candidate was measured; nil where nobody knows.
  package let machine: Environment?
  /// What the gate says of it; nil for a comparison that judges nobody.
  package let outcome: Outcome?
  /// The baseline that most rows have.
  package let baseline: SideDescription
  /// How that one was found.
  package let origin: Origin
  /// All baselines; a row names its own by the index (`Standing.baseline`).
  package let baselines: [BaselineDescription]
  package let candidate: SideDescription
  package let sides: Sides
  /// The fixed point further back; nil where the policy asks for none.
  package let anchor: AnchorDescription?
  package let decision: GateResult
  package let policy: Policy
  /// What the gate makes of every row of the decision.
  package let outcomes: RowOutcomes
  /// Sentences that belong to the first lines of this part.
  package let told: [String]
  /// What a reader should know that no row says.
  package let warnings: [String]

  /// - Parameters:
  ///   - machine: Where it is not that of the candidate.
  ///   - baselines: Where there are others than the one that most rows have.
  ///   - outcomes: Where they were worked out before, as by whoever wrote a report that is read.
  package init(
    suite: String, machine: Environment? = nil, outcome: Outcome?, baseline: SideDescription,
    candidate: SideDescription, origin: Origin, baselines: [BaselineDescription] = [], sides: Sides,
    anchor: AnchorDescription? = nil, decision: GateResult, policy: Policy,
    outcomes: RowOutcomes? = nil,
    told: [String] = [],
    warnings: [String] = []
  ) {
    self.suite = suite
    self.machine = machine ?? candidate.environment
    self.outcome = outcome
    self.baseline = baseline
    self.origin = origin
    let main = BaselineDescription(party: baseline, origin: origin)
    self.baselines = baselines.contains(main) ? baselines : baselines + [main]
    self.candidate = candidate
    self.sides = sides
    self.anchor = anchor
    self.decision = decision
    self.policy = policy
    self.outcomes = outcomes ?? decision.rowOutcomes(under: policy)
    self.told = told
    self.warnings = warnings
  }
}

/// One of the baselines of a part.
package struct BaselineDescription: Hashable, Sendable {
  package let party: SideDescription
  package let origin: Origin

  package init(party: SideDescription, origin: Origin) {
    self.party = party
    self.origin = origin
  }
}

extension SuiteReport {
  /// Candidate against baseline.
  package var familyResult: FamilyResult { decision.familyResult }

  /// Whether there was no baseline, or none was wanted.
  package var isAlone: Bool { origin.rule == Origin.none }

  /// The baseline of a row.
  package func baseline(of seriesResult: SeriesResult) -> BaselineDescription {
    guard let index = seriesResult.standing.baseline, baselines.indices.contains(index) else {
      return BaselineDescription(party: baseline, origin: origin)
    }
    return baselines[index]
  }

  /// Whether no series was on both sides.
  var comparesNothing: Bool { decision.familyResult.comparesNothing }

  /// Whether the gate fails for want of a history, and for nothing else.
  var isOnlyWithoutHistory: Bool {
    outcome == .incomparable && comparesNothing && !outcomes.budgets.contains(where: \.fails)
      && !(policy.failsWithoutAnchor && decision.anchor == .unavailable)
  }
}
