/// What the comparison of one series says.
package enum Verdict: Hashable, Sendable {
  /// Significantly worse, by more than the threshold; `certain` when the whole interval is beyond it.
  case regression(certain: Bool)
  /// The same in the better direction.
  case improvement(certain: Bool)
  /// A regression beyond the threshold is excluded by the interval.
  case unchanged
  /// Neither shown nor excluded.
  case inconclusive(Doubt)
  /// The numbers do not measure the same thing.
  case incomparable(Mismatch)
  /// In the baseline only.
  case missing
  /// In the candidate only.
  case new

  package var kind: Kind {
    switch self {
    case .regression: .regression
    case .improvement: .improvement
    case .unchanged: .unchanged
    case .inconclusive: .inconclusive
    case .incomparable: .incomparable
    case .missing: .missing
    case .new: .new
    }
  }

  /// The verdict without its details, in the order of a reader's interest.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case regression, missing, incomparable, improvement, inconclusive, new, unchanged
  }
}

/// Why a series stays undecided, and what would decide it.
package enum Doubt: Hashable, Sendable {
  /// No data of so few rounds could be significant, or repetitions within one process are all there
  /// is; `need` rounds a side could, nil where none could.
  case tooFewRounds(old: Int, new: Int, need: Int?)
  /// The interval is too wide; about `need` rounds a side would narrow it enough, nil for more than
  /// anybody would run.
  case tooNoisy(need: Int?)
}

/// In what two series of one name differ, so that their numbers cannot be compared.
package enum Mismatch: Hashable, Sendable {
  case unit(old: String, new: String)
  /// One side counts lower as better, the other higher.
  case direction
  /// The runs of one side do not agree on unit or direction.
  case ambiguous
  /// Numbers so large, or so far apart, that the figures between them are none.
  case overflow
}
