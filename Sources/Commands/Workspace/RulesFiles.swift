import CommandLine
import Configuration
import Git

/// The commits and circumstances for which rules are asked.
struct RulesQuestion {
  /// The judged commit; nil for uncommitted changes that were measured.
  var judged: Commit?
  /// The commit that the change is compared with: the merge-base, or the commit that a push to the
  /// branch replaces; nil if there is none.
  var base: Commit?
  /// The newest commit of the base branch, with the branch's name in messages; nil without a
  /// base branch.
  var tip: Base?
  /// True if the state before the change lies beyond the end of a shallow clone.
  var isCutOff = false
  /// True if the `.perfconfig` of the work tree counts.
  var isOfWorkTree = false
  /// True if the judged commit is checked out, so that the user may mean the file of the work tree.
  var isCheckedOut = false
}

/// The files from which rules are made, each as its commit has it.
struct RulesFiles {
  /// The change's own file.
  let own: ConfigurationFile
  /// The name of that file's place in messages.
  let ownName: String
  /// The file before the change; nil if it is unknown.
  let before: ConfigurationFile?
  /// The file whose keys choose what is compared; nil if it is the change's own.
  let comparison: ConfigurationFile?
  let isFirst: Bool
  /// True if looser rules were refused before the change.
  let refusesLoosened: Bool
  let notices: [String]

  init(_ question: RulesQuestion, in workspace: Workspace) throws {
    let isOfWorkTree = question.isOfWorkTree || question.judged == nil
    own =
      if let judged = question.judged, !isOfWorkTree {
        try workspace.files.file(of: judged.tree)
      } else { try workspace.files.fileHere() }
    ownName = isOfWorkTree ? "the work tree" : question.judged?.id.short ?? "none"
    // All keys are checked, because a key that does not count yet will count once it is on
    // the branch.
    _ = try ProjectConfiguration.saying(own.settings + workspace.gitSettings)
    let base = try question.base.map {
      try ConfigurationReading(of: $0, $0.id.short, in: workspace)
    }
    var tip = base
    if let branch = question.tip, branch.commit != question.base {
      let other = try ConfigurationReading(of: branch.commit, branch.name, in: workspace)
      // If the branch's file cannot be read, the keys come from the merge-base, never from
      // the change.
      tip = !other.isReadable && base?.isUsable == true ? base : other
    }
    before = base?.file
    comparison = tip.flatMap { $0.file.isPresent ? $0.file : nil }
    isFirst = own.isPresent && base.map { !$0.isUsable } ?? false
    refusesLoosened = [base, tip].contains {
      $0?.file.settings.lastValue(of: "hook.loosened") == MissingResult.fail.rawValue
    }
    var notices = [base, tip].compactMap { $0?.diagnostic }
    if notices.count > 1, notices[0] == notices[1] { notices.removeLast() }
    if question.isCutOff {
      notices.append("this clone is shallow: what the change loosens cannot be told")
    }
    self.notices = notices
  }
}

/// The file of an earlier commit. An error in it stops nobody, least of all the change that
/// repairs it.
private struct ConfigurationReading {
  let file: ConfigurationFile
  let diagnostic: String?

  init(of commit: Commit, _ name: String, in workspace: Workspace) throws {
    do {
      let file = try workspace.files.file(of: commit.tree, revision: name)
      _ = try ProjectConfiguration.saying(file.settings + workspace.gitSettings)
      (self.file, diagnostic) = (file, nil)
    } catch let error where error is ConfigurationError || error is UsageError {
      file = .unreadable
      diagnostic = "the rules of \(name) do not count: \(Diagnostic(error).message)"
    }
  }

  var isReadable: Bool { diagnostic == nil }

  /// True if the file exists and can be read.
  var isUsable: Bool { isReadable && file.isPresent }
}
