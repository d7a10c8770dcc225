import Git
package import Measurements

/// The first parents of a commit, the newest first, with their trees.
package struct IndexedBranch: Sendable {
  package let commits: [IndexedCommit]
  /// The commit at which a shallow clone ends; nil if all are here.
  package let cut: CompactID?
}

/// A commit and its tree.
package struct IndexedCommit: Hashable, Sendable {
  package let id: CompactID
  package let tree: CompactID

  init(id: CompactID, tree: CompactID) {
    self.id = id
    self.tree = tree
  }

  init?(_ commit: Commit) {
    guard let id = CompactID(commit.id.description), let tree = CompactID(commit.tree.description)
    else { return nil }
    (self.id, self.tree) = (id, tree)
  }
}

extension IndexTables {
  /// The name of the fact that holds the branch that was asked for last.
  private static let branchFact = "branch"

  /// The first parents of a commit.
  ///
  /// Reading ten thousand commits takes longer than all other work, so the last branch is kept, and
  /// only the commits that it lacks are read.
  func branch(from tip: Commit?, in repository: Repository) throws -> IndexedBranch {
    guard let tip else { return IndexedBranch(commits: [], cut: nil) }
    guard !repository.isShallow else {
      let (commits, cut) = try repository.firstParents(from: tip)
      return IndexedBranch(
        commits: commits.compactMap { IndexedCommit($0) },
        cut: cut.flatMap { CompactID($0.description) })
    }
    let kept = try keptBranch()
    if let first = kept.first, first == IndexedCommit(tip) {
      return IndexedBranch(commits: kept, cut: nil)
    }
    let places = Dictionary(
      zip(kept.map(\.id), kept.indices), uniquingKeysWith: { one, _ in one })
    var meeting: Int?
    let (commits, _) = try repository.firstParents(from: tip) { id in
      meeting = CompactID(id.description).flatMap { places[$0] }
      return meeting != nil
    }
    let branch = commits.compactMap { IndexedCommit($0) } + kept[(meeting ?? kept.count)...]
    try setFact(Self.branchFact, Self.packed(branch))
    return IndexedBranch(commits: branch, cut: nil)
  }

  private func keptBranch() throws -> [IndexedCommit] {
    guard var unpacker = try packedFact(Self.branchFact) else { return [] }
    var commits: [IndexedCommit] = []
    while !unpacker.isAtEnd {
      commits.append(IndexedCommit(id: try unpacker.id(), tree: try unpacker.id()))
    }
    return commits
  }

  private static func packed(_ commits: [IndexedCommit]) -> Packer {
    var packer = Packer()
    for commit in commits {
      packer.add(commit.id)
      packer.add(commit.tree)
    }
    return packer
  }
}
