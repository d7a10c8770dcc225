import CLibGit2

/// A git tree under construction.
struct TreeBuilder: ~Copyable {
  private let handle: Handle

  /// Starts the construction.
  ///
  /// - Parameter tree: The tree to start from; nil starts with an empty one.
  init(in repository: Repository, from tree: ObjectID?) throws(GitError) {
    func builder(_ source: OpaquePointer?) throws(GitError) -> Handle {
      try unsafe Handle("edit notes tree", release: { unsafe git_treebuilder_free($0) }) {
        unsafe git_treebuilder_new(&$0, repository.pointer, source)
      }
    }
    if let tree {
      let source = try repository.tree(tree)
      handle = try unsafe builder(source.pointer)
    } else {
      handle = try builder(nil)
    }
  }

  /// The directory under a name; nil if there is none.
  func directory(_ name: String) -> ObjectID? {
    // SAFETY: the entry belongs to the builder; its id is copied.
    guard let entry = unsafe git_treebuilder_get(handle.pointer, name),
      unsafe git_tree_entry_type(entry) == GIT_OBJECT_TREE,
      let id = unsafe git_tree_entry_id(entry)?.pointee
    else { return nil }
    return ObjectID(id)
  }

  /// Puts an entry under a name; nil removes the entry, if there is one.
  func set(_ name: String, _ entry: (id: ObjectID, mode: git_filemode_t)?) throws(GitError) {
    if let entry {
      var raw = entry.id.raw
      let code = unsafe git_treebuilder_insert(nil, handle.pointer, name, &raw, entry.mode)
      try check("edit notes tree", code)
    } else if unsafe git_treebuilder_get(handle.pointer, name) != nil {
      try check("edit notes tree", unsafe git_treebuilder_remove(handle.pointer, name))
    }
  }

  /// Stores the tree; nil if it is empty, because git keeps no empty directories.
  func write() throws(GitError) -> ObjectID? {
    guard unsafe git_treebuilder_entrycount(handle.pointer) > 0 else { return nil }
    return try writeTop()
  }

  /// Stores the tree of a commit, which may be empty.
  func writeTop() throws(GitError) -> ObjectID {
    var raw = git_oid()
    try check("write notes tree", unsafe git_treebuilder_write(&raw, handle.pointer))
    return ObjectID(raw)
  }
}
