/// The state of a benchmark that was not measured on both sides as the same benchmark.
package enum CoverageState: String, CaseIterable, Hashable, Sendable {
  /// The benchmark is in the baseline only.
  case missing
  /// The benchmark's command or its import failed.
  case failed
  /// The benchmark is in the baseline only, and the candidate has one much like it under a new
  /// name.
  case renamed
  /// The benchmark is in the baseline only, and only parts of the suite were recorded for the
  /// candidate.
  case notMeasured
  /// A regression of the marked merge-base, to which the candidate adds nothing.
  case inherited
  /// The benchmark is in the candidate only.
  case new
  /// The benchmark is better by so much that it may no longer do its work.
  case collapsed
  /// The benchmark was measured with other work than the baseline.
  case redefined
}

/// The response of a gate to such a state.
package enum Response: String, CaseIterable, Hashable, Sendable {
  /// The gate fails.
  case fail
  /// The state is shown.
  case warn
  /// The state is shown only to readers who want every row.
  case ignore
}

/// The responses of a gate to each state, for all benchmarks and for some.
package struct CoveragePolicy: Hashable, Sendable {
  package var common: [CoverageState: Response] = [:]
  package var rules: [CoverageState: [Policy.Rule<Response>]] = [:]

  package init() {}

  package func response(to state: CoverageState, of benchmark: String) -> Response {
    if let own = rules[state]?.mostSpecific(for: benchmark)?.value ?? common[state] { return own }
    return switch state {
    case .missing, .failed: .fail
    // A renamed benchmark counts as missing until somebody confirms the new name.
    case .renamed: response(to: .missing, of: benchmark)
    case .notMeasured: .fail
    case .new, .collapsed, .inherited, .redefined: .warn
    }
  }

  /// The policy that lets everything pass and shows nothing.
  static let silent: CoveragePolicy = {
    var ledger = CoveragePolicy()
    for state in CoverageState.allCases { ledger.common[state] = .ignore }
    return ledger
  }()
}
