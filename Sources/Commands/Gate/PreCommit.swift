import Configuration
import Git

/// What pre-commit tells the hooks that it runs, in variables: it has read what git gives a pre-push hook.
///
/// Of several branches that are pushed at once it names the first.
struct PreCommit {
  private let environment: [String: String]

  /// - Returns: nil where it is not pre-commit that runs this.
  init?(_ environment: [String: String]) {
    guard environment["PRE_COMMIT"] != nil else { return nil }
    self.environment = environment
  }

  /// As git gives a hook the name of the remote and its address.
  var operands: [String] {
    ["PRE_COMMIT_REMOTE_NAME", "PRE_COMMIT_REMOTE_URL"].compactMap { environment[$0] }
  }

  /// What is pushed, or checked; where the whole history is, only its branch is named.
  var revision: String? {
    environment["PRE_COMMIT_TO_REF"] ?? environment["PRE_COMMIT_LOCAL_BRANCH"]
  }

  /// What is to be judged, HEAD where nothing else is said.
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
  /// What pre-commit's push is compared with, as git's own hook would; nil where what is judged or
  /// compared with was typed, or nothing is pushed.
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
    // What the base branch has already is measured once more all the same.
    guard case .base(let standard) = try target.standard(of: push, commit, base: base) else {
      return base
    }
    return standard
  }

  /// What is judged: what was typed, else what pre-commit names, else HEAD.
  var revision: String {
    operands.first ?? PreCommit(process.environment)?.revision ?? "HEAD"
  }
}
