package import Git

/// The first parents of a commit, one after the other, read on demand.
package struct CommitWalk {
  private let repository: Repository
  package private(set) var commits: [Commit]
  /// The commit at which a shallow clone ends; nil if no commit was found missing.
  package private(set) var cut: ObjectID?
  private var isAtEnd = false

  /// Starts a walk.
  ///
  /// - Parameter first: The first commit of the walk.
  init(from first: Commit, in repository: Repository) {
    self.repository = repository
    commits = [first]
  }

  /// The commit at a distance from the first; nil beyond the end of the history.
  mutating func commit(at index: Int) throws(HistoryError) -> Commit? {
    while commits.count <= index, !isAtEnd {
      do {
        if let parent = try repository.parent(of: commits[commits.count - 1]) {
          commits.append(parent)
        } else {
          isAtEnd = true
        }
      } catch .shallow(let end) {
        cut = end
        isAtEnd = true
      }
    }
    return index < commits.count ? commits[index] : nil
  }
}
