import CommandLine
import Configuration
import Formats
import Git
import History
import Measurements
import Reports
import Runner
import System

extension Diagnostic {
  /// Turns any error of the modules below into a diagnostic.
  init(_ error: any Error) {
    switch error {
    case let error as Diagnostic: self = error
    case let error as PreparationError: self = error.diagnostic
    case let error as EndError: self = error.diagnostic
    case let error as NothingToCompare: self.init(error)
    case let error as NoResultError: self = error.diagnostic
    case let error as UsageError: self.init(.usage, error.message, hint: error.hint)
    case let error as ConfigurationError:
      self.init(.usage, error.message, hint: error.hint)
    case let error as InputError:
      self.init(
        .unusable, error.description,
        hint: error.hint
          ?? "it is read as its tool wrote it: see whether it was cut off or changed, or is of another"
      )
    case let error as LaunchError:
      let lines = error.messages.split(separator: "\n").map(String.init)
      self.init(.unusable, error.description, hint: error.hint, details: lines)
    case let error as GitError: self.init(error)
    case let error as GitProgramError:
      self.init(.failure, error.message, hint: error.hint, details: error.messages)
    case let error as HistoryError: self.init(error)
    case let error as WriteError: self.init(.failure, error.description)
    default: self.init(.failure, "\(error)")
    }
  }

  private init(_ error: GitError) {
    let hint: String? =
      switch error.kind {
      case .owner: "if you trust it, `git config --global --add safe.directory <path>`"
      case .locked: Self.staleLock
      case .noRepository:
        "run it inside a git repository, or name one with `-C <dir>`"
      case .missing:
        "`git fsck` tells damage; in a partial clone, `git notes --ref=perf show <commit>` fetches "
          + "what is missing"
      case .unborn: "make a first commit"
      case .replaced:
        "`git replace -l` and .git/info/grafts name it: judge what was committed with "
          + "GIT_NO_REPLACE_OBJECTS=1, or rewrite the history for good"
      case .configuration: "`git config --list --show-origin` reads it, file by file"
      case .tooLarge:
        "no recorder writes so much by itself: `git notes --ref=perf show <object>` prints it, and "
          + "`git notes --ref=perf remove <object>` takes it away"
      case .unsupportedFormat(.reftables):
        "libgit2 here knows no reftables: `git refs migrate --ref-format=files` makes files of them"
      case .unsupportedFormat(.otherHash):
        "libgit2 here knows SHA-1 only: measure into files with `perf-record --output <file>`, and "
          + "compare these with perf-diff"
      case .unsupportedFormat(.other), .unsupported:
        "libgit2 here does not know that: for a split index, `git update-index --no-split-index`"
      default: nil
      }
    self.init(
      error.kind == .configuration ? .usage : .failure, error.description, hint: hint)
  }

  private init(_ error: HistoryError) {
    switch error {
    case .git(let error): self.init(error)
    case .encoding(let reason): self.init(.failure, "the run cannot be written: \(reason)")
    case .unattached: self.init(.usage, "the run names no commit")
    case .shallow(let commit):
      self.init(
        .failure, "this clone is shallow and ends at \(commit.short), before any baseline",
        hint: "deepen it with `git fetch --deepen=50`, or `git fetch --unshallow`")
    case .noRuns(let commit, let suites):
      self.init(
        .unusable, "no result for \(commit.id.short)\(Self.otherSuites(suites))",
        hint: suites.isEmpty
          ? "record one with `perf-record -- <command>`" : "name the suite with `--suite <name>`")
    case .index(let reason):
      self.init(
        .failure, "the index of the history cannot be read: \(reason)",
        hint: "`--no-index` reads the notes themselves")
    case .unrelated(let a, let b):
      self.init(
        .nothingToCompare, "\(a.short) and \(b.short) share no history",
        hint: "name a baseline with `--against <revision>`")
    }
  }

  /// The hint for a lock file that stays.
  static let staleLock =
    "it is held for a moment only: where it is older, by `ls -l`, and neither git nor perf-record "
    + "is at work here, one that was killed left it: remove that file"

  private static func otherSuites(_ suites: [String]) -> String {
    suites.isEmpty ? "" : " in this suite, only in \(suites.joined(separator: ", "))"
  }
}

extension Baseline.Skipped {
  /// A sentence that says why the commit was skipped.
  var words: String {
    switch reason {
    case .noRuns: "\(commit.short): no runs"
    case .otherSuite(let suites): "\(commit.short): only suite \(suites.joined(separator: ", "))"
    case .otherEnvironment(let differences):
      "\(commit.short): another machine (\(differences.map(\.description).joined(separator: "; ")))"
    case .rejected: "\(commit.short): the gate has refused its numbers"
    case .noNumbers: "\(commit.short): a run in which nothing could be launched"
    case .sameContent: "\(commit.short): the same content, and no numbers of its own"
    case .unreadable: "\(commit.short): unreadable runs"
    }
  }
}
