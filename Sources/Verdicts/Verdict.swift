package import Measurements

/// What the comparison of one series says.
package enum Verdict: Hashable, Sendable {
  /// Significantly worse, by more than the limit; `certain` when the whole interval is beyond it.
  case regression(certain: Bool)
  /// The same, permitted by a waiver.
  case waived(certain: Bool)
  /// A regression of the marked merge-base, to which the candidate adds nothing.
  case inherited(certain: Bool)
  /// A regression in the better direction.
  case improvement(certain: Bool)
  /// Better by so much that it may no longer do its work.
  case collapsed(certain: Bool)
  /// The whole interval is inside the limit, on both sides.
  case unchanged
  /// The interval excludes a regression beyond the limit, and not an improvement.
  case notWorse
  /// Neither shown nor excluded.
  case inconclusive(Doubt)
  /// The numbers do not measure the same thing.
  case incomparable(Mismatch)
  /// In the baseline only.
  case missing
  /// In the baseline only; only parts of the suite were recorded for the candidate.
  case notMeasured
  /// In the baseline only; the candidate has one much like it under another name.
  case renamed(to: String)
  /// The candidate's command or import failed.
  case failed(reason: String)
  /// In the candidate only.
  case new

  package var kind: Kind {
    switch self {
    case .regression: .regression
    case .waived: .waived
    case .inherited: .inherited
    case .improvement: .improvement
    case .collapsed: .collapsed
    case .unchanged: .unchanged
    case .notWorse: .notWorse
    case .inconclusive: .inconclusive
    case .incomparable: .incomparable
    case .missing: .missing
    case .notMeasured: .notMeasured
    case .renamed: .renamed
    case .failed: .failed
    case .new: .new
    }
  }

  /// The verdict without its details, in the order of a reader's interest.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case regression, failed, missing, renamed, notMeasured, incomparable, collapsed, inherited,
      waived, improvement, notWorse, inconclusive, new, unchanged

    /// The state that the policy's ledger has a response to; nil for what was compared in earnest.
    package var ledgerState: CoverageState? { CoverageState(rawValue: rawValue) }
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
  /// Repetitions within one process are all there is, and they do not show enough by themselves.
  case withinOneProcess
  /// The change is within what the series differs by from one recording to the next.
  case withinSwing(deviation: Double, change: Double)
  /// The rounds differ from the baseline's, which was off: from the usual level it is within the threshold.
  case nearLevel(change: Double)
  /// It was at this level before, in a recording of that day.
  case levelBefore(Day?)
  /// It changed, and nobody says whether for the better; nil for a change from zero.
  case directionUnknown(change: Double?)
  /// A regression by itself, but so many series were compared that one like it is to be expected.
  case amongMany(p: Double, family: Int)
}

/// In what two series of one name differ, so that their numbers cannot be compared.
package enum Mismatch: Hashable, Sendable {
  case unit(old: String, new: String)
  /// One side counts lower as better, the other higher.
  case direction
  /// The runs of a side do not agree on unit or direction: those of the candidate, or only those of
  /// the history.
  case ambiguous(inCandidate: Bool)
  /// A side is a single number that its tool computed, which is no evidence.
  case summary
  /// Numbers so large, or so far apart, that the figures between them are none.
  case overflow
  /// The history's numbers cannot be used, for the reason that is given.
  case history(String)
  /// The same, and nobody can tell what they are.
  case unreadable(String)
}

extension Mismatch {
  /// Whether the candidate is the cause; else it is the history, which makes its own row incomparable
  /// and fails nothing.
  package var isOfCandidate: Bool {
    switch self {
    case .unit, .direction, .overflow: true
    case .ambiguous(let inCandidate): inCandidate
    case .summary, .history, .unreadable: false
    }
  }
}
