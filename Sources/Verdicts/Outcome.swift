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
  /// Nothing that was compared could be decided, and the policy lets that pass.
  case undecided

  /// The exit status: 0, 1, 4, 3, 6 and 0.
  package var status: Int32 {
    switch self {
    case .pass, .undecided: 0
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
    if judgements.contains(where: policy.failsMissing) { return .incomplete }
    if kinds.contains(.incomparable) || kinds.isSubset(of: [.new, .missing]) {
      return .incomparable
    }
    guard kinds.contains(.inconclusive) else { return .pass }
    if policy.failsInconclusive { return .inconclusive }
    return kinds.isDisjoint(with: [.unchanged, .improvement]) ? .undecided : .pass
  }
}
