/// What a benchmark can come to that was not measured on both sides as the one it was.
package enum CoverageState: String, CaseIterable, Hashable, Sendable {
  /// In the baseline only.
  case missing
  /// Its command or its import failed.
  case failed
  /// In the baseline only, and the candidate has one much like it under a new name.
  case renamed
  /// In the baseline only, and only parts of the suite were recorded for the candidate.
  case notMeasured
  /// A regression of the marked merge-base, to which the candidate adds nothing.
  case inherited
  /// In the candidate only.
  case new
  /// Better by so much that it may no longer do its work.
  case collapsed
  /// Measured with other work than the baseline.
  case redefined
}

/// What a gate makes of such a state.
package enum Response: String, CaseIterable, Hashable, Sendable {
  /// The gate fails.
  case fail
  /// It is shown.
  case warn
  /// It is shown only to those who want every row.
  case ignore
}

/// How a gate responds to each state, for all benchmarks and for some.
package struct CoveragePolicy: Hashable, Sendable {
  package var common: [CoverageState: Response] = [:]
  package var rules: [CoverageState: [Policy.Rule<Response>]] = [:]

  package init() {}

  package func response(to state: CoverageState, of benchmark: String) -> Response {
    if let own = rules[state]?.mostSpecific(for: benchmark)?.value ?? common[state] { return own }
    return switch state {
    case .missing, .failed: .fail
    // Until somebody confirms the new name, it is missing.
    case .renamed: response(to: .missing, of: benchmark)
    case .notMeasured: .fail
    case .new, .collapsed, .inherited, .redefined: .warn
    }
  }

  /// One that lets everything pass unseen.
  static let silent: CoveragePolicy = {
    var ledger = CoveragePolicy()
    for state in CoverageState.allCases { ledger.common[state] = .ignore }
    return ledger
  }()
}
