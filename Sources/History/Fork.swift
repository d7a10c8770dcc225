package import Git

extension Repository {
  /// Where one commit left the history of another: their merge-base.
  ///
  /// - Throws: ``HistoryError/unrelated(_:_:)``, or ``HistoryError/shallow(at:)`` when a shallow
  ///   clone does not reach back to it.
  package func fork(of commit: Commit, from base: Commit) throws(HistoryError) -> Commit {
    guard let fork = try git(try mergeBase(commit.id, base.id)) else {
      throw isShallow ? .shallow(at: commit.id) : .unrelated(commit.id, base.id)
    }
    return fork
  }

  /// The commit before one on its own branch; nil for the first of all.
  ///
  /// - Throws: ``HistoryError/shallow(at:)`` when a shallow clone ends here.
  package func parent(of commit: Commit) throws(HistoryError) -> Commit? {
    do {
      return try firstParent(of: commit.id)
    } catch {
      guard isShallow, error.kind == .missing else { throw .git(error) }
      throw .shallow(at: commit.id)
    }
  }
}
