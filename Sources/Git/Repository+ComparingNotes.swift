import CLibGit2

/// What a folder of git's holds under one name.
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
  /// What lies at the top and is no note, by its name; git keeps it, too.
  ///
  /// Nothing of a name that a note, or a folder of notes, may have: it would take the place of one. Nor
  /// what git itself would not write.
  package func foreign() throws(GitError) -> [String: TreeEntry] {
    guard let tree else { return [:] }
    return try repository.entries(of: tree).filter { name, _ in
      !Repository.isFolder(name) && ObjectID(name) == nil
        && ![".", "..", ".git"].contains(name.lowercased())
    }
  }

  /// The text of a stranger; nil for a folder.
  package func contents(of stranger: TreeEntry) throws(GitError) -> [UInt8]? {
    stranger.mode == GIT_FILEMODE_BLOB ? try repository.contents(ofBlob: stranger.id) : nil
  }
}

extension Repository {
  /// The objects whose notes in one state may not be those in another, in the order of their ids.
  ///
  /// Whatever the fan-out of either is; folders that are equal are not looked into.
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

  /// More than any history has: a few trees that name each other could go on forever.
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
