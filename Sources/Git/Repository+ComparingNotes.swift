import CLibGit2

/// An entry of a git tree: an object and its mode.
package struct TreeEntry: Hashable, Sendable {
  let id: ObjectID
  let mode: git_filemode_t
  var isTree: Bool { mode == GIT_FILEMODE_TREE }

  package static func == (a: TreeEntry, b: TreeEntry) -> Bool {
    a.id == b.id && a.mode.rawValue == b.mode.rawValue
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension Notes {
  /// The files and folders at the top of the notes tree that are not notes, by name. git keeps
  /// them, too.
  ///
  /// Names that a note or a folder of notes may have are left out, because such an entry would
  /// replace one. Names that git itself would not write are left out, too.
  package func foreign() throws(GitError) -> [String: TreeEntry] {
    guard let tree else { return [:] }
    return try repository.entries(of: tree).filter { name, _ in
      !Repository.isFolder(name) && ObjectID(name) == nil
        && ![".", "..", ".git"].contains(name.lowercased())
    }
  }

  /// The text of a file beside the notes; nil for an entry that is not a regular file.
  package func contents(of stranger: TreeEntry) throws(GitError) -> [UInt8]? {
    stranger.mode == GIT_FILEMODE_BLOB ? try repository.contents(ofBlob: stranger.id) : nil
  }
}

extension Repository {
  /// The objects whose notes in one state may differ from those in another, in the order of their
  /// ids.
  ///
  /// The comparison works for any fan-out of either state. Equal folders are not read.
  package func objectsDiffering(
    in notes: Notes, from others: Notes
  ) throws(GitError) -> [ObjectID] {
    guard let tree = notes.tree else { return [] }
    var names: Set<String> = []
    var visited = 0
    try collect(&names, &visited, below: "", of: tree, besides: others.tree)
    return names.sorted().compactMap(ObjectID.init)
  }

  /// The objects that have notes, in the order of their ids.
  package func objects(with notes: Notes) throws(GitError) -> [ObjectID] {
    try objectsDiffering(in: notes, from: Notes(repository: self, commit: nil, tree: nil))
  }

  private func collect(
    _ names: inout Set<String>, _ visited: inout Int, below prefix: String, of tree: ObjectID,
    besides other: ObjectID?
  ) throws(GitError) {
    guard tree != other else { return }
    let known = try other.map { (other) throws(GitError) in try entries(of: other) } ?? [:]
    for (name, entry) in try entries(of: tree) where known[name] != entry {
      if entry.isTree {
        guard Self.isFolder(name), prefix.utf8.count < 38 else { continue }
        guard names.count < Self.most, visited < Self.most else {
          throw GitError(
            operation: "read notes", message: "more than \(Self.most) folders", kind: .invalid)
        }
        visited += 1
        let twin = known[name].flatMap { $0.isTree ? $0.id : nil }
        try collect(&names, &visited, below: prefix + name, of: entry.id, besides: twin)
      } else {
        names.insert(prefix + name)
      }
    }
  }

  /// The most folders and names that are read, more than any history has. A few trees that refer to
  /// each other repeatedly could otherwise keep the process busy forever.
  private static let most = 2_000_000

  fileprivate static func isFolder(_ name: String) -> Bool {
    name.utf8.count == 2 && name.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }

  fileprivate func entries(of tree: ObjectID) throws(GitError) -> [String: TreeEntry] {
    let tree = try self.tree(tree)
    var entries: [String: TreeEntry] = [:]
    let count = unsafe git_tree_entrycount(tree.pointer)
    for index in 0..<count {
      // SAFETY: entry, name and id belong to the tree, which outlives this; all are copied.
      guard let entry = unsafe git_tree_entry_byindex(tree.pointer, index),
        let name = unsafe git_tree_entry_name(entry).map({ unsafe String(cString: $0) }),
        let id = unsafe git_tree_entry_id(entry)?.pointee
      else { continue }
      entries[name] = TreeEntry(id: ObjectID(id), mode: unsafe git_tree_entry_filemode(entry))
    }
    return entries
  }
}
