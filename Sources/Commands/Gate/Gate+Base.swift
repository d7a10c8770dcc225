import Configuration
import Git
import History

extension Gate {
  /// The branch that the judged revision or file is compared with.
  func base(for subject: RevisionOrFile, in workspace: Workspace) throws -> Base {
    if let base = try call.pushedBase(in: workspace) { return base }
    let judged = try subject.commit ?? workspace.commit("HEAD")
    let branch = try branch(of: subject, in: workspace)
    let search = try BaseSearch(workspace.repository, judged: judged, branch: branch)
    let base = try Base(
      typed: call.settings.base, for: search, configured: workspace.configuration.bases,
      in: workspace, call)
    let own = branch.map { $0.dropping(anyOf: [BaseSearch.heads]) }
    let isTarget = own == base.name.dropping(anyOf: search.remotes.map { "\($0)/" })
    return Base(name: base.name, commit: base.commit, isTarget: isTarget)
  }

  /// The full name of the judged branch: the named one, or the one that is checked out; nil if no
  /// branch is judged.
  private func branch(of subject: RevisionOrFile, in workspace: Workspace) throws -> String? {
    guard case .commit(let commit, let name) = subject else {
      return try workspace.repository.branch()
    }
    if name == "HEAD" || name == "@" { return try workspace.repository.branch() }
    let full = BaseSearch.heads + name
    guard Repository.isReferenceName(full),
      try workspace.repository.commitIfPresent(full) == commit
    else { return nil }
    return full
  }
}
