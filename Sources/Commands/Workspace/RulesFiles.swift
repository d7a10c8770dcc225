import CommandLine
import Configuration
import Git

/// What rules are asked for.
struct RulesQuestion {
  /// What is judged; nil for what was measured from changes.
  var judged: Commit?
  /// What the change is compared with: the merge-base, or what a push to the branch replaces; nil
  /// where there is none.
  var base: Commit?
  /// The newest commit of the base branch, and what messages call that branch; nil without one.
  var tip: Base?
  /// Whether what was there before is beyond the edge of a shallow clone.
  var isCutOff = false
  /// Whether the work tree's `.perfconfig` counts.
  var isOfWorkTree = false
  /// Whether the work tree belongs to what is judged, so that its file might be meant.
  var isCheckedOut = false
}

/// The files that rules are made of, each as its commit has it.
struct RulesFiles {
  /// The change's own.
  let own: ConfigurationFile
  /// As messages call where that is.
  let ownName: String
  /// What was there before the change; nil where nothing is known of that.
  let before: ConfigurationFile?
  /// Where the keys are read from that choose what is compared; nil where they are the change's.
  let comparison: ConfigurationFile?
  let isFirst: Bool
  /// Whether looser rules were refused before the change.
  let refusesLoosened: Bool
  let parseNotes: [String]

  init(_ question: RulesQuestion, in workspace: Workspace) throws {
    let isOfWorkTree = question.isOfWorkTree || question.judged == nil
    own =
      if let judged = question.judged, !isOfWorkTree {
        try workspace.files.file(of: judged.tree)
      } else { try workspace.files.fileHere() }
    ownName = isOfWorkTree ? "the work tree" : question.judged?.id.short ?? "none"
    // A key that does not count yet will count once it is on the branch.
    _ = try ProjectConfiguration.saying(own.settings + workspace.gitSettings)
    let base = try question.base.map {
      try ConfigurationReading(of: $0, $0.id.short, in: workspace)
    }
    var tip = base
    if let branch = question.tip, branch.commit != question.base {
      let other = try ConfigurationReading(of: branch.commit, branch.name, in: workspace)
      // What is there and cannot be read leaves the keys to the merge-base, never to the change.
      tip = !other.isReadable && base?.isUsable == true ? base : other
    }
    before = base?.file
    comparison = tip.flatMap { $0.file.isPresent ? $0.file : nil }
    isFirst = own.isPresent && base.map { !$0.isUsable } ?? false
    refusesLoosened = [base, tip].contains {
      $0?.file.settings.lastValue(of: "hook.loosened") == MissingResult.fail.rawValue
    }
    var parseNotes = [base, tip].compactMap { $0?.diagnostic }
    if parseNotes.count > 1, parseNotes[0] == parseNotes[1] { parseNotes.removeLast() }
    if question.isCutOff {
      parseNotes.append("this clone is shallow: what the change loosens cannot be told")
    }
    self.parseNotes = parseNotes
  }
}

/// The file of a commit of the history, whose trouble holds nobody up, least of all who repairs it.
private struct ConfigurationReading {
  let file: ConfigurationFile
  let diagnostic: String?

  init(of commit: Commit, _ name: String, in workspace: Workspace) throws {
    do {
      let file = try workspace.files.file(of: commit.tree, revision: name)
      _ = try ProjectConfiguration.saying(file.settings + workspace.gitSettings)
      (self.file, diagnostic) = (file, nil)
    } catch {
      let why = Diagnostic(error)
      guard why.status == .usage else { throw error }
      file = .unreadable
      diagnostic = "the rules of \(name) do not count: \(why.message)"
    }
  }

  var isReadable: Bool { diagnostic == nil }

  /// Whether it is there, and says something that can be read.
  var isUsable: Bool { isReadable && file.isPresent }
}
