import History
import Measurements
import Reports
import Verdicts

/// Two contenders and how the older one was chosen: what becomes a report.
struct Match {
  let baseline: Contender
  let candidate: Contender
  let origin: Origin
  /// What the search for the baseline has to say.
  private let searched: [String]
  /// The commit that measured last what a pattern fits, as far as the history was walked.
  var knownBefore: (PolicyProblem.Subject, Pattern) -> String? = { _, _ in nil }

  /// A candidate that nothing is compared with.
  init(alone candidate: Contender, because reason: String) {
    baseline = .none
    self.candidate = candidate
    origin = Origin(rule: Origin.none, explanation: reason, distance: nil, skipped: [])
    searched = []
  }

  /// Two sides that were measured together just now.
  init(baseline: Contender, candidate: Contender, because reason: String) {
    self.baseline = baseline
    self.candidate = candidate
    origin = Origin(
      rule: Baseline.Rule.session.rawValue, explanation: reason, distance: nil, skipped: [])
    searched = []
  }

  /// - Throws: ``Complaint`` where the two were measured on different machines, unless that is allowed.
  init(
    baseline: Contender, candidate: Contender, origin: Origin, searched: [String],
    anyEnvironment: Bool
  ) throws {
    self.baseline = baseline
    self.candidate = candidate
    self.origin = origin
    self.searched = searched
    guard !anyEnvironment, let old = baseline.party.environment,
      let new = candidate.party.environment, old.key != new.key
    else { return }
    throw Complaint(
      .nothingToCompare,
      "'\(baseline.party.name)' and '\(candidate.party.name)' were measured on different machines",
      hint: "measure both on one machine, or compare all the same with `--environment any`",
      details: new.differences(from: old).map(\.description))
  }

  /// - Parameters:
  ///   - isGate: Whether the report carries an outcome.
  ///   - decision: Where it was made already, as by looks at rounds that came in.
  func report(
    tool: String, scope: Scope, policy: Policy, isGate: Bool, anchor: Anchor? = nil,
    decision: Decision? = nil, warnings: [String]
  ) -> Report {
    let decision =
      decision
      ?? Decision(
        old: baseline.series, new: candidate.series,
        failures: candidate.failures + candidate.shardFailures,
        anchor: anchor?.series ?? .none, policy: policy)
    return Report(
      tool: tool, outcome: isGate ? decision.outcome(under: policy) : nil, scope: scope,
      baseline: baseline.party, candidate: candidate.party, origin: origin,
      sides: Sides(base: baseline.series, head: candidate.series), anchor: anchor?.party,
      decision: decision, policy: policy,
      warnings: warnings + baseline.warnings + candidate.warnings + searched + remarks
        + remarks(on: policy))
  }

  private var remarks: [String] {
    let (old, new) = (baseline.party, candidate.party)
    var remarks: [String] = []
    let compared = origin.rule == Origin.none ? [new] : [old, new]
    for party in compared where party.environment == nil && !party.runs.isEmpty {
      remarks.append("'\(party.name)' does not say on which machine it was measured")
    }
    remarks += baseline.shardFailures.map { "'\(old.name)': \($0.reason)" }
    if let key = old.environment?.key, let other = new.environment?.key, key != other {
      remarks.append("measured on different machines, so a change may be the machine's")
    }
    return remarks
  }
}

extension Origin {
  init(_ baseline: Baseline, base: String) {
    let distance = baseline.distance ?? 0
    let explanation =
      switch baseline.rule {
      case .against: "as asked"
      case .session: "measured in the same session"
      case .mergeBase where distance == 0: "merge-base with \(base)"
      case .mergeBase: "\(distance) before the merge-base with \(base)"
      case .firstParent where distance == 1: "the commit before, on \(base)"
      case .firstParent: "\(distance) commits before, on \(base)"
      }
    self.init(
      rule: baseline.rule.rawValue, explanation: explanation, distance: baseline.distance,
      skipped: baseline.skipped.map(\.words))
  }

  /// A baseline that the user named.
  static let named = Origin(rule: "against", explanation: "as asked", distance: nil, skipped: [])
}
