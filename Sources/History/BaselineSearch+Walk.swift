package import Git
import Measurements

extension BaselineSearch {
  /// Finds the baselines of a part by the rules, from the merge-base backwards.
  ///
  /// - Parameter names: The former names of benchmarks.
  package mutating func baseline(
    for part: RecordedPart, from start: WalkStart, names: NameHistory = NameHistory()
  ) throws(HistoryError) -> PartBaseline {
    var search = SeriesSearch(for: part, names: names)
    search.isOnBase = start.isOnBase
    search.candidateTree = start.isCommitted ? start.candidate.tree : nil
    guard let first = start.first else {
      try requireHistory(&search, cut: start.cut, besides: [start.candidate])
      return search.found
    }
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
    return search.found
  }

  /// Finds the baselines of a part at exactly one commit. Marks are ignored.
  package mutating func baseline(
    for part: RecordedPart, at commit: Commit, names: NameHistory = NameHistory()
  ) throws(HistoryError) -> PartBaseline {
    var search = SeriesSearch(for: part, names: names)
    search.isNamed = true
    let step = SeriesSearch.Step(
      commit: commit, index: 0, walk: [commit], rule: .against, distance: nil)
    try look(at: step, &search)
    search.addOwed()
    search.nameUnfound()
    return search.found
  }

  /// Reports all series without a mark as unchanged, because no difference can have changed them.
  private mutating func settleSame(
    _ search: inout SeriesSearch, at first: Commit
  ) throws(HistoryError) {
    search.isSame = true
    var marked: Set<Series.ID> = []
    for commit in try lenders(of: first, for: search.part.suite) {
      _ = try index.contents(of: commit)
      for id in search.pending where isMarked(id, at: commit, search) { marked.insert(id) }
    }
    for id in search.pending.subtracting(marked) { search.settleSame(id) }
  }

  /// A commit and the commits before it that have the same content, as far as a suite is concerned.
  private mutating func lenders(
    of commit: Commit, for suite: String
  ) throws(HistoryError) -> [Commit] {
    var walk = CommitWalk(from: commit, in: repository)
    var place = 1
    while place <= Self.mostLenders, let next = try walk.commit(at: place),
      try content.holds(next.tree, commit.tree, for: suite)
    {
      place += 1
    }
    return Array(walk.commits.prefix(place))
  }

  private func isMarked(_ id: Series.ID, at commit: Commit, _ search: SeriesSearch) -> Bool {
    search.names.past(id).contains {
      index.marks.refusal(of: $0, suite: search.part.suite, tree: commit.tree) != nil
    }
  }
}

extension BaselineSearch {
  /// Takes the numbers of the wanted series from a commit.
  mutating func look(
    at step: SeriesSearch.Step, _ search: inout SeriesSearch
  ) throws(HistoryError) {
    let contents = try index.contents(of: step.commit)
    let all = contents.entries.filter { $0.header.suite == search.part.suite }
    if !all.isEmpty { search.result.recorded += 1 }
    search.unreadable += contents.unreadable.filter {
      $0.mayBe(of: search.part.suite, on: search.part.group.machine)
    }
    let mine = comparable(all, with: search.part)
    search.note(others: all.filter { $0.header.group != mine.first?.header.group })
    guard !mine.isEmpty else {
      search.skip(step, reason(contents, all, search.part))
      return
    }
    search.countMeasured()
    let isWhole = mine.map(\.header).isWhole
    let refused = try take(mine, isWhole: isWhole, at: step, &search)
    if isWhole { search.countWhole(refused: refused) }
  }

  /// The entries of the part's machine. If there are none and any machine may be compared, the
  /// entries of the machine that measured last.
  func comparable(_ entries: [RunEntry], with part: RecordedPart) -> [RunEntry] {
    let same = entries.filter { $0.header.environment?.key == part.group.machine }
    guard same.isEmpty, settings.anyEnvironment, let newest = entries.first else { return same }
    return entries.filter { $0.header.group == newest.header.group }
  }

