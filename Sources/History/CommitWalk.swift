package import Git

/// First parents, one after the other, as far as somebody asks.
package struct CommitWalk {
  private let repository: Repository
  package private(set) var commits: [Commit]
  /// The commit behind which a shallow clone has no more; nil where nothing is missing.
  package private(set) var cut: ObjectID?
  private var isAtEnd = false

  /// - Parameter first: The first commit of the walk.
  init(from first: Commit, in repository: Repository) {
    self.repository = repository
    commits = [first]
  }

  /// The commit at a distance from the first; nil behind the end of history.
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
