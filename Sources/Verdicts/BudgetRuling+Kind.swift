extension BudgetRuling.State {
  /// The state of a ruling without its details, in the order of a reader's interest.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case broken, incomparable, inconclusive, kept
  }

  package var kind: Kind {
    switch self {
    case .kept: .kept
    case .broken: .broken
    case .inconclusive: .inconclusive
    case .incomparable: .incomparable
    }
  }
}
