package import Git
package import Measurements

extension BaselineSearch {
  /// The newest commit of the walk whose runs of a suite contain a benchmark; nil if there is none.
  package mutating func lastCommit(
    with benchmark: String, suite: String, from start: WalkStart
  ) throws(HistoryError) -> Commit? {
    guard let first = start.first else { return nil }
    let scan = NameScan([benchmark])
    var walk = CommitWalk(from: first, in: repository)
    var place = 0
    while place < settings.mostCommits, let commit = try walk.commit(at: place) {
      place += 1
      let entries = try index.contents(of: commit).entries.filter {
        $0.header.suite == suite && scan.mayBe(in: $0.line)
      }
      let hasIt = entries.contains { entry in
        (try? entry.line.run())?.series.contains { $0.benchmark.name == benchmark } ?? false
      }
      if hasIt { return commit }
    }
    return nil
  }

  /// The series of a suite that a commit has, pooled over its runs.
  package mutating func series(
    of suite: String, at commit: Commit
  ) throws(HistoryError) -> [Series] {
    let entries = try index.contents(of: commit).entries.filter { $0.header.suite == suite }
    return try read(entries, of: commit).runs.flatMap(\.run.series).pooled()
  }

  /// The runs of the given commits or of their trees that somebody removed.
  package func removed(at commits: [Commit]) throws(HistoryError) -> [RemovedRun] {
    let objects = Set(commits.flatMap { [$0.id, $0.tree] })
    return try index.store.removals().runs.filter { !objects.isDisjoint(with: $0.objects) }
  }
}
