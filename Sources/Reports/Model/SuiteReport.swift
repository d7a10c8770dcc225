package import Measurements
package import Verdicts

/// The report on one suite on one machine.
package struct SuiteReport: Sendable {
  package let suite: String
  /// The machine on which the candidate was measured; nil if nobody knows.
  package let machine: Environment?
  /// The gate's outcome for the part; nil for a comparison that judges nobody.
  package let outcome: Outcome?
  /// The baseline that most rows have.
  package let baseline: SideDescription
  /// The way that baseline was found.
  package let origin: Origin
  /// All baselines; a row names its own by the index (`Standing.baseline`).
  package let baselines: [BaselineDescription]
  package let candidate: SideDescription
  package let sides: Sides
  /// The fixed point further back; nil if the policy asks for none.
  package let anchor: AnchorDescription?
  package let decision: GateResult
  package let policy: Policy
  /// The gate's decisions about every row.
  package let outcomes: RowOutcomes
  /// Sentences that belong to the first lines of this part.
  package let told: [String]
  /// Warnings for the reader that no row has.
  package let warnings: [String]

  /// - Parameters:
  ///   - machine: The machine, if it is not that of the candidate.
  ///   - baselines: The baselines, if there are others than the one that most rows have.
  ///   - outcomes: The outcomes, if they were worked out before, as by the program that wrote a
  ///     report that is read.
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
  /// The judgement of the candidate against its baseline.
  package var familyResult: FamilyResult { decision.familyResult }

  /// True if there was no baseline, or none was wanted.
  package var isAlone: Bool { origin.rule == Origin.none }

  /// Returns the baseline of a row.
  package func baseline(of seriesResult: SeriesResult) -> BaselineDescription {
    guard let index = seriesResult.standing.baseline, baselines.indices.contains(index) else {
      return BaselineDescription(party: baseline, origin: origin)
    }
    return baselines[index]
  }

  /// True if no series was on both sides.
  var comparesNothing: Bool { decision.familyResult.comparesNothing }

  /// True if the gate fails because there is no history, and for no other reason.
  var isOnlyWithoutHistory: Bool {
    outcome == .incomparable && comparesNothing
      && !(outcomes.budgets + outcomes.goals).contains(where: \.fails)
      && !(policy.failsWithoutAnchor && decision.anchor == .unavailable)
  }
}