  /// Takes the numbers of the wanted series from the entries of a commit.
  ///
  /// - Returns: The series that are marked at the commit.
  private mutating func take(
    _ entries: [RunEntry], isWhole: Bool, at step: SeriesSearch.Step, _ search: inout SeriesSearch
  ) throws(HistoryError) -> [Series.ID] {
    let (own, others) =
      try search.isNamed ? ([StoredRun](), entries) : search.split(entries)
    if !others.isEmpty { search.result.hasMachine = true }
    guard search.needs(entries, isWhole: isWhole) else { return [] }
    let (runs, broken) = try read(others, of: step.commit)
    search.unreadable += broken
    if search.isNamed {
      search.debts.take(runs.map(\.run), search.names)
    } else if !(own + runs).isEmpty {
      search.debts.add((own + runs).map(\.run), search.names)
    }
    if runs.isEmpty {
      search.skip(step, broken.isEmpty ? .sameContent : .unreadable)
    } else if runs.allSatisfy(\.run.series.isEmpty) {
      search.skip(step, .noNumbers)
    }
    var refused = Refused()
    try take(runs, at: step, &search, &refused)
    try takeOwn(own, at: step, &search, &refused)
    let ids = refused.ids
    if !ids.isEmpty, search.result.baselines.isEmpty, !runs.isEmpty { search.skip(step, .rejected) }
    try follow(refused, from: step, &search)
    return ids
  }

  private mutating func take(
    _ runs: [StoredRun], at step: SeriesSearch.Step, _ search: inout SeriesSearch,
    _ refused: inout Refused
  ) throws(HistoryError) {
    let work = SameWork(base: runs, candidate: search.part.runs, search.names)
    let runs = work.base(runs, search.names)
    for (id, series) in search.grouped(PooledRuns(baseline: runs).series) where search.isOpen(id) {
      if let own = work.candidate(id, search.part.runs) { search.decide(id, by: own) }
      if let refusal = refusal(of: id, series, at: step.commit, search) {
        refused.add(id, refusal)
        try noteMarked(id, series, runs, at: step, &search)
      } else {
        try settle(id, series, runs, at: step, &search)
      }
    }
  }

  /// Reports a series as unchanged if the commit has only the candidate's own numbers of it: the
  /// commit then has the candidate's content, so nothing can have changed. Marked series are
  /// excluded.
  private mutating func takeOwn(
    _ runs: [StoredRun], at step: SeriesSearch.Step, _ search: inout SeriesSearch,
    _ refused: inout Refused
  ) throws(HistoryError) {
    guard !runs.isEmpty, try isOfCandidate(step.commit, search) else { return }
    for (id, series) in search.grouped(runs.flatMap(\.run.series).pooled())
    where search.isOpen(id) && !refused.ids.contains(id) {
      if let refusal = refusal(of: id, series, at: step.commit, search) {
        refused.add(id, refusal)
        try noteMarked(id, series, runs, at: step, &search)
      } else {
        search.settleSame(id)
      }
    }
  }

  mutating func isOfCandidate(
    _ commit: Commit, _ search: SeriesSearch
  ) throws(HistoryError) -> Bool {
    guard let tree = search.candidateTree else { return false }
    return try content.holds(commit.tree, tree, for: search.part.suite)
  }

  /// The mark on a series of a commit, by any of its names; nil if there is none.
  func refusal(
    of id: Series.ID, _ series: [Series], at commit: Commit, _ search: SeriesSearch
  ) -> MarkTable.Refusal? {
    guard !search.isNamed, !index.marks.isEmpty else { return nil }
    return (series.map(\.id) + [id]).lazy.compactMap { id in
      index.marks.refusal(of: id, suite: search.part.suite, tree: commit.tree)
    }.first
  }

  private mutating func noteMarked(
    _ id: Series.ID, _ series: [Series], _ runs: [StoredRun], at step: SeriesSearch.Step,
    _ search: inout SeriesSearch
  ) throws(HistoryError) {
    let isOfFork = try content.holds(
      step.commit.tree, step.walk[0].tree, for: search.part.suite)
    // On the base branch itself a regression is not inherited: it must be repaired there.
    search.noteMarked(
      id, series, runs, at: step, isOfFork: isOfFork && !search.isOnBase)
  }

  /// Takes a series of a commit that is not marked.
  private mutating func settle(
    _ id: Series.ID, _ series: [Series], _ runs: [StoredRun], at step: SeriesSearch.Step,
    _ search: inout SeriesSearch
  ) throws(HistoryError) {
    var row = search.row(id)
    if step.rule != .against, step.index > 0 {
      let isSame = try content.holds(
        step.commit.tree, step.walk[0].tree, for: search.part.suite)
      if !isSame { row.unmeasured = Array(step.walk[..<step.index]) }
    }
    search.settle(id, row, series, runs, at: step)
  }
}
