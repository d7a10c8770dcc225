package import Git
import Measurements

extension BaselineSearch {
  /// The baselines of a part by the rules, from the merge-base back.
  ///
  /// - Parameter names: What benchmarks were called before.
  package mutating func baseline(
    for part: RecordedPart, from start: WalkStart, names: NameHistory = NameHistory()
  ) throws(HistoryError) -> PartBaseline {
    var search = SeriesSearch(for: part, names: names)
    guard let first = start.first else { return search.result }
    search.isOnBase = start.isOnBase
    search.candidateTree = start.isCommitted ? start.candidate.tree : nil
    if start.isCommitted, try content.holds(first.tree, start.candidate.tree, for: part.suite) {
      try settleSame(&search, at: first)
    }
    var walk = CommitWalk(from: first, in: repository)
    var index = 0
    while index < settings.mostCommits, search.goesOn(settings),
      let commit = try walk.commit(at: index)
    {
      let step = SeriesSearch.Step(
        commit: commit, index: index, walk: walk.commits, rule: start.rule,
        distance: start.distance + index)
      try look(at: step, &search)
      index += 1
    }
    try classify(&search, &walk, from: index)
    return search.result
  }

  /// The baselines of a part at exactly one commit, whatever is marked.
  package mutating func baseline(
    for part: RecordedPart, at commit: Commit, names: NameHistory = NameHistory()
  ) throws(HistoryError) -> PartBaseline {
    var search = SeriesSearch(for: part, names: names)
    search.isNamed = true
    let step = SeriesSearch.Step(
      commit: commit, index: 0, walk: [commit], rule: .against, distance: nil)
    try look(at: step, &search)
    search.nameUnfound()
    return search.result
  }

  /// What no difference can have changed is what it was, unless that is marked.
  private mutating func settleSame(
    _ search: inout SeriesSearch, at first: Commit
  ) throws(HistoryError) {
    _ = try index.contents(of: first)
    search.isSame = true
    for id in search.pending where !isMarked(id, at: first, search) { search.settleSame(id) }
  }

  private func isMarked(_ id: Series.ID, at commit: Commit, _ search: SeriesSearch) -> Bool {
    index.marks.refusal(of: id, suite: search.part.suite, tree: commit.tree) != nil
  }
}

extension BaselineSearch {
  /// Takes from a commit what it has of the series that are looked for.
  mutating func look(
    at step: SeriesSearch.Step, _ search: inout SeriesSearch
  ) throws(HistoryError) {
    let contents = try index.contents(of: step.commit)
    let suite = search.part.suite
    let all = contents.entries.filter { $0.header.suite == suite }
    if !all.isEmpty { search.result.recorded += 1 }
    search.unreadable += contents.unreadable.filter {
      $0.mayBe(of: suite, on: search.part.group.machine)
    }
    let foreign = try search.isNamed ? all : search.withoutOwn(all)
    let mine = comparable(foreign, with: search.part)
    search.note(others: foreign, besides: mine)
    guard !mine.isEmpty else {
      search.skip(step, reason(contents, all, foreign, search.part))
      return
    }
    search.result.hasMachine = true
    let isWhole = mine.map(\.header).isWhole
    defer { search.count(isWhole: isWhole) }
    guard search.needs(mine, isWhole: isWhole) else { return }
    let (runs, broken) = try read(mine, of: step.commit)
    search.unreadable += broken
    guard !runs.isEmpty else {
      search.skip(step, .unreadable)
      return
    }
    let pool = Pool(baseline: runs)
    if pool.series.isEmpty { search.skip(step, .noNumbers) }
    search.oweTo(pool, runs, isWhole: isWhole)
    try take(pool, of: runs, at: step, &search)
  }

  /// The entries of the part's machine; where any machine may be compared and this one has none, those
  /// of the machine that measured last.
  private func comparable(_ entries: [RunEntry], with part: RecordedPart) -> [RunEntry] {
    let same = entries.filter { $0.header.environment?.key == part.group.machine }
    guard same.isEmpty, settings.anyEnvironment, let newest = entries.first else { return same }
    return entries.filter { $0.header.group == newest.header.group }
  }

  private mutating func take(
    _ pool: Pool, of runs: [StoredRun], at step: SeriesSearch.Step, _ search: inout SeriesSearch
  ) throws(HistoryError) {
    var refused: [Series.ID] = []
    for (id, series) in search.grouped(pool.series) {
      let refusal = refusal(of: series.map(\.id) + [id], at: step, search)
      guard let refusal else {
        try settle(id, series, runs, at: step, &search)
        continue
      }
      refused.append(id)
      try follow(refusal, of: id, series, runs, at: step, &search)
    }
    if !refused.isEmpty, search.result.baselines.isEmpty { search.skip(step, .rejected) }
  }

  /// The mark that lies on a series of a commit, by any of its names.
  private func refusal(
    of ids: [Series.ID], at step: SeriesSearch.Step, _ search: SeriesSearch
  ) -> MarkTable.Refusal? {
    guard !search.isNamed else { return nil }
    return ids.lazy.compactMap { id in
      index.marks.refusal(of: id, suite: search.part.suite, tree: step.commit.tree)
    }.first
  }

  /// Takes a series that a commit has and nothing speaks against.
  private mutating func settle(
    _ id: Series.ID, _ series: [Series], _ runs: [StoredRun], at step: SeriesSearch.Step,
    _ search: inout SeriesSearch
  ) throws(HistoryError) {
    guard search.isOpen(id) else { return }
    var row = search.row(id)
    if step.rule != .against, step.index > 0 {
      let isSame = try content.holds(
        step.commit.tree, step.walk[0].tree, for: search.part.suite)
      if !isSame { row.unmeasured = Array(step.walk[..<step.index]) }
    }
    search.settle(id, row, series, runs, at: step)
  }

  /// Goes on at the baseline that a mark names, and from there at the next where that is marked too.
  private mutating func follow(
    _ refusal: MarkTable.Refusal, of id: Series.ID, _ series: [Series], _ runs: [StoredRun],
    at step: SeriesSearch.Step, _ search: inout SeriesSearch
  ) throws(HistoryError) {
    guard search.isOpen(id) else { return }
    let isOfFork = try content.holds(
      step.commit.tree, step.walk[0].tree, for: search.part.suite)
    // On the base branch itself nothing is inherited: there it is to be repaired.
    search.noteMarked(
      id, series, runs, at: step, isOfFork: isOfFork && !search.isOnBase)
    var visited: Set<ObjectID> = [step.commit.id]
    var next = refusal.against
    while let target = next, visited.insert(target).inserted {
      guard let commit = try git(try repository.commitIfPresent(target.description)) else {
        index.warn(
          "a mark on \(step.commit.id.short) names \(target.short), which is not in this repository"
        )
        return
      }
      let entries = comparable(
        try index.contents(of: commit).entries.filter { $0.header.suite == search.part.suite },
        with: search.part)
      let runs = try read(search.withoutOwn(entries), of: commit).runs
      let found = search.grouped(Pool(baseline: runs).series)[id] ?? []
      guard !found.isEmpty else { return }
      if let refusal = index.marks.refusal(of: id, suite: search.part.suite, tree: commit.tree) {
        next = refusal.against
        continue
      }
      let place = SeriesSearch.Step(
        commit: commit, index: 0, walk: [commit], rule: .mark, distance: nil)
      search.settle(id, search.row(id), found, runs, at: place)
      return
    }
  }
}
