import Configuration
import Git
import History
import Measurements
import Reports
import Statistics
import Verdicts

/// Compares a change with how much the numbers differ from one recording to the next.
extension Judging {
  /// Decides on a part. It reads earlier recordings only for series whose numbers alone show a
  /// change: reading the whole history for the others would take longer than judging.
  mutating func decision(
    on comparison: inout PartComparison, of judged: JudgedPart, anchor: GateResult.AnchorSeries
  ) throws -> GateResult {
    let first = comparison.decision(under: judged.policy, anchor: anchor)
    guard let newest = judged.newest else { return first }
    let results = first.familyResult.seriesResults
    let changed = results.filter { $0.asksForHistory(under: judged.policy) }.map(\.id)
    let moved = results.filter(\.hasMoved).map(\.id)
    guard !changed.isEmpty || !moved.isEmpty else { return first }
    let past = try past(of: Set(changed + moved), judged, comparison, newest)
    try tellCourse(of: moved, past, &comparison, newest)
    for id in changed {
      comparison.context.standings[id]?.past = past[id]
      guard let shortage = past[id]?.shortage else { continue }
      comparison.context.standings[id]?.doubts.append(Sentence.unknownSwing(shortage))
    }
    return comparison.decision(under: judged.policy, anchor: anchor)
  }

  /// The number of recordings that are looked at. Reading fifty takes a third of the time of the whole
  /// judgement, thirty a tenth.
  private static let mostRecordings = 30

  /// Says of each series that changed how often it went the same way before.
  private func tellCourse(
    of ids: [Series.ID], _ past: [Series.ID: PastRecordings], _ comparison: inout PartComparison,
    _ newest: Commit
  ) throws {
    let recorded = ids.filter { past[$0]?.recordings.count ?? 0 >= 2 * ChangePoints.fewestValues }
    guard !recorded.isEmpty else { return }
    let releases = try releases()
    for id in recorded {
      let recordings = Array((past[id]?.recordings ?? []).reversed())
      let candidate = comparison.new.filter { $0.id == id }.flatMap(\.values).median
      guard let candidate else { continue }
      let release = recordings.indices.last {
        recordings[$0].commit.flatMap { releases[$0] } != nil
      }
      comparison.context.standings[id]?.course = Course(
        medians: recordings.compactMap { $0.series.values.median }, candidate: candidate,
        since: release.flatMap { place in
          recordings[place].commit.flatMap { releases[$0] }.map {
            Course.Release(name: $0, recordings: place + 1)
          }
        })
    }
  }

  /// The names of the releases by their commits.
  private func releases() throws -> [String: String] {
    Dictionary(
      try workspace.releases().sorted { $0.name < $1.name }
        .map { ($0.commit.id.description, $0.name) }, uniquingKeysWith: { $1 })
  }

  private mutating func past(
    of ids: Set<Series.ID>, _ judged: JudgedPart, _ comparison: PartComparison, _ newest: Commit
  ) throws -> [Series.ID: PastRecordings] {
    let series = comparison.new.filter { ids.contains($0.id) }
    let sessions = try resolver.searching { search throws(HistoryError) in
      try search.sessions(
        of: series, for: judged.part, from: newest, names: NameHistory(judged.policy.aliases),
        most: Self.mostRecordings)
    }
    let own = judged.part.pool.runs.map(\.run)
    return ids.reduce(into: [:]) { past, id in
      past[id] = PastRecordings(
        (sessions.all[id] ?? []).map {
          PastRecordings.Recording(
            $0.series, on: $0.recordedAt.flatMap(\.day), commit: $0.commit.id.description)
        }, candidateSessions: own.sessions(of: id), isCut: sessions.cut.contains(id))
    }
  }
}

extension SeriesResult {
  /// True if the series changed, by whatever evidence.
  fileprivate var hasMoved: Bool {
    standing.baseline != nil && comparison?.tasks == nil && !metric.exact
      && [.regression, .improvement, .waived, .inherited].contains(verdict.kind)
  }

  /// True if recordings of other times say more about the change than the rounds of this one.
  fileprivate func asksForHistory(under policy: Policy) -> Bool {
    guard standing.baseline != nil, !standing.isPaired else { return false }
    if verdict == .incomparable(.summary) { return policy.summaries == .history }
    guard let comparison, [.rounds, .samples].contains(comparison.evidence) else { return false }
    // A benchmark with a single process or a single number is always compared with its history.
    if comparison.evidence == .samples, verdict.kind == .inconclusive {
      return !policy.requiresRounds
    }
    return [.regression, .improvement, .collapsed, .waived, .inherited].contains(verdict.kind)
  }
}

extension [Run] {
  /// The number of sessions that measured a series. A run without a session counts as one.
  fileprivate func sessions(of id: Series.ID) -> Int {
    let having = filter { $0.series.contains { $0.id == id } }
    return Set(having.compactMap(\.session)).count + having.count { $0.session == nil }
  }
}

extension Timestamp {
  /// The day of the time, in UTC.
  fileprivate var day: Day? { Day(String(description.prefix(10))) }
}
