import Git

/// Where a push goes, and what is there to compare it with.
struct Destination {
  private let repository: Repository
  /// nil for a remote without a name, whose URL may hold a password and is never shown.
  private let remote: String?
  /// The base branch, where the user named one.
  private let named: String?

  /// - Parameter operands: What git gives a pre-push hook: the name of the remote, or its URL where
  ///   it has none, and the URL.
  init(_ operands: [String], base named: String?, in repository: Repository) {
    let name = operands.first ?? "origin"
    let isPath = name.contains(":") || name.hasPrefix("/") || name.hasPrefix(".")
    let isURL = isPath || operands.count > 1 && operands[1] == name
    self.repository = repository
    self.named = named
    remote = isURL ? nil : name
  }

  /// What a push is compared with.
  ///
  /// A push to the base branch itself: what the remote has there. Any other push: the base branch as
  /// it is known from the remote; where that holds the commit already, what the push replaces.
  func base(of push: Push, _ pushed: Commit) throws -> Base {
    let branch = try branch()
    let old = try push.remote.flatMap { try repository.commitIfPresent($0.description) }.map {
      Base(name: nameThere(push.remoteRef), commit: $0)
    }
    if let old, push.remoteRef == Self.heads + branch { return old }
    let base = try nearest(tracked(branch), to: pushed) ?? local(branch)
    return try contains(base, pushed) ? old ?? base : base
  }
}

extension Destination {
  /// What a push is compared with: by what was typed or configured, else by what `.perfconfig` of the
  /// branch says that is found without it.
  static func base(
    of push: Push, _ pushed: Commit, _ operands: [String], named: String?, in workspace: Workspace
  ) throws -> Base {
    let named = named ?? workspace.configuration.bases.first
    let plain = Destination(operands, base: named, in: workspace.repository)
    let found = try plain.base(of: push, pushed)
    guard named == nil, let other = try workspace.bases(at: found.commit, judged: pushed).first
    else { return found }
    return try Destination(operands, base: other, in: workspace.repository)
      .base(of: push, pushed)
  }

  private static let heads = "refs/heads/"

  /// What the base branch is called on the remote.
  private func branch() throws -> String {
    if let named {
      let prefixes = remote.map { ["refs/remotes/\($0)/", "\($0)/"] } ?? []
      return named.dropping(anyOf: prefixes + [Self.heads])
    }
    for remote in remotes {
      let place = "refs/remotes/\(remote)/"
      if let head = try repository.target(ofSymbolic: place + "HEAD"), head.hasPrefix(place) {
        return head.dropping(anyOf: [place])
      }
    }
    let usual = try ["main", "master"].first {
      try !tracked($0).isEmpty || repository.commitIfPresent(Self.heads + $0) != nil
    }
    if let usual { return usual }
    throw Complaint(
      .nothingToCompare, "no base branch, neither main nor master",
      hint: "name it with `git config perf.gate.base <branch>`")
  }

  /// Who may know the base branch.
  private var remotes: [String] {
    guard let remote, remote != "origin" else { return ["origin"] }
    return [remote, "origin"]
  }

  /// The base branch as it was when it was last fetched or pushed.
  private func tracked(_ branch: String) throws -> [Base] {
    try remotes.compactMap { remote in
      try repository.commitIfPresent("refs/remotes/\(remote)/\(branch)").map {
        Base(name: "\(remote)/\(branch)", commit: $0)
      }
    }
  }

  /// What the user named, a tag maybe, or a branch that no remote has.
  private func local(_ branch: String) throws -> Base {
    let name = named ?? branch
    if let commit = try repository.commitIfPresent(name) { return Base(name: name, commit: commit) }
    throw Complaint(
      .usage, "base branch '\(name)' does not exist",
      hint: "fetch it, or name another with `git config perf.gate.base <branch>`")
  }

  /// The one that has most of a commit's history: a fork's is often out of date.
  private func nearest(_ bases: [Base], to commit: Commit) throws -> Base? {
    try bases.sorted { $0.name < $1.name }.reduce(nil) { nearest, base in
      guard let nearest, let known = try fork(of: commit, from: nearest) else { return base }
      guard let other = try fork(of: commit, from: base), other != known else { return nearest }
      return try repository.mergeBase(known.id, other.id) == known ? base : nearest
    }
  }

  private func contains(_ base: Base, _ commit: Commit) throws -> Bool {
    try fork(of: commit, from: base) == commit
  }

  private func fork(of commit: Commit, from base: Base) throws -> Commit? {
    try repository.mergeBase(commit.id, base.commit.id)
  }

  private func nameThere(_ reference: String) -> String {
    let name = reference.dropping(anyOf: [Self.heads, "refs/tags/"])
    return remote.map { "\($0)/\(name)" } ?? "the remote's \(name)"
  }
}

extension String {
  /// Without the first of some prefixes that it has.
  func dropping(anyOf prefixes: [String]) -> String {
    String(dropFirst(prefixes.first(where: hasPrefix)?.count ?? 0))
  }
}
