import CommandLine
import Git
import History
import Statistics

/// The commits of a bisection in order: position 0 is the good end, the last position the bad end,
/// and each commit is a parent of the next.
///
/// Commits that differ from the one before in nothing that is measured are no candidates. Their
/// launches count for the commit before.
struct CommitLine {
  /// The commits to measure, the good end first.
  let commits: [Commit]
  /// The commits between the ends before those without a difference were left out, the bad end
  /// included.
  let length: Int
  /// The parent on the line of the commit at each position; that of the good end is itself.
  private let parents: [ObjectID]
  /// The position of each commit, also of those that are no candidates.
  private let positions: [ObjectID: Int]
  /// The first position of each content.
  private let trees: [ObjectID: Int]
  /// The merge whose branch this is; nil for the line between the typed ends.
  let merge: Commit?
  /// The commit where that branch left, if it is a candidate.
  let fork: ObjectID?

  /// - Parameter path: The commits of the line, at least two, the good end first.
  init(
    _ path: [Commit], merge: Commit? = nil, fork: ObjectID? = nil, content: inout SameContent,
    suite: String
  ) throws {
    var commits = [path[0]]
    var parents = [path[0].id]
    var positions = [path[0].id: 0]
    for (before, commit) in zip(path, path.dropFirst()) {
      if try !content.holds(before.tree, commit.tree, for: suite) {
        commits.append(commit)
        parents.append(before.id)
      }
      positions[commit.id] = commits.count - 1
    }
    self.commits = commits
    self.parents = parents
    self.positions = positions
    self.merge = merge
    self.fork = fork
    length = path.count - 1
    trees = Dictionary(
      commits.enumerated().map { ($1.tree, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The position of the bad end; 0 if nothing that is measured differs between the ends.
  var last: Int { commits.count - 1 }

  /// The position that a measured commit counts for; nil if it is not on the line.
  func position(of commit: ObjectID, tree: ObjectID?) -> Int? {
    positions[commit] ?? tree.flatMap { trees[$0] }
  }

  /// The parent, on the line, of the commit at a position.
  func parent(of position: Int) -> ObjectID { parents[position] }

  /// How likely each candidate is before anything is measured.
  ///
  /// Candidates are equally likely but for two kinds. If a content comes back later, as by a revert,
  /// a single change is not between both; unless two contents come back by turns, so that there is no
  /// single change. The commit where a branch left is on the main line, where it was found to be as
  /// the good end is.
  ///
  /// - Parameter factors: The factor of each candidate, for what is known besides.
  func prior(skipping skipped: Set<ObjectID>, factors: [Double]) -> CulpritPrior {
    var weights = factors
    let returns = commits.enumerated().compactMap { position, commit in
      trees[commit.tree].flatMap { $0 < position ? $0..<position : nil }
    }
    for stretch in returns where !returns.contains(where: { Self.interleave($0, stretch) }) {
      for place in stretch { weights[place] = 0 }
    }
    for (position, commit) in commits.enumerated() {
      if position > 0, commit.id == fork { weights[position - 1] *= 0.1 }
    }
    let unmeasurable = commits.indices.filter {
      0 < $0 && $0 < last && skipped.contains(commits[$0].id)
    }
    // Contents that exclude every commit exclude each other.
    guard weights.contains(where: { $0 > 0 }) else {
      return CulpritPrior(count: last, unmeasurable: unmeasurable)
    }
    return CulpritPrior(weights: weights, unmeasurable: unmeasurable)
  }
}

extension CommitLine {
  /// True if each of two stretches begins or ends within the other.
  private static func interleave(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    a.lowerBound < b.lowerBound && b.lowerBound < a.upperBound && a.upperBound < b.upperBound
      || b.lowerBound < a.lowerBound && a.lowerBound < b.upperBound && b.upperBound < a.upperBound
  }
}

/// Finds the lines of a bisection.
struct CommitLines {
  let repository: Repository
  let suite: String
  var content: SameContent

  init(_ repository: Repository, _ rules: ContentRules, suite: String) {
    self.repository = repository
    self.suite = suite
    content = SameContent(repository, rules)
  }

  /// The line between the typed ends.
  ///
  /// It goes back from the bad end along first parents. If the good end was merged into that line,
  /// it goes from the merge to the parent that has the good end. It begins at the last commit that has
  /// the content of the good end: what was reverted before it is not what makes the bad end bad.
  ///
  /// - Throws: ``Diagnostic`` if the good end is no ancestor of the bad end.
  mutating func line(from good: Commit, to bad: Commit) throws -> CommitLine {
    let path = try [good] + path(from: good, to: bad).reversed()
    let start = path.dropLast().lastIndex { $0.tree == good.tree } ?? 0
    return try CommitLine(Array(path[start...]), content: &content, suite: suite)
  }

  /// The commits from the bad end back to the good end, which is not among them.
  private func path(from good: Commit, to bad: Commit) throws -> [Commit] {
    var path: [Commit] = []
    var tip = bad
    while true {
      let (commits, _) = try repository.firstParents(from: tip, excluding: [good.id])
      let oldest = try repository.parents(of: commits[commits.count - 1].id)
      // The commits that have the good end among their ancestors come first.
      var (least, most) = (oldest.contains(good.id) ? commits.count : 1, commits.count)
      while least < most {
        let middle = (least + most + 1) / 2
        if try repository.isAncestor(good.id, of: commits[middle - 1].id) {
          least = middle
        } else {
          most = middle - 1
        }
      }
      path += commits.prefix(least)
      let parents = try repository.parents(of: commits[least - 1].id)
      if parents.contains(good.id) { return path }
      guard let next = try parents.first(where: { try repository.isAncestor(good.id, of: $0) })
      else {
        preconditionFailure("a parent of a commit has its ancestors")
      }
      tip = try repository.commit(next)
    }
  }

  /// The line through the branch of a merge: from the commit before the merge to the merge itself.
  ///
  /// If the branch left from other content than the commit before the merge has, the commit where
  /// it left is a candidate, too: then its difference is not taken for that of the branch's first
  /// commit.
  ///
  /// - Parameters:
  ///   - place: The position of the merge on the outer line.
  ///   - outer: The outer line.
  /// - Returns: nil if the commit is no merge of two, or its branch has no commits of its own.
  mutating func line(into place: Int, of outer: CommitLine) throws -> CommitLine? {
    let merge = outer.commits[place]
    let parents = try repository.parents(of: merge.id)
    let trunk = outer.parent(of: place)
    guard parents.count == 2, let tip = parents.first(where: { $0 != trunk }) else { return nil }
    let (branch, cut) = try repository.firstParents(
      from: repository.commit(tip), excluding: [trunk])
    guard cut == nil, let oldest = branch.last else { return nil }
    var path = [outer.commits[place - 1]]
    var fork: ObjectID?
    if let start = try repository.firstParent(of: oldest.id), start.id != path[0].id {
      path.append(start)
      if try !content.holds(path[0].tree, start.tree, for: suite) { fork = start.id }
    }
    return try CommitLine(
      path + branch.reversed() + [merge], merge: merge, fork: fork, content: &content,
      suite: suite)
  }
}
