import Measurements
import Statistics

/// What a waiver says of a row.
struct Permission {
  let finding: WaiverFinding?

  var isGiven: Bool { finding?.state == .permits }
}

extension Judge {
  /// The waiver for what a verdict says, the first that permits it; else the first that would have.
  ///
  /// A regression has a second one where it was measured with other work: that the change is none.
  func permission(for verdict: Verdict, _ pair: Pair, _ comparison: Comparison?) -> Permission {
    var findings = verdict.waivedBy.compactMap { policy.waiver(for: pair.id, $0) }
    if verdict.kind == .regression, let effect = comparison?.effect {
      findings += [policy.waiver(for: pair.id, effect, better: pair.metric.better)].compactMap(
        \.self)
    }
    if pair.isRedefined {
      findings += [policy.waiver(for: pair.id, .redefined)].compactMap(\.self)
    }
    return Permission(finding: findings.first { $0.state == .permits } ?? findings.first)
  }

  /// That both sides were measured with other work; nothing to answer for where a waiver permits it.
  func redefinition(of pair: Pair, _ finding: Finding, _ permission: Permission) -> Redefinition? {
    guard finding.hasTwoSides else { return nil }
    let response = policy.ledger.response(to: .redefined, of: pair.id.benchmark.name)
    let isPermitted =
      permission.isGiven && permission.finding?.waiver.states.contains(.redefined) == true
    return pair.redefinition(isPermitted && response == .fail ? .warn : response)
  }
}

extension Finding {
  /// Whether both sides have numbers.
  fileprivate var hasTwoSides: Bool {
    switch self {
    case .compared, .mismatch: true
    case .missing, .failed, .new, .same: false
    }
  }
}
