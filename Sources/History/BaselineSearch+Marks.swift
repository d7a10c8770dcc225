import Git
import Measurements

/// The marked series of a commit, grouped by the baseline that their marks name.
struct Refused {
  private(set) var ids: [Series.ID] = []
  private(set) var targets: [ObjectID: Set<Series.ID>] = [:]

  mutating func add(_ id: Series.ID, _ refusal: MarkTable.Refusal) {
    ids.append(id)
    if let target = refusal.against { targets[target, default: []].insert(id) }
  }
}

extension BaselineSearch {
  /// Searches the baselines that marks name, and the commits before them.
  ///
  /// If a series is not found there, the walk continues to look for it as if the mark named no
  /// baseline.
  mutating func follow(
    _ refused: Refused, from step: SeriesSearch.Step, _ search: inout SeriesSearch
  ) throws(HistoryError) {
    var trail = Trail()
    for (target, ids) in refused.targets.sorted(by: { $0.key.description < $1.key.description }) {
      _ = try goOn(at: target, for: ids, marked: step.commit, &search, &trail)
    }
  }

  /// The baselines that were already searched for each series, so that marks that name each other
  /// cause no endless search.
  private struct Trail {
    private var seen: [ObjectID: Set<Series.ID>] = [:]

    mutating func new(_ ids: Set<Series.ID>, at target: ObjectID) -> Set<Series.ID> {
      let new = ids.subtracting(seen[target] ?? [])
      seen[target, default: []].formUnion(new)
      return new
    }
  }

  /// Searches the baseline that marks name, and the commits before it, for some series.
  ///
  /// - Returns: The series that were found.
  private mutating func goOn(
    at target: ObjectID, for ids: Set<Series.ID>, marked: Commit, _ search: inout SeriesSearch,
    _ trail: inout Trail
  ) throws(HistoryError) -> Set<Series.ID> {
    let ids = trail.new(ids, at: target)
    guard !ids.isEmpty, let first = try commit(target, namedOn: marked) else { return [] }
    var open = ids
    var walk = CommitWalk(from: first, in: repository)
    var (place, measured, whole) = (0, 0, 0)
    while !open.isEmpty, place < settings.mostCommits, measured < settings.mostRecorded,
      whole < SeriesSearch.mostWhole, let commit = try walk.commit(at: place)
    {
      place += 1
      let entries = comparable(
        try index.contents(of: commit).entries.filter { $0.header.suite == search.part.suite },
        with: search.part)
      guard !entries.isEmpty else { continue }
      measured += 1
      if entries.map(\.header).isWhole { whole += 1 }
      try take(&open, from: entries, of: commit, &search, &trail)
    }
    if let cut = walk.cut, !open.isEmpty, place >= walk.commits.count { throw .shallow(at: cut) }
    return ids.subtracting(open)
  }

  /// Takes the numbers of the wanted series from a commit that was reached through a mark.
  private mutating func take(
    _ open: inout Set<Series.ID>, from entries: [RunEntry], of commit: Commit,
    _ search: inout SeriesSearch, _ trail: inout Trail
  ) throws(HistoryError) {
    let scan = search.names.scan(for: open)
    guard entries.contains(where: { scan.mayBe(in: $0.line) }) else { return }
    let (own, others) = try search.split(entries)
    let runs = try read(others, of: commit).runs
    let found = search.grouped(PooledRuns(baseline: runs).series)
    let same = try isOfCandidate(commit, search) ? search.grouped(own.flatMap(\.run.series)) : [:]
    let step = SeriesSearch.Step(
      commit: commit, index: 0, walk: [commit], rule: .mark, distance: nil)
    var refused = Refused()
    for id in open.sorted() {
      guard let series = found[id] ?? same[id] else { continue }
      if let refusal = refusal(of: id, series, at: commit, search) {
        refused.add(id, refusal)
      } else if found[id] != nil {
        search.settle(id, search.row(id), series, runs, at: step)
        open.remove(id)
      } else {
        search.settleSame(id)
        open.remove(id)
      }
    }
    for (target, ids) in refused.targets.sorted(by: { $0.key.description < $1.key.description }) {
      open.subtract(try goOn(at: target, for: ids, marked: commit, &search, &trail))
    }
  }

  /// The commit that a mark names; nil if the repository does not have it any more.
  private mutating func commit(
    _ target: ObjectID, namedOn marked: Commit
  ) throws(HistoryError) -> Commit? {
    if let commit = try git(try repository.commitIfPresent(target.description)) { return commit }
    guard !repository.isShallow else { throw .shallow(at: marked.id) }
    index.warn(
      "a mark on \(marked.id.short) names \(target.short), which is not in this repository")
    return nil
  }
}
