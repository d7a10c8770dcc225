package import Git
package import Measurements

/// The numbers of a series from one session before the candidate.
package struct PastSession: Hashable, Sendable {
  package let commit: Commit
  /// The time of the recording; nil if the run does not state it.
  package let recordedAt: Timestamp?
  /// All numbers of the series that were measured in the session.
  package let series: Series
}

/// The numbers of some series from the sessions before the candidate.
package struct PastSessions: Sendable {
  /// The sessions by the present name of the series, newest first.
  package let all: [Series.ID: [PastSession]]
  /// The series for which a shallow clone ends before enough sessions were found. A full clone may
  /// have more sessions of them.
  package let cut: Set<Series.ID>
}

extension BaselineSearch {
  /// Returns the numbers of some series in the sessions before the candidate, on its machine,
  /// newest first.
  ///
  /// Each session counts once: commits that were measured in the same session share the state of
  /// the machine, so only the nearest of these commits counts. Marked numbers, the candidate's own
  /// runs and numbers of other work do not count.
  ///
  /// - Parameters:
  ///   - series: The series, by their present names.
  ///   - first: The newest commit that counts: the merge-base, or the commit that the user asked
  ///     for.
  ///   - most: The number of sessions of a series after which the search for it ends.
  package mutating func sessions(
    of series: [Series], for part: RecordedPart, from first: Commit, names: NameHistory,
    most: Int
  ) throws(HistoryError) -> PastSessions {
    var found = SessionSearch(series, names, most: most)
    let own = OwnRuns(part.runs)
    var walk = CommitWalk(from: first, in: repository)
    var (place, recorded) = (0, 0)
    while found.goesOn, place < settings.mostCommits, recorded < settings.mostRecorded,
      let commit = try walk.commit(at: place)
    {
      place += 1
      let entries = try index.contents(of: commit).entries.filter {
        $0.header.suite == part.suite && $0.header.environment?.key == part.group.machine
      }
      if !entries.isEmpty { recorded += 1 }
      for entry in entries where index.believes(entry.header) {
        guard try own.run(of: entry) == nil,
          case .success(let stored) = try index.run(of: entry, at: commit, only: found.benchmarks)
        else { continue }
        found.take(stored) { id in
          index.marks.refusal(of: id, suite: part.suite, tree: commit.tree) != nil
        }
      }
      found.finish(commit)
    }
    return PastSessions(all: found.sessions, cut: walk.cut == nil ? [] : found.unfinished)
  }
}

/// The state of the walk through the sessions.
private struct SessionSearch {
  private let wanted: [Series.ID: Series]
  private let names: NameHistory
  /// The present and former names of the wanted benchmarks.
  let benchmarks: Set<String>
  private let most: Int
  private(set) var sessions: [Series.ID: [PastSession]] = [:]
  private var seen: [Series.ID: Set<String>] = [:]
  /// The numbers of the current commit, by series and session.
  private var here: [Series.ID: [String: (series: [Series], time: Timestamp?)]] = [:]

  init(_ series: [Series], _ names: NameHistory, most: Int) {
    wanted = Dictionary(series.map { ($0.id, $0) }) { first, _ in first }
    self.names = names
    benchmarks = Set(wanted.keys.flatMap { names.spellings(of: $0.benchmark.name) })
    self.most = most
  }

  var goesOn: Bool { wanted.keys.contains(where: isUnfinished) }

  /// The series that have fewer sessions than wanted.
  var unfinished: Set<Series.ID> { Set(wanted.keys.filter(isUnfinished)) }

  private func isUnfinished(_ id: Series.ID) -> Bool { (sessions[id]?.count ?? 0) < most }

  mutating func take(
    _ stored: StoredRun, isMarked: (Series.ID) -> Bool
  ) {
    let run = stored.run
    let session = run.session ?? stored.id.description
    for series in run.series {
      let id = names.present(series.id)
      guard let mine = wanted[id], seen[id]?.contains(session) != true, !isMarked(series.id),
        !isMarked(id), mine.metric.unit == series.metric.unit,
        (series.definition?.digest ?? mine.definition?.digest)
          == (mine.definition?.digest ?? series.definition?.digest)
      else { continue }
      let known = here[id]?[session]
      here[id, default: [:]][session] = (
        (known?.series ?? []) + [series], known?.time ?? run.recordedAt
      )
    }
  }

  /// Adds the sessions of a commit to the result, newest first.
  mutating func finish(_ commit: Commit) {
    for (id, all) in here {
      let newest = all.sorted { a, b in
        a.value.time == b.value.time
          ? a.key < b.key : Timestamp.isLater(a.value.time, than: b.value.time)
      }
      for (session, entry) in newest {
        seen[id, default: []].insert(session)
        guard isUnfinished(id), let series = entry.series.pooled().first else {
          continue
        }
        sessions[id, default: []].append(
          PastSession(commit: commit, recordedAt: entry.time, series: series))
      }
    }
    here = [:]
  }
}
