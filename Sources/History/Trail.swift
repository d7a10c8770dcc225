import Git

/// The commits in which the nearest baseline may be, in the order in which they are asked.
struct Trail {
  let rule: Baseline.Rule
  /// The distance of the first commit.
  let start: Int
  private(set) var commits: [Commit] = []
  /// The commit behind which a shallow clone has no more; nil when nothing is missing.
  private(set) var cut: ObjectID?

  /// From the merge-base back, or from behind a committed candidate that is on the base branch.
  ///
  /// - Parameter reach: The greatest distance.
  /// - Throws: ``HistoryError/unrelated(_:_:)``, or ``HistoryError/shallow(at:)`` when a shallow
  ///   clone does not reach back to the merge-base.
  init(
    of candidate: Candidate, base: Commit, in repository: Repository, reach: Int
  ) throws(HistoryError) {
    let commit = candidate.commit
    let fork = try repository.fork(of: commit, from: base)
    let isBehind = candidate.isCommitted && fork.id == commit.id
    rule = isBehind ? .firstParent : .mergeBase
    start = isBehind ? 1 : 0
    if !isBehind { commits = [fork] }
    try extend(from: fork, in: repository, toLength: reach - start + 1)
  }

  /// The commits behind one, itself not among them, as far as they are here.
  init(behind commit: Commit, in repository: Repository, reach: Int) throws(HistoryError) {
    rule = .firstParent
    start = 1
    try extend(from: commit, in: repository, toLength: reach)
  }

  private mutating func extend(
    from first: Commit, in repository: Repository, toLength length: Int
  ) throws(HistoryError) {
    var last = first
    while commits.count < length {
      do {
        guard let parent = try repository.parent(of: last) else { return }
        commits.append(parent)
        last = parent
      } catch .shallow(let end) {
        cut = end
        return
      }
    }
  }
}
