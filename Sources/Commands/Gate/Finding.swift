import CommandLine
import Git
import Reports
import Verdicts

/// A commit that is pushed, maybe as several references.
struct PushedCommit {
  var names: [String]
  let commit: Commit
  /// nil for what the user named with `--against`.
  let standard: Result<PushTarget.Standard?, Diagnostic>

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
  /// What its rules let pass that those before would not.
  var loosened: [Loosening] = []
  /// What its rules say of where and for which machine numbers lie, in words: it does not count, but may
  /// have kept what it recorded from being compared.
  var apart: [String] = []
  /// Whether that refuses it.
  var refusesLoosened = false

  enum Result {
    case judged(Report)
    /// Only other machines have numbers to compare with, and that holds nobody up.
    case otherMachines(Judged.WithoutMachine)
    /// It has no number, and that holds nobody up; what the nearest commit before it that has one comes
    /// to.
    case withoutResult(Diagnostic, nearest: String?)
    /// The base branch has it already, or gets it by this push; why, in words.
    case judgedBefore(String)
    case failed(Diagnostic)
  }

  /// In two or three words.
  var words: String {
    switch result {
    case _ where refusesLoosened && own == .success: "rules loosened, and hook.loosened = fail"
    case .judged(let report): ExitStatus.words(for: report)
    case .withoutResult(let why, _), .failed(let why): why.status.words
    case .judgedBefore, .otherMachines: ExitStatus.success.words
    }
  }

  var status: ExitStatus { refusesLoosened && own == .success ? .regression : own }

  /// By its numbers alone.
  private var own: ExitStatus {
    switch result {
    case .judged(let report): ExitStatus(report)
    case .failed(let why): why.status
    case .otherMachines, .withoutResult, .judgedBefore: .success
    }
  }
}
