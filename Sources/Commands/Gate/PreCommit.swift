import Configuration
import Git

/// The variables that pre-commit sets for the hooks that it runs. It has already read what git
/// gives a pre-push hook.
///
/// If several branches are pushed at once, it names the first.
struct PreCommit {
  private let environment: [String: String]

  /// Reads the variables.
  ///
  /// - Returns: nil if pre-commit does not run this process.
  init?(_ environment: [String: String]) {
    guard environment["PRE_COMMIT"] != nil else { return nil }
    self.environment = environment
  }

  /// The name and the address of the remote, as git gives them to a hook.
  var operands: [String] {
    ["PRE_COMMIT_REMOTE_NAME", "PRE_COMMIT_REMOTE_URL"].compactMap { environment[$0] }
  }

  /// The revision that is pushed or checked. If the whole history is pushed, only its branch
  /// is named.
  var revision: String? {
    environment["PRE_COMMIT_TO_REF"] ?? environment["PRE_COMMIT_LOCAL_BRANCH"]
  }

  /// The push to judge; HEAD if the variables name no revision.
  func push(in workspace: Workspace) throws -> RefUpdate {
    let local = try workspace.commit(revision ?? "HEAD").id
    let old = try environment["PRE_COMMIT_FROM_REF"].flatMap {
      try workspace.repository.commitIfPresent($0)?.id
    }
    let name = environment["PRE_COMMIT_LOCAL_BRANCH"] ?? revision ?? "HEAD"
    return RefUpdate(
      of: local, named: name, to: environment["PRE_COMMIT_REMOTE_BRANCH"] ?? name, replacing: old)
  }
}

extension CommandContext where Settings == GateSettings {
  /// The base for pre-commit's push, chosen as in git's own hook. It is nil if the revision or the
  /// base was typed, or if nothing is pushed.
  func pushedBase(in workspace: Workspace) throws -> Base? {
    guard operands.isEmpty, settings.base == nil, settings.against == nil,
      let told = PreCommit(process.environment), told.revision != nil
    else { return nil }
    let push = try told.push(in: workspace)
    let commit = try workspace.commit(revision)
    let target = PushTarget(told.operands, [push], in: workspace.repository)
    let search = try BaseSearch(
      workspace.repository, judged: commit, branch: push.source, preferring: target.remote)
    let base = try Base(
      typed: nil, for: search, configured: workspace.configuration.bases, in: workspace, self)
    // A commit that the base branch already has is measured once more nevertheless.
    guard case .base(let standard) = try target.standard(of: push, commit, base: base) else {
      return base
    }
    return standard
  }

  /// The revision to judge: the typed one, else pre-commit's, else HEAD.
  var revision: String {
    operands.first ?? PreCommit(process.environment)?.revision ?? "HEAD"
  }
}
