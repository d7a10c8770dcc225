import CLibGit2

/// The result of looking for a file in a tree.
package enum TreeFile: Hashable, Sendable {
  case absent
  /// A regular file, or the file that a symbolic link inside the tree leads to.
  case file(ObjectID)
  /// An entry that cannot be read as a file, with the reason: `it is a directory`.
  case unusable(String)
}

extension Repository {
  /// Looks for a file of a tree, which need not be checked out.
  ///
  /// Symbolic links are followed as long as they stay inside the tree, at most forty of them, the
  /// limit of the system.
  package func file(_ path: String, inTree tree: ObjectID) throws(GitError) -> TreeFile {
    var trail = [tree]
    var pending = Self.names(path)
    var links = 0
    while let name = pending.popLast() {
      if name == ".." {
        guard trail.count > 1 else { return .unusable("it is a link to a file outside the tree") }
        trail.removeLast()
        continue
      }
      guard let entry = try entry(name, of: trail[trail.count - 1]) else {
        return links == 0 ? .absent : .unusable("it is a link to nothing")
      }
      switch entry.mode {
      case GIT_FILEMODE_TREE: trail.append(entry.id)
      case GIT_FILEMODE_LINK:
        links += 1
        guard links <= 40 else { return .unusable("it is a link that leads to itself") }
        let target = String(decoding: try text(ofBlob: entry.id), as: UTF8.self)
        guard !target.hasPrefix("/") else {
          return .unusable("it is a link to a file outside the tree")
        }
        pending += Self.names(target)
      case GIT_FILEMODE_COMMIT: return .unusable("it is a submodule")
      default: return pending.isEmpty ? .file(entry.id) : .unusable("it is a link to nothing")
      }
    }
    return .unusable("it is a directory")
  }

  /// The bytes of a file that is not a note. The size limit is that of notes.
  package func text(ofBlob id: ObjectID) throws(GitError) -> [UInt8] { try contents(ofBlob: id) }

  /// The parts of a path in reverse order.
  private static func names(_ path: String) -> [String] {
    path.split(separator: "/").filter { $0 != "." }.map(String.init).reversed()
  }

  private func entry(
    _ name: String, of tree: ObjectID
  ) throws(GitError) -> (id: ObjectID, mode: git_filemode_t)? {
    let handle = try self.tree(tree)
    // SAFETY: the entry belongs to the tree, which lives until the end of this scope; it is copied.
    guard let entry = unsafe git_tree_entry_byname(handle.pointer, name),
      let id = unsafe git_tree_entry_id(entry)
    else { return nil }
    return unsafe (ObjectID(id.pointee), git_tree_entry_filemode(entry))
  }
}
