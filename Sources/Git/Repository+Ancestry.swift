import CLibGit2

extension Repository {
  /// The best common ancestor of two commits; nil when their histories do not meet.
  package func mergeBase(_ a: ObjectID, _ b: ObjectID) throws(GitError) -> Commit? {
    var (one, two, base) = (a.raw, b.raw, git_oid())
    let code = unsafe git_merge_base(&base, pointer, &one, &two)
    guard try found("find the merge base of \(a.short) and \(b.short)", code) else { return nil }
    return try commit(ObjectID(base).description)
  }

  /// The first parent of a commit; nil for a root commit.
  ///
  /// - Throws: ``GitError`` of kind ``GitError/Kind/notFound`` when the parent is named but not
  ///   here, as at the edge of a shallow clone.
  package func firstParent(of id: ObjectID) throws(GitError) -> Commit? {
    var raw = id.raw
    let commit = try unsafe Handle(
      "read commit \(id.short)", release: { unsafe git_commit_free($0) }
    ) {
      unsafe git_commit_lookup(&$0, pointer, &raw)
    }
    // SAFETY: the id belongs to the commit, which lives until the end of this scope.
    guard let parent = unsafe git_commit_parent_id(commit.pointer, 0) else { return nil }
    return try self.commit(unsafe ObjectID(parent.pointee).description)
  }
}
