import CLibGit2

/// What a tree has under a path.
package enum TreeFile: Hashable, Sendable {
  case absent
  /// A regular file, or what a symbolic link inside the tree leads to.
  case file(ObjectID)
  /// Something that cannot be read as a file, in words: `it is a directory`.
  case unusable(String)
}

extension Repository {
  /// Looks for a file of a tree, whether or not anything is checked out.
  ///
  /// Symbolic links are followed as long as they stay inside the tree, forty of them at most, as the
  /// system has it.
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

  /// The bytes of a file, which no note is and which has to fit into a reader's patience.
  package func text(ofBlob id: ObjectID) throws(GitError) -> [UInt8] { try contents(ofBlob: id) }

  /// The parts of a path, the first one last.
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
