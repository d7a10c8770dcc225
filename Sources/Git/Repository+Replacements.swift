import CLibGit2
import System

/// Checks for commits that git reads as others.
///
/// `git replace` and the older grafts file give a commit another parent or content, but only for
/// git: libgit2 reads the original commit. Numbers would then be compared along a history that no
/// user sees, so such a commit is refused where the search meets it.
extension Repository {
  /// The objects that git reads as something else, or the error of the attempt to read them.
  static func replacements(in repository: Repository) -> Result<Set<ObjectID>, GitError> {
    Result { () throws(GitError) in
      try repository.replacedObjects().union(repository.graftedCommits())
    }
  }

  /// Reads commits as they were written, replacements or not. git does this, too, if
  /// `GIT_NO_REPLACE_OBJECTS` is set.
  package func readAsCommitted() { replaced = .success([]) }

  /// Refuses a commit that git reads as another.
  ///
  /// - Throws: ``GitError`` of kind ``GitError/Kind/replaced`` for such a commit.
  func checkUnreplaced(_ commit: Commit) throws(GitError) {
    let replaced = try replaced.get()
    guard !replaced.isEmpty, replaced.contains(commit.id) || replaced.contains(commit.tree) else {
      return
    }
    throw GitError(
      operation: "read commit \(commit.id.short)",
      message: "git reads another in its place, by `git replace` or a graft", kind: .replaced)
  }

  /// Refuses replaced commits among those that two histories do not share, which determine where
  /// the histories meet.
  func checkUnreplaced(_ a: ObjectID, _ b: ObjectID, since base: ObjectID?) throws(GitError) {
    guard try !replaced.get().isEmpty else { return }
    let walk = try unsafe Handle("walk history", release: { unsafe git_revwalk_free($0) }) {
      unsafe git_revwalk_new(&$0, pointer)
    }
    for tip in [a, b] {
      var raw = tip.raw
      try check("walk history", unsafe git_revwalk_push(walk.pointer, &raw))
    }
    if let base {
      var raw = base.raw
      try check("walk history", unsafe git_revwalk_hide(walk.pointer, &raw))
    }
    var next = git_oid()
    while true {
      let code = unsafe git_revwalk_next(&next, walk.pointer)
      guard code != GIT_ITEROVER.rawValue else { return }
      try check("walk history", code)
      _ = try commit(ObjectID(next))
    }
  }

  private func replacedObjects() throws(GitError) -> Set<ObjectID> {
    let prefix = "refs/replace/"
    var found: Set<ObjectID> = []
    let iterator = try unsafe Handle(
      "list references", release: { unsafe git_reference_iterator_free($0) }
    ) {
      unsafe git_reference_iterator_glob_new(&$0, pointer, prefix + "*")
    }
    var name: UnsafePointer<CChar>?
    while true {
      let code = unsafe git_reference_next_name(&name, iterator.pointer)
      guard code != GIT_ITEROVER.rawValue else {
        // git's setting is read only if there are replacements.
        guard !found.isEmpty else { return [] }
        return try bool("core.usereplacerefs") == false ? [] : found
      }
      try check("list references", code)
      // SAFETY: the text is valid until the next step; it is copied.
      let text = unsafe name.map { unsafe String(cString: $0) } ?? ""
      if let id = ObjectID(String(text.dropFirst(prefix.count))) { found.insert(id) }
    }
  }

  /// The first id of each line of `info/grafts`.
  private func graftedCommits() throws(GitError) -> Set<ObjectID> {
    let bytes = (try? Platform.contents(of: "\(commonDirectory)/info/grafts")) ?? []
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    return Set(lines.compactMap { $0.split(separator: " ").first.flatMap { ObjectID(String($0)) } })
  }
}
