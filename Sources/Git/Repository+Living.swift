import CLibGit2

extension Repository {
  /// Of some objects those that belong to a commit which a reference leads to.
  package struct Living {
    /// Commits.
    package internal(set) var commits: Set<ObjectID> = []
    /// What such commits recorded, whether or not one of them is wanted itself.
    package internal(set) var trees: Set<ObjectID> = []
    /// Commits that a tag names, and their trees.
    package internal(set) var tagged: Set<ObjectID> = []
  }

  /// Which of some objects branches, tags, work trees and all other references lead to, but for those of
  /// notes.
  ///
  /// - Parameter others: Commits that references elsewhere point to.
  /// - Throws: ``GitError`` of kind ``GitError/Kind/missing`` where history is cut off, and of other kinds
  ///   for a reference that is damaged.
  package func reachable(
    among wanted: Set<ObjectID>, besides others: Set<ObjectID>
  ) throws(GitError) -> Living {
    var reachable = Living()
    let walk = try unsafe Handle("walk history", release: { unsafe git_revwalk_free($0) }) {
      unsafe git_revwalk_new(&$0, pointer)
    }
    for tip in try tips().union(others) {
      var raw = tip.raw
      try check("walk history", unsafe git_revwalk_push(walk.pointer, &raw))
    }
    var next = git_oid()
    while true {
      let code = unsafe git_revwalk_next(&next, walk.pointer)
      guard code != GIT_ITEROVER.rawValue else { break }
      try check("walk history", code)
      let commit = try commitAsWritten(ObjectID(next))
      if wanted.contains(commit.id) { reachable.commits.insert(commit.id) }
      if wanted.contains(commit.tree) { reachable.trees.insert(commit.tree) }
    }
    for tag in try tags(named: { _ in true }) {
      reachable.tagged.formUnion([tag.commit.id, tag.commit.tree])
    }
    return reachable
  }

  /// The commits that references point to, and those that are checked out.
  private func tips() throws(GitError) -> Set<ObjectID> {
    var names = try references().filter { name in
      !["refs/notes/", "refs/perf/"].contains { name.hasPrefix($0) }
    }
    names.append("HEAD")
    var tips: Set<ObjectID> = []
    for name in names {
      if let tip = try tip(of: name) { tips.insert(tip) }
    }
    // The main one, where this is a linked one.
    let main = try Repository(at: commonDirectory)
    if let head = try main.tip(of: "HEAD") { tips.insert(head) }
    return tips.union(try headsOfWorkTrees())
  }

  /// The commit that a reference leads to; nil for one of something else, and for a symbolic one that
  /// leads nowhere, as of a branch without a commit.
  private func tip(of name: String) throws(GitError) -> ObjectID? {
    let operation = "read '\(name)'"
    var raw: OpaquePointer?
    guard try found(operation, unsafe git_reference_lookup(&raw, pointer, name)) else {
      return nil
    }
    defer { unsafe git_reference_free(raw) }
    var resolved: OpaquePointer?
    guard try found(operation, unsafe git_reference_resolve(&resolved, raw)) else { return nil }
    defer { unsafe git_reference_free(resolved) }
    var object: OpaquePointer?
    let code = unsafe git_reference_peel(&object, resolved, GIT_OBJECT_COMMIT)
    let isOther = code == GIT_EPEEL.rawValue || code == GIT_EINVALIDSPEC.rawValue
    guard !isOther else { return nil }
    if code < 0 {
      let reason = GitError(operation: operation, code: code).message
      throw GitError(operation: operation, message: reason, kind: .missing)
    }
    defer { unsafe git_object_free(object) }
    // SAFETY: the id belongs to the object, which lives until the end of this scope; it is copied.
    return unsafe git_object_id(object).map { unsafe ObjectID($0.pointee) }
  }

  private func references() throws(GitError) -> [String] {
    var names: [String] = []
    let iterator = try unsafe Handle(
      "list references", release: { unsafe git_reference_iterator_free($0) }
    ) {
      unsafe git_reference_iterator_new(&$0, pointer)
    }
    var name: UnsafePointer<CChar>?
    while true {
      let code = unsafe git_reference_next_name(&name, iterator.pointer)
      guard code != GIT_ITEROVER.rawValue else { return names }
      try check("list references", code)
      // SAFETY: the text is valid until the next step; it is copied.
      if let name = unsafe name { names.append(unsafe String(cString: name)) }
    }
  }

  /// What the linked work trees have checked out.
  private func headsOfWorkTrees() throws(GitError) -> [ObjectID] {
    var list = unsafe git_strarray()
    try check("list work trees", unsafe git_worktree_list(&list, pointer))
    var heads: [ObjectID] = []
    for name in unsafe Self.texts(of: &list) {
      var head: OpaquePointer?
      // One without a commit has nothing to keep.
      guard unsafe git_repository_head_for_worktree(&head, pointer, name) == 0 else { continue }
      defer { unsafe git_reference_free(head) }
      // SAFETY: the id belongs to the reference, which lives until the end of this scope.
      if let id = unsafe git_reference_target(head)?.pointee { heads.append(ObjectID(id)) }
    }
    return heads
  }
}
