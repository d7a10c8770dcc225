package import Git

extension Repository {
  /// The commit where one commit left the history of another: their merge-base.
  ///
  /// - Throws: ``HistoryError/unrelated(_:_:)``, or ``HistoryError/shallow(at:)`` if a shallow
  ///   clone does not reach back to it.
  package func fork(of commit: Commit, from base: Commit) throws(HistoryError) -> Commit {
    guard let fork = try git(try mergeBase(commit.id, base.id)) else {
      throw isShallow ? .shallow(at: commit.id) : .unrelated(commit.id, base.id)
    }
    return fork
  }

  /// The first parent of a commit; nil for a root commit.
  ///
  /// - Throws: ``HistoryError/shallow(at:)`` if a shallow clone ends at this commit.
  package func parent(of commit: Commit) throws(HistoryError) -> Commit? {
    do {
      return try firstParent(of: commit.id)
    } catch {
      guard isShallow, error.kind == .missing else { throw .git(error) }
      throw .shallow(at: commit.id)
    }
  }
}
