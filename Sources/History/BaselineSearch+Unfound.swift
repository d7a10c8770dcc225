import Git
import Measurements

extension BaselineSearch {
  /// Tells why the series that are left have no baseline; what has a reason is not new.
  mutating func classify(
    _ search: inout SeriesSearch, _ walk: inout CommitWalk, from index: Int
  ) throws(HistoryError) {
    search.addOwed()
    search.nameUnfound()
    try nameBeyond(&search, &walk, from: index)
    guard let cut = walk.cut else { return }
    for id in search.pending where try store(has: id.benchmark.name, search.names) {
      throw .shallow(at: cut)
    }
  }

  /// Looks at the rest of history for the names alone.
  private mutating func nameBeyond(
    _ search: inout SeriesSearch, _ walk: inout CommitWalk, from first: Int
  ) throws(HistoryError) {
    var (place, recorded) = (first, search.result.recorded)
    while !search.pending.isEmpty, place < settings.mostCommits,
      let commit = try walk.commit(at: place)
    {
      place += 1
      let entries = try index.contents(of: commit).entries.filter {
        $0.header.suite == search.part.suite
      }
      guard !entries.isEmpty else { continue }
      recorded += 1
      let mine = entries.filter { $0.header.environment?.key == search.part.group.machine }
      let known = try ids(in: search.withoutOwn(mine), search)
      for id in search.pending.intersection(known) {
        search.setTrouble(.beyond(commit, recorded: recorded), of: id)
      }
    }
  }

  /// The series that are looked for and that some lines have.
  func ids(in entries: [RunEntry], _ search: SeriesSearch) -> Set<Series.ID> {
    let scan = NameScan(
      search.pending.flatMap { search.names.spellings(of: $0.benchmark.name) })
    let runs = entries.filter { scan.mayBe(in: $0.line) }.compactMap { try? $0.line.run() }
    return Set(runs.flatMap(\.series).map { search.names.present($0.id) })
  }

  /// Whether any line of the notes may have a benchmark.
  private func store(has name: String, _ names: NameHistory) throws(HistoryError) -> Bool {
    let scan = NameScan(names.spellings(of: name))
    for object in try index.store.objects() {
      for (_, line) in try index.store.lines(of: object) where scan.mayBe(in: line) { return true }
    }
    return false
  }
}

extension SeriesSearch {
  /// Tells of which series only other machines have numbers, and which may be in lines that cannot be
  /// read.
  mutating func nameUnfound() {
    if isNamed { addOwed() }
    guard !pending.isEmpty else { return }
    for id in pending {
      let scan = NameScan(names.spellings(of: id.benchmark.name))
      let lines = unreadable.filter { $0.mayHave(scan) }
      if !lines.isEmpty {
        setTrouble(.unreadable(lines), of: id)
        continue
      }
      let machines = others.filter { entry in
        guard scan.mayBe(in: entry.line), let run = try? entry.line.run() else { return false }
        return run.series.contains { names.present($0.id) == id }
      }.map(\.header.environment)
      guard !machines.isEmpty else { continue }
      var keys: Set<String?> = []
      setTrouble(.otherMachines(machines.filter { keys.insert($0?.key).inserted }), of: id)
    }
  }
}

extension BaselineSearch {
  /// Why a commit has no number for a part.
  func reason(
    _ contents: NoteContents, _ all: [RunEntry], _ foreign: [RunEntry], _ part: RecordedPart
  ) -> Baseline.Skipped.Reason {
    if let newest = foreign.first {
      return .otherEnvironment(Self.differences(part.environment, newest.header.environment))
    }
    if !all.isEmpty { return .sameContent }
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
