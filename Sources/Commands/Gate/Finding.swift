import Git
import Reports

/// A commit that is pushed, maybe as several references.
struct PushedCommit {
  var names: [String]
  let commit: Commit
  /// nil for what the user named with `--against`.
  let standard: Result<PushTarget.Standard?, Complaint>

  /// What two have in common that would be judged alike.
  struct Key: Hashable {
    let commit: Commit
    let base: Commit?
    let isJudgedBefore: Bool
  }

  var key: Key { Key(commit: commit, base: base?.commit, isJudgedBefore: isJudgedBefore) }

  /// What it is compared with; nil where that is not known, or something else was typed.
  var base: Base? {
    if case .base(let base)? = try? standard.get() { base } else { nil }
  }

  private var isJudgedBefore: Bool {
    if case .judgedBefore? = try? standard.get() { true } else { false }
  }
}

/// What came of one pushed commit.
struct Finding {
  let parcel: PushedCommit
  let result: Result
  /// Whether its rules are looser than those before, and that refuses it.
  var refusesLoosened = false

  enum Result {
    case judged(Report)
    /// Only other machines have numbers to compare with, and that holds nobody up.
    case otherMachines(Judged.WithoutMachine)
    /// It has no number, and that holds nobody up; what the nearest commit before it that has one comes
    /// to.
    case withoutResult(Complaint, nearest: String?)
    /// The base branch has it already, or gets it by this push; why, in words.
    case judgedBefore(String)
    case failed(Complaint)
  }

  /// In two or three words.
  var words: String {
    switch result {
    case .judged(let report) where refusesLoosened && ExitStatus(report) == .success:
      "rules loosened, and hook.loosened = fail"
    case .judged(let report): ExitStatus.words(for: report)
    case .withoutResult(let why, _), .failed(let why): why.status.words
    case .judgedBefore, .otherMachines: ExitStatus.success.words
    }
  }

  var status: ExitStatus {
    switch result {
    case .judged(let report):
      refusesLoosened && ExitStatus(report) == .success ? .regression : ExitStatus(report)
    case .failed(let why): why.status
    case .otherMachines, .withoutResult, .judgedBefore: .success
    }
  }
}
