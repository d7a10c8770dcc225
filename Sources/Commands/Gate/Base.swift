import Git

/// The branch that work is compared with.
struct Base {
  /// As the user would call it: `main`, `origin/main`.
  let name: String
  let commit: Commit

  init(name: String, commit: Commit) {
    self.name = name
    self.commit = commit
  }

  /// What the user named, or the default branch of origin, `main` or `master`.
  init(_ named: String?, in workspace: Workspace) throws {
    let names = try named.map { [$0, "origin/\($0)"] } ?? Self.usual(in: workspace)
    for name in names {
      guard let commit = try workspace.repository.commitIfPresent(name) else { continue }
      self.init(name: name, commit: commit)
      return
    }
    if let named {
      throw Complaint(
        .usage, "base branch '\(named)' does not exist",
        hint: workspace.repository.isShallow ? Self.fetching : "name one that does with `--base`")
    }
    throw Complaint(
      .nothingToCompare, "no base branch: neither origin/HEAD nor main nor master exists",
      hint: workspace.repository.isShallow
        ? Self.fetching
        : "name it with `--base <branch>`, or for good with `git config perf.gate.base <branch>`")
  }

  /// What the user typed; else for the merge of a pull request what that was merged into; else what is
  /// configured, or usual.
  init(typed: String?, for commit: Commit?, in workspace: Workspace) throws {
    if typed == nil, let commit, let base = try workspace.pullRequestBase(of: commit) {
      self = base
      return
    }
    guard typed == nil, workspace.configuration.bases.isEmpty else {
      try self.init(typed ?? workspace.configuration.bases.first, in: workspace)
      return
    }
    let found = try Base(nil, in: workspace)
    let named = try workspace.bases(at: found.commit, judged: commit).first
    self = try named.map { try Base($0, in: workspace) } ?? found
  }

  /// A shallow clone has one branch only, if nothing else is asked for.
  private static let fetching =
    "this clone is shallow: `git fetch --unshallow origin '+refs/heads/*:refs/remotes/origin/*'` "
    + "brings all branches"

  private static func usual(in workspace: Workspace) throws -> [String] {
    let head = try workspace.repository.target(ofSymbolic: "refs/remotes/origin/HEAD")
    let prefix = "refs/remotes/"
    let tracking = head.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
    return [tracking].compactMap { $0 } + ["main", "origin/main", "master", "origin/master"]
  }
}
