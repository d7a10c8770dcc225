import CLibGit2

/// A state of a notes reference: texts attached to objects.
///
/// A notes tree names each object by its id, divided into directories of two digits at any depth.
/// All places of an object are read, from the root downwards.
package struct Notes {
  /// The commit of the notes history; nil before the first note.
  package let commit: ObjectID?
  let tree: ObjectID?
  package let repository: Repository

  init(repository: Repository, commit: ObjectID?, tree: ObjectID?) {
    self.repository = repository
    self.commit = commit
    self.tree = tree
  }

  /// The id of the tree of the notes; nil before the first note.
  package var treeID: ObjectID? { tree }

  /// The state of notes whose tree is known; its commit is not.
  ///
  /// - Parameter tree: nil for a state without notes.
  package init(ofTree tree: ObjectID?, in repository: Repository) {
    self.init(repository: repository, commit: nil, tree: tree)
  }

  /// The note of an object; nil if it has none.
  ///
  /// - Throws: ``GitError`` of kind ``GitError/Kind/tooLarge`` for a note above the size limit.
  package func contents(of object: ObjectID) throws(GitError) -> [UInt8]? {
    do {
      let places = try blobs(of: object).map(repository.contents(ofBlob:))
      return places.isEmpty ? nil : places.joinedByLines()
    } catch  where error.kind == .tooLarge {
      throw GitError(
        operation: "read the note of \(object.short)", message: error.message, kind: error.kind)
    }
  }

  /// The ids of the blobs that make up the note of an object, from the root downwards.
  package func blobs(of object: ObjectID) throws(GitError) -> [ObjectID] {
    guard let tree else { return [] }
    return try repository.blobs(named: object.description[...], in: tree)
  }
}

extension Repository {
  /// The present state of a notes reference such as `refs/notes/perf`.
  ///
  /// - Throws: ``GitError`` of kind ``GitError/Kind/invalid`` if the reference is symbolic or
  ///   points to something other than a commit.
  package func notes(_ reference: String) throws(GitError) -> Notes {
    guard let tip = try target(of: reference) else {
      return Notes(repository: self, commit: nil, tree: nil)
    }
    try requireCommit(tip, at: reference)
    return try notes(at: tip)
  }

  /// The state of the notes at a commit of the notes history.
  package func notes(at id: ObjectID) throws(GitError) -> Notes {
    let commit = try commit(id)
    return Notes(repository: self, commit: commit.id, tree: commit.tree)
  }

  /// The object that a reference points to; nil if the reference does not exist.
  ///
  /// A symbolic reference is refused: writing it would separate it from its target.
  func target(of name: String) throws(GitError) -> ObjectID? {
    let operation = "read '\(name)'"
    var reference: OpaquePointer?
    let code = unsafe git_reference_lookup(&reference, pointer, name)
    guard try found(operation, code) else { return nil }
    defer { unsafe git_reference_free(reference) }
    // SAFETY: both targets belong to the reference, which lives until the end of this scope.
    if let other = unsafe git_reference_symbolic_target(reference) {
      let message = unsafe "it is symbolic; name '\(String(cString: other))' itself"
      throw GitError(operation: operation, message: message, kind: .invalid)
    }
    return unsafe git_reference_target(reference).map { unsafe ObjectID($0.pointee) }
  }

  private func requireCommit(_ id: ObjectID, at reference: String) throws(GitError) {
    var raw = id.raw
    let object = try unsafe Handle(
      "read '\(reference)'", release: { unsafe git_object_free($0) }
    ) {
      unsafe git_object_lookup(&$0, pointer, &raw, GIT_OBJECT_ANY)
    }
    let kind = unsafe git_object_type(object.pointer)
    guard kind != GIT_OBJECT_COMMIT else { return }
    // SAFETY: libgit2's names of kinds are constants.
    let name = unsafe git_object_type2string(kind).map { unsafe String(cString: $0) }
    throw GitError(
      operation: "read '\(reference)'",
      message: "it points to a \(name ?? "strange object"), not to a commit", kind: .invalid)
  }

  /// All blobs of an object below a tree: under the rest of its id, or in the directory of its next
  /// two digits.
  fileprivate func blobs(
    named name: Substring, in tree: ObjectID
  ) throws(GitError) -> [ObjectID] {
    let tree = try self.tree(tree)
    var blobs: [ObjectID] = []
    if let leaf = tree.entry(String(name), GIT_OBJECT_BLOB) { blobs.append(leaf) }
    if name.utf8.count > 2,
      let directory = tree.entry(String(name.prefix(2)), GIT_OBJECT_TREE)
    {
      blobs += try self.blobs(named: name.dropFirst(2), in: directory)
    }
    return blobs
  }
}

extension Handle {
  /// The id under a name in a tree, if the entry is of the given kind.
  fileprivate func entry(_ name: String, _ kind: git_object_t) -> ObjectID? {
    // SAFETY: the entry belongs to the tree, which is `self`; its id is copied.
    guard let entry = unsafe git_tree_entry_byname(pointer, name),
      unsafe git_tree_entry_type(entry) == kind,
      let id = unsafe git_tree_entry_id(entry)?.pointee
    else { return nil }
    return ObjectID(id)
  }
}

extension [[UInt8]] {
  /// The texts joined to one; each ends with a line break if there are several.
  fileprivate func joinedByLines() -> [UInt8] {
    let newline = UInt8(ascii: "\n")
    guard count > 1 else { return first ?? [] }
    return flatMap { $0.last == newline ? $0 : $0 + [newline] }
  }
}
