package import Measurements

/// The result of comparing a series that a policy has a response to.
package enum ChangeState: String, CaseIterable, Hashable, Sendable {
  case regression, improvement
}

/// The responses of a gate to changes, for all series and for some.
///
/// If no rule says otherwise, a regression fails and an improvement is shown. An improvement that
/// fails is for numbers that nobody may change without noticing, in either direction.
package struct Severities: Hashable, Sendable {
  package var common: [ChangeState: Response] = [:]
  /// Responses for some benchmarks; they take precedence over those for metrics.
  package var benchmarks: [ChangeState: [Policy.Rule<Response>]] = [:]
  package var metrics: [ChangeState: [Policy.Rule<Response>]] = [:]

  package init() {}

  /// - Returns: nil if the policy has no rule.
  package func response(to state: ChangeState, of id: Series.ID) -> Response? {
    benchmarks[state]?.mostSpecific(for: id.benchmark.name)?.value
      ?? metrics[state]?.mostSpecific(for: id.metric)?.value ?? common[state]
  }
}

extension Policy {
  /// Returns the gate's response to a verdict that the policy has a rule for.
  ///
  /// - Parameter decides: True if the series decides; a change of a series that does not decide
  ///   fails nothing.
  func response(to verdict: Verdict, of id: Series.ID, decides: Bool) -> Response? {
    let response = response(to: verdict.kind, of: id)
    let harmless: Set<Verdict.Kind> = [
      .regression, .improvement, .inherited, .collapsed, .missing, .notMeasured,
    ]
    return !decides && harmless.contains(verdict.kind) && response != .ignore ? .warn : response
  }

  private func response(to kind: Verdict.Kind, of id: Series.ID) -> Response? {
    if let state = kind.ledgerState { return ledger.response(to: state, of: id.benchmark.name) }
    return ChangeState(rawValue: kind.rawValue).flatMap { severities.response(to: $0, of: id) }
  }
}
