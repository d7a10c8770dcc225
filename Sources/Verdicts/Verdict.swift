package import Measurements

/// The verdict of the comparison of one series.
package enum Verdict: Hashable, Sendable {
  /// Significantly worse, by more than the limit; `certain` when the whole interval is beyond it.
  case regression(certain: Bool)
  /// A regression that a waiver permits.
  case waived(certain: Bool)
  /// A regression of the marked merge-base, to which the candidate adds nothing.
  case inherited(certain: Bool)
  /// Significantly better, by more than the limit; `certain` when the whole interval is beyond it.
  case improvement(certain: Bool)
  /// The series is better by so much that it may no longer do its work.
  case collapsed(certain: Bool)
  /// The whole interval is inside the limit, on both sides.
  case unchanged
  /// The interval excludes a regression beyond the limit, and not an improvement.
  case notWorse
  /// A regression is neither shown nor excluded.
  case inconclusive(Doubt)
  /// The numbers do not measure the same thing.
  case incomparable(Mismatch)
  /// The series is in the baseline only.
  case missing
  /// The series is in the baseline only; only parts of the suite were recorded for the candidate.
  case notMeasured
  /// The series is in the baseline only; the candidate has one much like it under another name.
  case renamed(to: String)
  /// The candidate's command or import failed.
  case failed(reason: String)
  /// The series is in the candidate only.
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

    /// The state that the policy's ledger has a response to; nil if the series was really compared.
    package var ledgerState: CoverageState? { CoverageState(rawValue: rawValue) }
  }
}

/// The reason why a series stays undecided, and the means to decide it.
package enum Doubt: Hashable, Sendable {
  /// No data of so few rounds could be significant, or there are only repetitions within one
  /// process; `need` rounds a side could be, nil if no number could.
  case tooFewRounds(old: Int, new: Int, need: Int?)
  /// The interval is too wide; about `need` rounds a side would narrow it enough, nil if it is more
  /// than anybody would run.
  case tooNoisy(need: Int?)
  /// Attempts at tasks leave room for a drop of the margin. About `need` attempts a side would exclude
  /// it, nil if it is more than anybody would run; these exclude a drop of `excludable`.
  case tooFewAttempts(need: Int?, margin: Double, excludable: Double?)
  /// There are only repetitions within one process, and they do not show enough by themselves.
  case withinOneProcess
  /// The change is within the differences of the series from one recording to the next.
  case withinSwing(deviation: Double, change: Double)
  /// The rounds differ from the baseline's, which was off: the distance from the usual level is
  /// within the threshold.
  case nearLevel(change: Double)
  /// The series was at this level before, in a recording of that day.
  case levelBefore(Day?)
  /// The series changed, and nobody states whether for the better; nil for a change from zero.
  case directionUnknown(change: Double?)
  /// The series is a regression by itself, but so many series were compared that one like it is to
  /// be expected.
  case amongMany(p: Double, family: Int)
}

/// The difference between two series of one name that makes their numbers incomparable.
package enum Mismatch: Hashable, Sendable {
  case unit(old: String, new: String)
  /// One side counts lower as better, the other higher.
  case direction
  /// The runs of a side do not agree on unit or direction: those of the candidate, or only those of
  /// the history.
  case ambiguous(inCandidate: Bool)
  /// A side is a single number that its tool computed, which is no evidence.
  case summary
  /// The numbers are so large, or so far apart, that the figures between them are not numbers.
  case overflow
  /// The history's numbers cannot be used, for the given reason.
  case history(String)
  /// The history's numbers cannot be used, and nobody can read them.
  case unreadable(String)
}

extension Mismatch {
  /// True if the candidate is the cause. Otherwise it is the history, which makes its own row
  /// incomparable and fails nothing.
  package var isOfCandidate: Bool {
    switch self {
    case .unit, .direction, .overflow: true
    case .ambiguous(let inCandidate): inCandidate
    case .summary, .history, .unreadable: false
    }
  }
}
