import CLibGit2

extension Repository {
  /// The objects, among some given ones, that belong to a commit that a reference reaches.
  package struct Reachable {
    /// The reachable commits.
    package internal(set) var commits: Set<ObjectID> = []
    /// The trees of reachable commits. The commits themselves need not be among the given objects.
    package internal(set) var trees: Set<ObjectID> = []
    /// The commits that tags name, and their trees.
    package internal(set) var tagged: Set<ObjectID> = []
  }

  /// Finds which of some objects can be reached from branches, tags, work trees and all other
  /// references except those of notes.
  ///
  /// - Parameter others: Commits that references of other repositories point to.
  /// - Throws: ``GitError`` of kind ``GitError/Kind/missing`` if the history is cut off, and of
  ///   other kinds for a damaged reference.
  package func reachable(
    among wanted: Set<ObjectID>, besides others: Set<ObjectID>
  ) throws(GitError) -> Reachable {
    var reachable = Reachable()
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
    // The HEAD of the main work tree counts, too, if this is a linked one.
    let main = try Repository(at: commonDirectory)
    if let head = try main.tip(of: "HEAD") { tips.insert(head) }
    return tips.union(try headsOfWorkTrees())
  }

  /// The commit that a reference leads to; nil if it leads to another kind of object, and for a
  /// symbolic reference without a target, such as HEAD on a branch without a commit.
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

  /// The commits that the linked work trees have checked out.
  private func headsOfWorkTrees() throws(GitError) -> [ObjectID] {
    var list = unsafe git_strarray()
    try check("list work trees", unsafe git_worktree_list(&list, pointer))
    var heads: [ObjectID] = []
    for name in unsafe Self.texts(of: &list) {
      var head: OpaquePointer?
      // A work tree without a commit keeps nothing.
      guard unsafe git_repository_head_for_worktree(&head, pointer, name) == 0 else { continue }
      defer { unsafe git_reference_free(head) }
      // SAFETY: the id belongs to the reference, which lives until the end of this scope.
      if let id = unsafe git_reference_target(head)?.pointee { heads.append(ObjectID(id)) }
    }
    return heads
  }
}
