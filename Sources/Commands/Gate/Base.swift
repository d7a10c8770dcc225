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

  /// The name without that of a remote: `main` for `origin/main`.
  func branch(of remote: String) -> String {
    let prefixes = ["refs/heads/", "refs/remotes/\(remote)/", "\(remote)/"]
    let prefix = prefixes.first(where: name.hasPrefix) ?? ""
    return String(name.dropFirst(prefix.count))
  }

  /// What the user named, or the default branch of the remote, `main` or `master`.
  ///
  /// - Parameter remote: Whose default branch counts, `origin` where nobody says otherwise.
  init(_ named: String?, in workspace: Workspace, remote: String = "origin") throws {
    let names = try named.map { [$0, "\(remote)/\($0)"] } ?? Self.usual(in: workspace, remote)
    for name in names {
      guard let commit = try workspace.repository.commitIfPresent(name) else { continue }
      self.init(name: name, commit: commit)
      return
    }
    if let named {
      throw Complaint(
        .usage, "base branch '\(named)' does not exist", hint: "name one that does with `--base`")
    }
    throw Complaint(
      .nothingToCompare, "no base branch: neither \(remote)/HEAD nor main nor master exists",
      hint: "name it with `--base <branch>`, or for good with `git config perf.gate.base <branch>`")
  }

  private static func usual(in workspace: Workspace, _ remote: String) throws -> [String] {
    let head = try workspace.repository.target(ofSymbolic: "refs/remotes/\(remote)/HEAD")
    let prefix = "refs/remotes/"
    let tracking = head.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
    return [tracking].compactMap { $0 }
      + ["main", "master"].flatMap { [$0, "\(remote)/\($0)"] }
  }
}
