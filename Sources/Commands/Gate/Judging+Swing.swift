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
    let changed = first.familyResult.seriesResults.filter {
      $0.asksForHistory(under: judged.policy)
    }.map(\.id)
    guard !changed.isEmpty else { return first }
    let past = try past(of: Set(changed), judged, comparison, newest)
    for id in changed {
      comparison.context.standings[id]?.past = past[id]
      guard let shortage = past[id]?.shortage else { continue }
      comparison.context.standings[id]?.doubts.append(Sentence.unknownSwing(shortage))
    }
    return comparison.decision(under: judged.policy, anchor: anchor)
  }

  private mutating func past(
    of ids: Set<Series.ID>, _ judged: JudgedPart, _ comparison: PartComparison, _ newest: Commit
  ) throws -> [Series.ID: PastRecordings] {
    let series = comparison.new.filter { ids.contains($0.id) }
    let sessions = try resolver.searching { search throws(HistoryError) in
      try search.sessions(
        of: series, for: judged.part, from: newest, names: NameHistory(judged.policy.aliases),
        most: SessionSwing.most)
    }
    let own = judged.part.pool.runs.map(\.run)
    return ids.reduce(into: [:]) { past, id in
      past[id] = PastRecordings(
        (sessions.all[id] ?? []).map {
          PastRecordings.Recording($0.series, on: $0.recordedAt.flatMap(\.day))
        }, candidateSessions: own.sessions(of: id), isCut: sessions.cut.contains(id))
    }
  }
}

extension SeriesResult {
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
