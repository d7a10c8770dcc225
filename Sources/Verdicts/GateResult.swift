package import Measurements

/// Everything that a gate judges.
package struct GateResult: Hashable, Sendable {
  /// The candidate compared with the baseline.
  package let familyResult: FamilyResult
  /// The candidate compared with a fixed point further back.
  package let anchor: Anchor
  package let budgets: [BudgetRuling]
  /// The facts about the history besides the numbers.
  package let context: BaselineContext
  /// The states of the policy's waivers, in the policy's order.
  package let waivers: [WaiverState]
  /// The states of the policy's goals that are for a series of either side, in the policy's order.
  package var goals: [GoalResult] = []

  package enum Anchor: Hashable, Sendable {
    /// The policy asks for no anchor.
    case none
    /// The anchor cannot be compared with.
    case unavailable
    case judged(FamilyResult)
  }

  /// The result against the anchor, if there is one.
  package var anchored: FamilyResult? { anchor.familyResult }

  /// Creates a result from parts that are already judged.
  package init(
    familyResult: FamilyResult, anchor: Anchor, budgets: [BudgetRuling], waivers: [WaiverState],
    context: BaselineContext = .init()
  ) {
    self.context = context
    self.familyResult = familyResult
    self.anchor = anchor
    self.budgets = budgets
    self.waivers = waivers
  }

  /// - Parameters:
  ///   - old: The baseline's series, pooled.
  ///   - new: The candidate's series, pooled.
  ///   - evidence: The series that budgets are compared with, if they are more than `new`.
  ///   - failures: The failures while the candidate was measured.
  ///   - anchor: The series of the fixed point.
  ///   - stage: nil for rounds that are judged once. The anchor is always judged once.
  package init(
    old: [Series], new: [Series], evidence: [Series]? = nil, failures: [Failure] = [],
    anchor: AnchorSeries = .none, context: BaselineContext = .init(), policy: Policy,
    stage: Stage? = nil
  ) {
    let stage = stage ?? Stage(alpha: policy.alpha)
    let familyResult =
      policy.judgesAlone
      ? FamilyResult(old: [], new: [], failures: failures, policy: policy, stage: stage)
      : FamilyResult(
        old: old, new: new, failures: failures, context: context, policy: policy, stage: stage)
    // The numbers that a benchmark left before it failed keep no budget, and break none.
    let failed = Set(failures.map(\.benchmark))
    let budgets = policy.rulings(
      on: policy.directed(evidence ?? new).filter {
        failed.isEmpty || !failed.contains($0.benchmark)
      }, at: stage.level)
    self.init(
      familyResult, budgets, new: new, failures: failures, anchor: anchor, context: context,
      policy: policy)
  }

  /// Creates a result from parts that are already judged, and from the anchor's series, which are
  /// judged here.
  init(
    _ familyResult: FamilyResult, _ budgets: [BudgetRuling], new: [Series], failures: [Failure],
    anchor: AnchorSeries, context: BaselineContext = .init(), policy: Policy
  ) {
    self.context = context
    self.familyResult = familyResult
    self.budgets = budgets
    self.anchor = Anchor(anchor, new: new, failures, policy)
    waivers = policy.states(of: [familyResult, self.anchor.familyResult].compactMap(\.self))
  }

  /// The series of the fixed point.
  package enum AnchorSeries: Sendable {
    case none, unavailable
    case series([Series])
  }
}

extension GateResult.Anchor {
  /// Keeps only the series that both sides have: benchmarks come and go between releases.
  fileprivate init(
    _ anchor: GateResult.AnchorSeries, new: [Series], _ failures: [Failure], _ policy: Policy
  ) {
    switch anchor {
    case .none: self = .none
    case .unavailable: self = .unavailable
    case .series(let old):
      var policy = policy
      policy.ledger = .silent
      let names = Names(policy.aliases)
      let common = Set(old.map(names.id(of:))).intersection(new.map(\.id))
      guard !common.isEmpty else { self = .unavailable; return }
      let benchmarks = Set(common.map(\.benchmark))
      self = .judged(
        FamilyResult(
          old: old.filter { common.contains(names.id(of: $0)) },
          new: new.filter { common.contains($0.id) },
          failures: failures.filter { $0.benchmark.map(benchmarks.contains) ?? false },
          policy: policy))
    }
  }

  fileprivate var familyResult: FamilyResult? {
    if case .judged(let familyResult) = self { familyResult } else { nil }
  }
}

extension Policy {
  fileprivate func states(of familyResults: [FamilyResult]) -> [WaiverState] {
    guard !waivers.isEmpty else { return [] }
    let used = Set(familyResults.flatMap { $0.seriesResults.compactMap(\.waiver?.waiver) })
    return waivers.map {
      WaiverState(waiver: $0, isExpired: $0.isExpired(on: today), isUsed: used.contains($0))
    }
  }
}
