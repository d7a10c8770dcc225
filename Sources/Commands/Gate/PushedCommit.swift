import CommandLine
import Git
import Reports
import Verdicts

/// A commit that is pushed, possibly as several references.
struct PushedCommit {
  var names: [String]
  let commit: Commit
  /// The standard that the commit is judged by; `nil` inside if the user named one
  /// with `--against`.
  let standard: Result<PushTarget.Standard?, Diagnostic>

  /// The properties by which two pushed commits are judged alike.
  struct Key: Hashable {
    let commit: Commit
    let base: Commit?
    let isJudgedBefore: Bool
  }

  var key: Key { Key(commit: commit, base: base?.commit, isJudgedBefore: isJudgedBefore) }

  /// The base that the commit is compared with; nil if it is not known, or if `--against`
  /// was typed.
  var base: Base? {
    if case .base(let base)? = try? standard.get() { base } else { nil }
  }

  private var isJudgedBefore: Bool {
    if case .judgedBefore? = try? standard.get() { true } else { false }
  }
}

/// The result of judging one pushed commit.
struct PushedCommitResult {
  let parcel: PushedCommit
  let result: Result
  /// The changes that make the commit's rules looser than those before.
  var loosened: [Loosening] = []
  /// Sentences about keys of the commit's rules that do not count yet but concern where and for
  /// which machine numbers are stored. The commit's own runs may not be compared because of them.
  var apart: [String] = []
  /// True if looser rules refuse the commit.
  var refusesLoosened = false

  enum Result {
    case judged(Report)
    /// Only other machines have numbers to compare with, which refuses no push.
    case otherMachines(Judged.WithoutMachine)
    /// The commit has no number, which refuses no push. `nearest` says how the nearest earlier
    /// commit with a number is judged.
    case withoutResult(Diagnostic, nearest: String?)
    /// The base branch already has the commit, or gets it by this push; the text says which.
    case judgedBefore(String)
    case failed(Diagnostic)
  }

  /// The result in two or three words.
  var words: String {
    switch result {
    case _ where refusesLoosened && own == .success: "rules loosened, and hook.loosened = fail"
    case .judged(let report): ExitStatus.words(for: report)
    case .withoutResult(let why, _), .failed(let why): why.status.words
    case .judgedBefore, .otherMachines: ExitStatus.success.words
    }
  }

  var status: ExitStatus { refusesLoosened && own == .success ? .regression : own }

  /// The exit status by the numbers alone.
  private var own: ExitStatus {
    switch result {
    case .judged(let report): ExitStatus(report)
    case .failed(let why): why.status
    case .otherMachines, .withoutResult, .judgedBefore: .success
    }
  }
}
