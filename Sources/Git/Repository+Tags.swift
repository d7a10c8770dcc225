import CLibGit2

/// A tag and the commit that it leads to.
package struct Tag: Hashable, Sendable {
  /// The name, without `refs/tags/`.
  package let name: String
  package let commit: Commit
  /// The commit time, in seconds since 1970.
  package let time: Int64
}

extension Repository {
  /// The tags that lead to a commit and whose names satisfy a condition, in no particular order.
  package func tags(named fits: (String) -> Bool) throws(GitError) -> [Tag] {
    var names = unsafe git_strarray()
    try check("list tags", unsafe git_tag_list(&names, pointer))
    var tags: [Tag] = []
    for name in unsafe Self.texts(of: &names) where fits(name) {
      guard let commit = try commitIfPresent("refs/tags/\(name)") else { continue }
      tags.append(Tag(name: name, commit: commit, time: try time(of: commit)))
    }
    return tags
  }

  /// The commit time of a commit, in seconds since 1970.
  package func time(of commit: Commit) throws(GitError) -> Int64 {
    let handle = try handle(ofCommit: commit.id)
    return unsafe git_commit_time(handle.pointer)
  }
}
