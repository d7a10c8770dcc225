import CommandLine
import Git

/// The remote that is pushed to, and the commits there to compare with.
struct PushTarget {
  private let repository: Repository
  /// The name of the remote; nil for one without a name, whose URL may hold a password and is
  /// never shown.
  let remote: String?
  /// All updates of this push, without deletions.
  private let pushes: [RefUpdate]

  /// Describes the target of a push.
  ///
  /// - Parameter operands: The operands that git gives a pre-push hook: the name of the remote, or
  ///   its URL if it has no name, and the URL.
  init(_ operands: [String], _ pushes: [RefUpdate], in repository: Repository) {
    let name = operands.first ?? "origin"
    let isPath = name.contains(":") || name.hasPrefix("/") || name.hasPrefix(".")
    let isURL = isPath || operands.count > 1 && operands[1] == name
    self.repository = repository
    self.pushes = pushes
    remote = isURL ? nil : name
  }

  /// The standard by which a pushed commit is judged.
  enum Standard {
    case base(Base)
    /// The base branch already has the commit, or gets it by this push; the text says which.
    case judgedBefore(String)
  }

  /// Returns what a pushed commit is judged against.
  ///
  /// A push to the base branch itself is judged against the commit that the remote has there. Any
  /// other push is judged against the base branch as it is known from the remote, unless that
  /// branch already has the commit.
  func standard(of push: RefUpdate, _ pushed: Commit, base: Base) throws -> Standard {
    let branch = base.name.dropping(anyOf: (remote.map { ["\($0)/"] } ?? []) + ["origin/"])
    let old = try push.remote.flatMap { try repository.commitIfPresent($0.description) }
    if push.remoteRef == BaseSearch.heads + branch {
      if let id = push.remote, old == nil {
        throw Diagnostic(
          .failure, "\(nameThere(push.remoteRef)) is at \(id.short), which is not here",
          hint: "fetch it first: what is pushed is held against it")
      }
      guard let old else {
        return .base(Base(name: base.name, commit: base.commit, isTarget: true))
      }
      if try contains(old, pushed) {
        return .judgedBefore("\(nameThere(push.remoteRef)) has it already")
      }
      return .base(Base(name: nameThere(push.remoteRef), commit: old, isTarget: true))
    }
    let there = try baseThere(branch)
    if let there, try contains(there, pushed) {
      return .judgedBefore("\(remote.map { "\($0)/" } ?? "the remote's ")\(branch) has it already")
    }
    for other in pushes where other.remoteRef == BaseSearch.heads + branch {
      guard let tip = try repository.commit(peeling: other.local), try contains(tip, pushed) else {
        continue
      }
      return .judgedBefore("\(branch) gets it by this push, and is judged")
    }
    return .base(base)
  }

  /// The commit of the remote's base branch: as this push says, else as it was last fetched.
  private func baseThere(_ branch: String) throws -> Commit? {
    let told = pushes.first { $0.remoteRef == BaseSearch.heads + branch }
    if let told {
      return try told.remote.flatMap { try repository.commitIfPresent($0.description) }
    }
    guard let remote else { return nil }
    return try repository.commitIfPresent("refs/remotes/\(remote)/\(branch)")
  }

  private func contains(_ tip: Commit, _ commit: Commit) throws -> Bool {
    try repository.mergeBase(tip.id, commit.id) == commit
  }

  private func nameThere(_ reference: String) -> String {
    let name = reference.dropping(anyOf: [BaseSearch.heads, "refs/tags/"])
    return remote.map { "\($0)/\(name)" } ?? "the remote's \(name)"
  }
}
