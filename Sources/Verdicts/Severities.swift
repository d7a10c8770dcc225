package import Measurements

/// What the comparison of a series can show that a policy has a response to.
package enum ChangeState: String, CaseIterable, Hashable, Sendable {
  case regression, improvement
}

/// How a gate responds to changes, for all series and for some.
///
/// A regression fails where nobody says otherwise, and an improvement is shown. An improvement that
/// fails is for numbers that nobody is to change unawares, in either direction.
package struct Severities: Hashable, Sendable {
  package var common: [ChangeState: Response] = [:]
  /// For some benchmarks; they go before those for metrics.
  package var benchmarks: [ChangeState: [Policy.Rule<Response>]] = [:]
  package var metrics: [ChangeState: [Policy.Rule<Response>]] = [:]

  package init() {}

  /// - Returns: nil where the policy says nothing.
  package func response(to state: ChangeState, of id: Series.ID) -> Response? {
    benchmarks[state]?.mostSpecific(for: id.benchmark.name)?.value
      ?? metrics[state]?.mostSpecific(for: id.metric)?.value ?? common[state]
  }
}

extension Policy {
  /// What a gate makes of a verdict that the policy has a word on.
  ///
  /// - Parameter decides: Whether the series does; of another one no change fails anything.
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
