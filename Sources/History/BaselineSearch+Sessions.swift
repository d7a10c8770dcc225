package import Git
package import Measurements

/// What one recording before the candidate says of a series.
package struct PastSession: Hashable, Sendable {
  package let commit: Commit
  /// nil for one that names none.
  package let recordedAt: Timestamp?
  /// All that was measured of it then.
  package let series: Series
}

/// What the recordings before the candidate say of some series.
package struct PastSessions: Sendable {
  /// By the names of now, the newest first.
  package let all: [Series.ID: [PastSession]]
  /// The series of which a shallow clone ends before there are enough, so that others see more of them.
  package let cut: Set<Series.ID>
}

extension BaselineSearch {
  /// The numbers of some series in the sessions before the candidate, on its machine, the newest first.
  ///
  /// One value a session: commits that were measured in one share the machine's mood, and of these the
  /// nearest counts. What is marked, the candidate's own runs and numbers of other work do not.
  ///
  /// - Parameters:
  ///   - series: By the names of now.
  ///   - first: The newest commit that counts: the merge-base, or what was asked for instead.
  ///   - most: How many sessions of a series are enough.
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

/// The walk through the sessions, as far as it has got.
private struct SessionSearch {
  private let wanted: [Series.ID: Series]
  private let names: NameHistory
  /// What they are, and were, called.
  let benchmarks: Set<String>
  private let most: Int
  private(set) var sessions: [Series.ID: [PastSession]] = [:]
  private var seen: [Series.ID: Set<String>] = [:]
  /// What the commit that is looked at has, by series and session.
  private var here: [Series.ID: [String: (series: [Series], time: Timestamp?)]] = [:]

  init(_ series: [Series], _ names: NameHistory, most: Int) {
    wanted = Dictionary(series.map { ($0.id, $0) }) { first, _ in first }
    self.names = names
    benchmarks = Set(wanted.keys.flatMap { names.spellings(of: $0.benchmark.name) })
    self.most = most
  }

  var goesOn: Bool { wanted.keys.contains(where: isUnfinished) }

  /// The series of which more sessions are wanted.
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

  /// Takes the sessions of a commit in, the newest first.
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
