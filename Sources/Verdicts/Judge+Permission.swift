import Measurements
import Statistics

/// The effect of the waivers on a row.
struct Permission {
  let finding: WaiverFinding?

  var isGiven: Bool { finding?.state == .permits }
}

extension Judge {
  /// Returns the waiver for a verdict: the first that permits it, else the first that would have.
  ///
  /// A regression has a second one if it was measured with other work: the waiver that its change
  /// is none.
  func permission(for verdict: Verdict, _ pair: Pair, _ comparison: Comparison?) -> Permission {
    var findings = verdict.waivedBy.compactMap { policy.waiver(for: pair.id, $0) }
    if verdict.kind == .regression, let effect = comparison?.limitedEffect {
      findings += [policy.waiver(for: pair.id, effect, better: pair.metric.better)].compactMap(
        \.self)
    }
    if pair.isRedefined {
      findings += [policy.waiver(for: pair.id, .redefined)].compactMap(\.self)
    }
    return Permission(finding: findings.first { $0.state == .permits } ?? findings.first)
  }

  /// Returns the fact that both sides were measured with other work. It has no response if a waiver
  /// permits it.
  func redefinition(of pair: Pair, _ finding: PairResult, _ permission: Permission) -> Redefinition?
  {
    guard finding.hasTwoSides else { return nil }
    let response = policy.ledger.response(to: .redefined, of: pair.id.benchmark.name)
    if let repricing = pair.repricing, !pair.isRedefined {
      // Prices are no work of the program, and fail nothing.
      return repricing.redefinition(response == .fail ? .warn : response)
    }
    let isPermitted =
      permission.isGiven && permission.finding?.waiver.states.contains(.redefined) == true
    return pair.redefinition(isPermitted && response == .fail ? .warn : response)
  }
}

extension PairResult {
  /// True if both sides have numbers.
  fileprivate var hasTwoSides: Bool {
    switch self {
    case .compared, .mismatch: true
    case .missing, .failed, .new, .same: false
    }
  }
}
