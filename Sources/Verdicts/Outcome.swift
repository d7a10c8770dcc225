/// What a whole gate says.
package enum Outcome: String, CaseIterable, Hashable, Sendable {
  case pass
  case regression
  /// A benchmark of the baseline was not measured.
  case incomplete
  /// Nothing, or not everything, can be compared.
  case incomparable
  /// Undecided series, where the policy calls that a failure.
  case inconclusive

  /// The exit status: 0, 1, 4, 3 and 6.
  package var status: Int32 {
    switch self {
    case .pass: 0
    case .regression: 1
    case .incomplete: 4
    case .incomparable: 3
    case .inconclusive: 6
    }
  }
}

extension Assessment {
  /// How many judgements are of each kind; kinds without any are there with 0.
  package var counts: [Verdict.Kind: Int] {
    judgements.reduce(into: Dictionary(uniqueKeysWithValues: Verdict.Kind.allCases.map { ($0, 0) }))
    { $0[$1.verdict.kind, default: 0] += 1 }
  }

  /// The worst of what the judgements say: a regression, something missing, something incomparable
  /// or nothing in common, then what is undecided.
  package func outcome(under policy: Policy) -> Outcome {
    let kinds = Set(judgements.map(\.verdict.kind))
    if kinds.contains(.regression) { return .regression }
    if kinds.contains(.missing) { return .incomplete }
    if kinds.contains(.incomparable) || kinds.isSubset(of: [.new]) { return .incomparable }
    if kinds.contains(.inconclusive), policy.failsInconclusive { return .inconclusive }
    return .pass
  }
}
