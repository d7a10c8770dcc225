import CLibGit2

extension Repository {
  /// The best common ancestor of two commits; nil if their histories do not meet.
  ///
  /// If several are equally good, the choice is always the same. In a shallow clone the history
  /// ends at the edge of the clone, as it does for git; libgit2 would fail there, even if the
  /// result is in the part that is present.
  package func mergeBase(_ a: ObjectID, _ b: ObjectID) throws(GitError) -> Commit? {
    guard !isShallow else { return try mergeBaseWithinReach(a, b) }
    var (one, two, base) = (a.raw, b.raw, git_oid())
    let code = unsafe git_merge_base(&base, pointer, &one, &two)
    let isFound = try found("find the merge base of \(a.short) and \(b.short)", code)
    try checkUnreplaced(a, b, since: isFound ? ObjectID(base) : nil)
    guard isFound else { return nil }
    return try commit(ObjectID(base))
  }

  /// The ancestors of a commit among some commits, newest first.
  ///
  /// - Parameter most: The number of wanted ancestors; the walk ends when they are found.
  package func ancestors(
    of id: ObjectID, among wanted: Set<ObjectID>, first most: Int
  ) throws(GitError) -> [ObjectID] {
    guard !isShallow else {
      let reach = try ancestry(of: id)
      return Array(wanted.filter { $0 != id && reach[$0] != nil }.prefix(most))
    }
    let walk = try unsafe Handle("walk history", release: { unsafe git_revwalk_free($0) }) {
      unsafe git_revwalk_new(&$0, pointer)
    }
    try check("walk history", unsafe git_revwalk_sorting(walk.pointer, GIT_SORT_TIME.rawValue))
    var start = id.raw
    try check("walk history", unsafe git_revwalk_push(walk.pointer, &start))
    var found: [ObjectID] = []
    var next = git_oid()
    while found.count < min(most, wanted.count) {
      let code = unsafe git_revwalk_next(&next, walk.pointer)
      guard code != GIT_ITEROVER.rawValue else { break }
      try check("walk history", code)
      let commit = ObjectID(next)
      if commit != id, wanted.contains(commit) { found.append(commit) }
    }
    return found
  }

  /// The first parent of a commit; nil for a root commit.
  ///
  /// - Throws: ``GitError`` of kind ``GitError/Kind/missing`` if the parent is named but missing,
  ///   as at the edge of a shallow clone.
  package func firstParent(of id: ObjectID) throws(GitError) -> Commit? {
    guard let parent = try parents(of: id).first else { return nil }
    return try commit(parent)
  }

  /// The parents that a commit names, present or not.
  ///
  /// They are read from the text of the commit, because libgit2 from 1.7 on reports no parents for
  /// a commit at the edge of a shallow clone.
  package func parents(of id: ObjectID) throws(GitError) -> [ObjectID] {
    let commit = try handle(ofCommit: id)
    // SAFETY: the text belongs to the commit, which lives until the end of this scope.
    let header = unsafe git_commit_raw_header(commit.pointer).map { unsafe String(cString: $0) }
    return (header ?? "").split(separator: "\n").filter { $0.hasPrefix("parent ") }
      .compactMap { ObjectID(String($0.dropFirst("parent ".count))) }
  }

  /// True if a commit is an ancestor of another one, or that commit itself.
  package func isAncestor(_ id: ObjectID, of other: ObjectID) throws(GitError) -> Bool {
    if id == other { return true }
    return try mergeBase(id, other)?.id == id
  }

  /// A common ancestor that no other common ancestor descends from.
  private func mergeBaseWithinReach(_ a: ObjectID, _ b: ObjectID) throws(GitError) -> Commit? {
    let others = try ancestry(of: b)
    let common = try ancestry(of: a).filter { others[$0.key] != nil }
    let best = Set(common.keys).subtracting(common.values.joined())
    guard let base = best.min(by: { $0.description < $1.description }) else { return nil }
    return try commit(base)
  }

  /// A commit and all its ancestors that are present, each with its parents.
  func ancestry(of id: ObjectID) throws(GitError) -> [ObjectID: [ObjectID]] {
    var parents: [ObjectID: [ObjectID]] = [:]
    var pending = [id]
    while let next = pending.popLast() {
      guard parents[next] == nil, try has(next) else { continue }
      let above = try self.parents(of: next)
      parents[next] = above
      pending += above
    }
    return parents
  }

  private func has(_ id: ObjectID) throws(GitError) -> Bool {
    let database = try unsafe Handle("open objects", release: { unsafe git_odb_free($0) }) {
      unsafe git_repository_odb(&$0, pointer)
    }
    var raw = id.raw
    return unsafe git_odb_exists(database.pointer, &raw) == 1
  }
}
