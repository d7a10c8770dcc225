import CLibGit2

extension Notes {
  /// Writes a commit of the state that follows this one. No reference points to it yet.
  ///
  /// - Parameters:
  ///   - changes: The notes that change, with their new contents. A note that becomes empty is
  ///     removed.
  ///   - foreign: The files to place beside the notes, by name; nil removes a file.
  ///   - parents: The previous states, this one or others; an empty array begins a new history.
  /// - Throws: ``GitError`` of kind ``GitError/Kind/tooLarge`` for a note that could not be read
  ///   again.
  package func next(
    changing changes: [(ObjectID, [UInt8])], foreign: [String: TreeEntry?] = [:],
    parents: [ObjectID], message: String
  ) throws(GitError) -> ObjectID {
    var leaves: [Leaf] = []
    // The notes of a commit and of its tree are mostly equal, and written once.
    var last: (contents: [UInt8], blob: ObjectID)?
    for (object, contents) in changes {
      var blob: ObjectID?
      if let last, last.contents == contents {
        blob = last.blob
      } else if !contents.isEmpty {
        let written = try repository.writeBlob(contents, of: object)
        last = (contents, written)
        blob = written
      }
      leaves.append(Leaf(name: object.description[...], blob: blob))
    }
    let builder = try TreeBuilder(in: repository, from: try placing(leaves, in: tree, depth: 0))
    for (name, entry) in foreign { try builder.set(name, entry.map { ($0.id, $0.mode) }) }
    return try repository.writeCommit(
      tree: try builder.writeTop(), parents: parents, message: message)
  }

  /// Stores a text as a file that is to be placed beside the notes.
  package func stranger(_ text: [UInt8]) throws(GitError) -> TreeEntry {
    TreeEntry(id: try repository.writeBlob(text, of: nil), mode: GIT_FILEMODE_BLOB)
  }

  /// The number of directory levels, of two digits each, above a note: `ab/cd/<36 digits>`.
  private static let fanOut = 2

  /// A note during the descent into the tree, with the rest of its name at this depth.
  private struct Leaf {
    let name: Substring
    /// The contents of the note; nil if the note is to be removed.
    let blob: ObjectID?

    var directory: String { String(name.prefix(2)) }
    var below: Leaf { Leaf(name: name.dropFirst(2), blob: blob) }
  }

  /// The tree with each note at its place in the fan-out and at no other; nil for an empty tree.
  private func placing(
    _ leaves: [Leaf], in tree: ObjectID?, depth: Int
  ) throws(GitError) -> ObjectID? {
    let builder = try TreeBuilder(in: repository, from: tree)
    for leaf in leaves {
      let blob = depth == Self.fanOut ? leaf.blob : nil
      try builder.set(String(leaf.name), blob.map { ($0, GIT_FILEMODE_BLOB) })
    }
    let deeper = Dictionary(grouping: leaves.filter { $0.name.utf8.count > 2 }, by: \.directory)
    for (directory, leaves) in deeper {
      let old = builder.directory(directory)
      guard depth < Self.fanOut || old != nil else { continue }
      let new = try placing(leaves.map(\.below), in: old, depth: depth + 1)
      try builder.set(directory, new.map { ($0, GIT_FILEMODE_TREE) })
    }
    return try builder.write()
  }
}
