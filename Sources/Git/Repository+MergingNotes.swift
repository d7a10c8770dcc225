import CLibGit2

extension Repository {
  /// Brings another state of notes into a notes reference: each note that differs becomes what `union`
  /// makes of both, every other note stays.
  ///
  /// A state that comes after the present one takes its place as it is, if that loses nothing. The merge
  /// is a commit with both states as its parents.
  ///
  /// - Parameters:
  ///   - other: A commit of notes, such as one that was fetched.
  ///   - message: The message of the merge.
  ///   - pause: Called with the number of a failed attempt before the next one.
  ///   - union: What becomes of the present note of an object and the other one.
  package func mergeNotes(
    _ other: ObjectID, into reference: String, message: String, pause: (Int) -> Void,
    union: ([UInt8], [UInt8]) -> [UInt8]
  ) throws(GitError) {
    let others = try notes(at: other)
    try moveNotes(reference, message: message, pause: pause) { (notes) throws(GitError) in
      guard let present = notes.commit else { return other }
      let base = try mergeBase(present, other)?.id
      let changes = try changes(of: notes, by: others, union)
      if base == other, changes.isEmpty { return nil }
      if base == present, try self.changes(of: others, by: notes, union).isEmpty { return other }
      return try commitNotes(
        changes, onto: notes, besides: try strangers(in: others, missingIn: notes), and: [other],
        message: message)
    }
  }

  /// What becomes of notes when others are joined to them.
  private func changes(
    of notes: Notes, by others: Notes, _ union: ([UInt8], [UInt8]) -> [UInt8]
  ) throws(GitError) -> [(ObjectID, [UInt8])] {
    var changes: [(ObjectID, [UInt8])] = []
    for object in try objectsDiffering(in: others, from: notes) {
      let old = try notes.contents(of: object) ?? []
      let new = union(old, try others.contents(of: object) ?? [])
      if new != old { changes.append((object, new)) }
    }
    return changes
  }

  /// What lies at the top of a notes tree and is no note: it is kept.
  private func strangers(
    in notes: Notes, missingIn others: Notes
  ) throws(GitError) -> [String: TreeEntry] {
    let present = try others.tree.map { (tree) throws(GitError) in try entries(of: tree) } ?? [:]
    let all = try notes.tree.map { (tree) throws(GitError) in try entries(of: tree) } ?? [:]
    return all.filter { name, entry in
      let isNote = entry.isTree ? Self.isFolder(name) : ObjectID(name) != nil
      return !isNote && present[name] == nil
    }
  }

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

  private static func isFolder(_ name: String) -> Bool {
    name.utf8.count == 2 && name.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }

  struct TreeEntry: Hashable {
    let id: ObjectID
    let mode: git_filemode_t
    var isTree: Bool { mode == GIT_FILEMODE_TREE }
  }

  private func entries(of tree: ObjectID) throws(GitError) -> [String: TreeEntry] {
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

  /// Has a reference point to a commit, whatever it points to now; nil removes it.
  ///
  /// For what only mirrors another repository.
  package func setReference(_ name: String, to commit: ObjectID?) throws(GitError) {
    guard let commit else {
      let code = unsafe git_reference_remove(pointer, name)
      _ = try found("remove '\(name)'", code)
      return
    }
    var raw = commit.raw
    var reference: OpaquePointer?
    let code = unsafe git_reference_create(&reference, pointer, name, &raw, 1, nil)
    try check("update '\(name)'", code)
    unsafe git_reference_free(reference)
  }
}
