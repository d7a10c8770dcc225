import Git

/// The branch that work is compared with.
struct Base: Hashable {
  /// As the user would call it: `main`, `origin/main`.
  let name: String
  let commit: Commit
  /// Whether what is judged goes onto this branch itself.
  let isTarget: Bool

  init(name: String, commit: Commit, isTarget: Bool = false) {
    self.name = name
    self.commit = commit
    self.isTarget = isTarget
  }
}

/// Finds the branch that a commit is compared with.
///
/// A branch's name means what a remote has under it, else the local branch; never a tag, and never a
/// branch whose name only looks like it. Of several the one that the commit left last.
struct BaseSearch {
  let repository: Repository
  /// What is judged; nil where it stands for no commit.
  let judged: Commit?
  /// The full name of the branch that is judged, where it is one.
  let branch: String?
  /// The remotes that may know the base branch, in the order of preference.
  let remotes: [String]
  /// Where it is about to be pushed, by its full name there; nil where nothing is.
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
  /// What the user typed: a branch, else any revision.
  func named(_ name: String) throws -> Base? {
    if let branch = try nearest(branches(named: name)) { return branch }
    return try repository.commitIfPresent(name).map { Base(name: name, commit: $0) }
  }

  /// The remote branch that the judged one follows, unless that is where it is pushed itself: by what is
  /// pushed now, by `push.default`, or by its name, which may have somebody's before it.
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

  /// What the configuration names: branches, or patterns of their names.
  func configured(_ names: [String]) throws -> Base? {
    try nearest(names.flatMap { try branches(named: $0) })
  }

  /// The default branches of all remotes.
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

  /// `main`, else `master`, else the only other local branch.
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

  /// The branches that a name or a pattern means, those of remotes before local ones.
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

  /// The one that has most of the judged commit's history: a fork's is often out of date.
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

  /// What else has the name of a base, and is not meant.
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
  /// Without the first of some prefixes that it has.
  func dropping(anyOf prefixes: [String]) -> String {
    String(dropFirst(prefixes.first(where: hasPrefix)?.count ?? 0))
  }
}
