import CLibGit2

/// A commit and the tree that it records.
package struct Commit: Hashable, Sendable {
  package let id: ObjectID
  package let tree: ObjectID

  package init(id: ObjectID, tree: ObjectID) {
    self.id = id
    self.tree = tree
  }
}

extension Repository {
  /// True if git accepts a text as the full name of a reference.
  package static func isReferenceName(_ name: String) -> Bool {
    guard (try? Library.start()) != nil else { return false }
    var isValid: Int32 = 0
    return unsafe git_reference_name_is_valid(&isValid, name) == 0 && isValid == 1
  }

  /// The commit that a revision such as `HEAD~2`, `main` or `v1.0` means; tags are peeled.
  package func commit(_ revision: String) throws(GitError) -> Commit {
    let object = try unsafe Handle("resolve '\(revision)'", release: { unsafe git_object_free($0) })
    {
      unsafe git_revparse_single(&$0, pointer, revision)
    }
    let commit = try unsafe Handle(
      "find the commit of '\(revision)'", release: { unsafe git_object_free($0) }
    ) {
      unsafe git_object_peel(&$0, object.pointer, GIT_OBJECT_COMMIT)
    }
    let found = unsafe Commit(of: commit)
    try checkUnreplaced(found)
    return found
  }

  /// The commit with exactly this id.
  package func commit(_ id: ObjectID) throws(GitError) -> Commit {
    let found = try commitAsWritten(id)
    try checkUnreplaced(found)
    return found
  }

  /// The commit with exactly this id, even if git reads another in its place.
  func commitAsWritten(_ id: ObjectID) throws(GitError) -> Commit {
    let commit = try handle(ofCommit: id)
    return unsafe Commit(of: commit)
  }

  /// The commit of a tag id or commit id; nil if the id names another kind of object.
  ///
  /// - Throws: ``GitError`` of kind ``GitError/Kind/notFound`` if the object is missing.
  package func commit(peeling id: ObjectID) throws(GitError) -> Commit? {
    do {
      return try commit(id.description)
    } catch {
      guard error.kind == .invalid else { throw error }
      return nil
    }
  }

  /// The commit that HEAD points to.
  ///
  /// - Throws: ``GitError`` of kind ``GitError/Kind/unborn`` before the first commit of the branch.
  package func head() throws(GitError) -> Commit {
    guard unsafe git_repository_head_unborn(pointer) != 1 else {
      throw GitError(
        operation: "resolve 'HEAD'", message: "the branch has no commit yet", kind: .unborn)
    }
    return try commit("HEAD")
  }

  /// The commit that a revision means; nil if the revision does not exist or is not valid. A prefix
  /// of an id that is too short or ambiguous gives nil, too.
  ///
  /// - Throws: ``GitError`` of kind ``GitError/Kind/missing`` for a name whose commit is missing.
  package func commitIfPresent(_ revision: String) throws(GitError) -> Commit? {
    do {
      return try commit(revision)
    } catch {
      guard [.notFound, .ambiguous, .invalid].contains(error.kind) else { throw error }
      return nil
    }
  }

  /// The target of a symbolic reference such as `refs/remotes/origin/HEAD`; nil if there is none.
  package func target(ofSymbolic name: String) throws(GitError) -> String? {
    var reference: OpaquePointer?
    let code = unsafe git_reference_lookup(&reference, pointer, name)
    guard try found("read reference '\(name)'", code) else { return nil }
    defer { unsafe git_reference_free(reference) }
    // SAFETY: the text belongs to the reference, which lives until the end of this scope.
    return unsafe git_reference_symbolic_target(reference).map { unsafe String(cString: $0) }
  }
}

extension Commit {
  /// Copies the ids of a commit object.
  ///
  /// - Parameter handle: A commit object.
  @unsafe fileprivate init(of handle: borrowing Handle) {
    // SAFETY: both ids belong to the commit, which the caller keeps alive; they are copied.
    id = unsafe ObjectID(git_commit_id(handle.pointer).pointee)
    tree = unsafe ObjectID(git_commit_tree_id(handle.pointer).pointee)
  }
}
