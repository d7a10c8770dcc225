import Git
import Reports
import Verdicts

/// A commit that is pushed, maybe as several references.
struct Parcel {
  var names: [String]
  let commit: Commit
  /// nil for what the user named with `--against`.
  let base: Result<Base?, Complaint>

  /// Whether both would be judged alike.
  func isSame(as other: Parcel) -> Bool {
    commit == other.commit && baseCommit == other.baseCommit
  }

  private var baseCommit: Commit? { (try? base.get())?.commit }
}

/// What came of one parcel.
struct Finding {
  let parcel: Parcel
  let result: Result<Report, Complaint>
  /// Whether there is nothing to judge by, and that holds nobody up.
  let isWaved: Bool
  /// What its rules are looser in than those that it is compared with.
  var loosened: [Loosening] = []
  /// Whether that refuses it.
  var refusesLoosened = false

  /// In two or three words.
  var words: String {
    switch result {
    case .success(let report) where ExitStatus(report) == .success && isRefusedForRules:
      "rules loosened, and hook.loosened = fail"
    case .success(let report): ExitStatus.words(for: report)
    case .failure(let why): why.status.words
    }
  }

  private var isRefusedForRules: Bool { refusesLoosened && !loosened.isEmpty }

  var status: ExitStatus {
    if isWaved { return .success }
    return switch result {
    case .success(let report) where ExitStatus(report) == .success && isRefusedForRules:
      .regression
    case .success(let report): ExitStatus(report)
    case .failure(let why): why.status
    }
  }
}
