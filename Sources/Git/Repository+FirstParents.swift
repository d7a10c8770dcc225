import CLibGit2

extension Repository {
  /// The first parents of a commit, from it backwards.
  ///
  /// - Parameters:
  ///   - tip: The first commit.
  ///   - excluded: Commits whose ancestors, and which themselves, end the walk.
  ///   - isEnd: Returns true for a commit that ends the walk and is not part of it.
  /// - Returns: The commits, and the parent at which a shallow clone ends; nil if all are here.
  package func firstParents(
    from tip: Commit, excluding excluded: [ObjectID] = [],
    until isEnd: (ObjectID) -> Bool = { _ in false }
  ) throws(GitError) -> (commits: [Commit], cut: ObjectID?) {
    // libgit2's walk fails at the edge of a shallow clone, whose history is short.
    let gone = try isShallow ? ancestors(of: excluded) : []
    let hidden =
      try excluded.isEmpty || isShallow ? nil : Set(ids(reachableFrom: tip.id, but: excluded))
    var commits: [Commit] = []
    var next: ObjectID? = tip.id
    while let id = next, !isEnd(id), !gone.contains(id), hidden?.contains(id) ?? true {
      do {
        let commit = try commitAsWritten(id)
        commits.append(commit)
      } catch {
        guard [.missing, .notFound].contains(error.kind), isShallow, id != tip.id else {
          throw error
        }
        return (commits, id)
      }
      next = try parents(of: id).first
    }
    return (commits, nil)
  }

  /// Commits and their ancestors, as far as they are here.
  private func ancestors(of ids: [ObjectID]) throws(GitError) -> Set<ObjectID> {
    var ancestors: Set<ObjectID> = []
    for id in ids { ancestors.formUnion(try ancestry(of: id).keys) }
    return ancestors
  }

  /// The first parents of a commit that are no ancestors of others.
  private func ids(
    reachableFrom tip: ObjectID, but excluded: [ObjectID]
  ) throws(GitError) -> [ObjectID] {
    let walk = try unsafe Handle("walk history", release: { unsafe git_revwalk_free($0) }) {
      unsafe git_revwalk_new(&$0, pointer)
    }
    try check("walk history", unsafe git_revwalk_simplify_first_parent(walk.pointer))
    var raw = tip.raw
    try check("walk history", unsafe git_revwalk_push(walk.pointer, &raw))
    for id in excluded {
      var raw = id.raw
      try check("walk history", unsafe git_revwalk_hide(walk.pointer, &raw))
    }
    var ids: [ObjectID] = []
    var next = git_oid()
    while true {
      let code = unsafe git_revwalk_next(&next, walk.pointer)
      guard code != GIT_ITEROVER.rawValue else { return ids }
      try check("walk history", code)
      ids.append(ObjectID(next))
    }
  }

  /// The first line of the message of a commit.
  package func subject(of id: ObjectID) throws(GitError) -> String {
    let commit = try handle(ofCommit: id)
    // SAFETY: the text belongs to the commit, which lives until the end of this scope.
    return unsafe git_commit_summary(commit.pointer).map { unsafe String(cString: $0) } ?? ""
  }

  /// The time at which a commit was written by its author, in seconds since the beginning of 1970.
  package func authorTime(of id: ObjectID) throws(GitError) -> Int64 {
    let commit = try handle(ofCommit: id)
    // SAFETY: the signature belongs to the commit, which lives until the end of this scope.
    return unsafe git_commit_author(commit.pointer)?.pointee.when.time ?? 0
  }
}
