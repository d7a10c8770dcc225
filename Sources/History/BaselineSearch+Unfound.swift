import Git
import Measurements

extension BaselineSearch {
  /// Finds the reason why each remaining series has no baseline. A series that has a reason is not
  /// new.
  mutating func classify(
    _ search: inout SeriesSearch, _ walk: inout CommitWalk, from index: Int
  ) throws(HistoryError) {
    search.addOwed()
    search.nameUnfound()
    try nameBeyond(&search, &walk, from: index)
    search.nameUnfound()
    try requireHistory(&search, cut: walk.cut, besides: walk.commits)
  }

  /// Searches the rest of the history, but only for the names of the series.
  private mutating func nameBeyond(
    _ search: inout SeriesSearch, _ walk: inout CommitWalk, from first: Int
  ) throws(HistoryError) {
    var (place, recorded) = (first, search.measured)
    while !search.pending.isEmpty, place < settings.mostCommits,
      let commit = try walk.commit(at: place)
    {
      place += 1
      let contents = try index.contents(of: commit)
      // Lines beyond the regular walk count only if their names can be seen.
      search.unreadable += contents.unreadable.filter {
        $0.isOutlined && $0.mayBe(of: search.part.suite, on: search.part.group.machine)
      }
      let all = contents.entries.filter { $0.header.suite == search.part.suite }
      let mine = comparable(all, with: search.part)
      search.note(others: all.filter { $0.header.group != mine.first?.header.group })
      guard !mine.isEmpty else { continue }
      recorded += 1
      for id in try ids(in: search.split(mine).others, search) {
        search.setTrouble(.beyond(commit, recorded: recorded), of: id)
      }
    }
  }

  /// The pending series that occur in the given lines.
  private func ids(in entries: [RunEntry], _ search: SeriesSearch) -> Set<Series.ID> {
    let scan = search.names.scan(for: search.pending)
    let runs = entries.filter { scan.mayBe(in: $0.line) }.compactMap { try? $0.line.run() }
    let ids = Set(runs.flatMap(\.series).map { search.names.present($0.id) })
    return search.pending.intersection(ids)
  }

  /// Throws an error if a shallow clone may hide numbers of a pending series, or a whole recording
  /// that shows that a series is missing.
  ///
  /// - Parameter commits: The commits that were examined.
  /// - Throws: ``HistoryError/shallow(at:)``.
  func requireHistory(
    _ search: inout SeriesSearch, cut: ObjectID?, besides commits: [Commit]
  ) throws(HistoryError) {
    guard let cut, !search.pending.isEmpty || !search.debts.isSettled else { return }
    let scan = search.names.scan(for: search.pending)
    let seen = Set(commits.flatMap { [$0.id, $0.tree] })
    for object in try index.store.objects() where !seen.contains(object) {
      for line in try index.store.lines(of: object).map(\.line) {
        guard let header = try? line.header(), header.version <= Run.version else { continue }
        guard header.suite == search.part.suite, header.isMeasurement,
          try search.split([RunEntry(line: line, header: header)]).own.isEmpty
        else { continue }
        let isOwed =
          !search.debts.isSettled && header.environment?.key == search.part.group.machine
        if isOwed || scan.mayBe(in: line) { throw .shallow(at: cut) }
      }
    }
  }
}

extension SeriesSearch {
  /// Finds the pending series that may be in unreadable lines, that only other machines measured,
  /// or that are marked at every commit that has them.
  mutating func nameUnfound() {
    guard !pending.isEmpty else { return }
    let scan = names.scan(for: pending)
    let lines = unreadable.map { (line: $0, names: $0.names(scan)) }
    var machines: [Series.ID: [Environment?]] = [:]
    for entry in others where scan.mayBe(in: entry.line) {
      for id in Set(((try? entry.line.run())?.series ?? []).map { names.present($0.id) }) {
        let known = machines[id, default: []]
        if !known.contains(where: { $0?.key == entry.header.environment?.key }) {
          machines[id] = known + [entry.header.environment]
        }
      }
    }
    for id in pending.sorted() {
      let spellings = names.spellings(of: id.benchmark.name)
      let broken = lines.filter { $0.names.map { !$0.isDisjoint(with: spellings) } ?? true }
      if !broken.isEmpty {
        setTrouble(.unreadable(broken.map(\.line)), of: id)
      } else if let machines = machines[id] {
        setTrouble(.otherMachines(machines), of: id)
      } else if let commit = refusal(of: id) {
        setTrouble(.marked(commit), of: id)
      }
    }
  }
}

extension BaselineSearch {
  /// The reason why a commit has no number for a part.
  func reason(
    _ contents: NoteContents, _ all: [RunEntry], _ part: RecordedPart
  ) -> Baseline.Skipped.Reason {
    if let newest = all.first {
      return .otherEnvironment(Self.differences(part.environment, newest.header.environment))
    }
    if !contents.unreadable.isEmpty { return .unreadable }
    let suites = Set(contents.entries.map(\.header.suite))
    return suites.isEmpty ? .noRuns : .otherSuite(suites.sorted())
  }

  private static func differences(
    _ new: Environment?, _ old: Environment?
  ) -> [Environment.Difference] {
    guard let new, let old else { return [] }
    return new.differences(from: old)
  }
}
