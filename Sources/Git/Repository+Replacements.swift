import CLibGit2
import System

/// Commits that git reads as others.
///
/// `git replace` and the older file of grafts give a commit another parent or content, for git alone:
/// libgit2 reads what was committed. Numbers would be compared along a history that nobody sees, so
/// that such a commit is refused where one is met.
extension Repository {
  /// - Parameter ids: What git reads as something else.
  static func replacements(in repository: Repository) -> Result<Set<ObjectID>, GitError> {
    Result { () throws(GitError) in
      try repository.replacedObjects().union(repository.graftedCommits())
    }
  }

  /// Has git's own switch: `GIT_NO_REPLACE_OBJECTS` makes git read what was committed, too.
  package func readAsCommitted() { replaced = .success([]) }

  /// - Throws: ``GitError`` of kind ``GitError/Kind/replaced`` for a commit that git reads as another.
  func checkUnreplaced(_ commit: Commit) throws(GitError) {
    let replaced = try replaced.get()
    guard !replaced.isEmpty, replaced.contains(commit.id) || replaced.contains(commit.tree) else {
      return
    }
    throw GitError(
      operation: "read commit \(commit.id.short)",
      message: "git reads another in its place, by `git replace` or a graft", kind: .replaced)
  }

  /// The same for all commits that two have not in common, which decide where their histories meet.
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
        // git's switch is asked for where it matters only.
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
