import Git

/// The branch that work is compared with.
struct Base: Hashable {
  /// The name that a user knows, such as `main` or `origin/main`.
  let name: String
  let commit: Commit
  /// True if the judged commit goes onto this branch itself.
  let isTarget: Bool

  init(name: String, commit: Commit, isTarget: Bool = false) {
    self.name = name
    self.commit = commit
    self.isTarget = isTarget
  }
}

/// Finds the branch that a commit is compared with.
///
/// A name means the branch of a remote, else the local branch of that name. It never means a tag
/// or a branch with a similar name. Of several branches, the one from which the commit forked last
/// is chosen.
struct BaseSearch {
  let repository: Repository
  /// The judged commit; nil if a file stands for no commit.
  let judged: Commit?
  /// The full name of the judged branch; nil if no branch is judged.
  let branch: String?
  /// The remotes that may have the base branch, the preferred ones first.
  let remotes: [String]
  /// The full name of the remote branch that is being pushed to; nil if nothing is pushed.
  private let target: String?

  init(
    _ repository: Repository, judged: Commit?, branch: String?, preferring remote: String? = nil,
    pushedTo target: String? = nil
  ) throws {
    self.target = target
    self.repository = repository
    self.judged = judged
    self.branch = branch
    let names = try repository.remotes()
    let first = [remote, "origin"].compactMap { $0 }.filter(names.contains)
    remotes = first + names.filter { !first.contains($0) }
  }
}

extension BaseSearch {
  /// The base that the user typed: a branch, else any revision.
  func named(_ name: String) throws -> Base? {
    if let branch = try nearest(branches(named: name)) { return branch }
    return try repository.commitIfPresent(name).map { Base(name: name, commit: $0) }
  }

  /// The remote branch that the judged branch follows; nil if that is the branch it is pushed to. A
  /// push goes there if the current push or `push.default` says so, or if both names are equal,
  /// apart from a prefix.
  func followed() throws -> Base? {
    guard let branch, branch.hasPrefix(Self.heads),
      let full = try repository.followed(by: branch)
    else { return nil }
    let name = String(full.dropFirst(Self.remotes.count))
    let there = name.split(separator: "/", maxSplits: 1).last.map(String.init) ?? name
    let own = String(branch.dropFirst(Self.heads.count))
    guard there != own, !there.hasSuffix("/\(own)"), Self.heads + there != target,
      try !repository.pushesWhereItFollows
    else { return nil }
    return try base(full, name)
  }

  /// The nearest of the branches that the configuration names, by name or pattern.
  func configured(_ names: [String]) throws -> Base? {
    try nearest(names.flatMap { try branches(named: $0) })
  }

  /// The nearest of the default branches of all remotes.
  func defaults() throws -> Base? {
    try nearest(
      remotes.compactMap { remote in
        let place = "\(Self.remotes)\(remote)/"
        guard let head = try repository.target(ofSymbolic: place + "HEAD"),
          head.hasPrefix(place)
        else { return nil }
        return try base(head, String(head.dropFirst(Self.remotes.count)))
      })
  }

  /// The branch `main`, else `master`, else the only other local branch.
  func usual() throws -> Base? {
    for name in ["main", "master"] {
      if let base = try nearest(branches(named: name)) { return base }
    }
    let others = try repository.references(like: Self.heads + "*").filter { $0 != branch }
    guard others.count == 1 else { return nil }
    return try base(others[0], String(others[0].dropFirst(Self.heads.count)))
  }
}

extension BaseSearch {
  static let heads = "refs/heads/"
  private static let remotes = "refs/remotes/"

  /// The branches that a name or pattern fits: those of remotes if there are any, else local ones.
  func branches(named name: String) throws -> [Base] {
    if name.hasPrefix("refs/") { return try [base(name, Self.short(name))].compactMap { $0 } }
    let short = name.dropping(anyOf: remotes.map { "\($0)/" })
    let asked = short == name ? remotes : remotes.filter { name.hasPrefix("\($0)/") }
    let there = try asked.flatMap { try all("\(Self.remotes)\($0)/", short) }
    if !there.isEmpty { return there }
    return try all(Self.heads, name)
  }

  private func all(_ place: String, _ name: String) throws -> [Base] {
    guard name.contains(where: { "*?[".contains($0) }) else {
      return try [base(place + name, Self.short(place + name))].compactMap { $0 }
    }
    return try repository.references(like: place + name).filter { $0 != "\(place)HEAD" }
      .compactMap { try base($0, Self.short($0)) }
  }

  private func base(_ full: String, _ name: String) throws -> Base? {
    guard Repository.isReferenceName(full) else { return nil }
    return try repository.commitIfPresent(full).map { Base(name: name, commit: $0) }
  }

  private static func short(_ full: String) -> String {
    full.dropping(anyOf: [heads, remotes, "refs/tags/"])
  }

  /// The branch that shares most of the judged commit's history. A fork's branch, by contrast, is
  /// often out of date.
  func nearest(_ bases: [Base]) throws -> Base? {
    guard let judged, bases.count > 1 else { return bases.first }
    var best: (base: Base, fork: Commit)?
    for base in bases {
      guard let fork = try repository.mergeBase(judged.id, base.commit.id) else { continue }
      guard let known = best else {
        best = (base, fork)
        continue
      }
      if fork != known.fork, try repository.mergeBase(known.fork.id, fork.id) == known.fork {
        best = (base, fork)
      }
    }
    return best?.base ?? bases.first
  }

  /// A warning if a tag or local branch has the name of the base and points to another commit;
  /// else nil.
  func ambiguity(of base: Base) throws -> String? {
    for (place, kind) in [("refs/tags/", "tag"), (Self.heads, "local branch")] {
      let name = place + base.name
      guard Repository.isReferenceName(name),
        let other = try repository.commitIfPresent(name), other != base.commit
      else { continue }
      return "there is a \(kind) '\(base.name)', too: the branch is meant"
    }
    return nil
  }
}

extension String {
  /// The string without the first of the given prefixes that it has.
  func dropping(anyOf prefixes: [String]) -> String {
    String(dropFirst(prefixes.first(where: hasPrefix)?.count ?? 0))
  }
}
