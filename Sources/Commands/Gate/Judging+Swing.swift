import Git
import History
import Measurements
import Reports
import Statistics
import Verdicts

/// How much what was called a change swings from one recording to the next.
extension Judging {
  /// The decision on a part, which looks at the recordings before it wherever their numbers alone would say
  /// that something changed: reading the whole history for what did not would take longer than judging.
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
  /// Whether recordings of other times say more of it than its own rounds do.
  fileprivate func asksForHistory(under policy: Policy) -> Bool {
    guard standing.baseline != nil, !standing.isPaired else { return false }
    if verdict == .incomparable(.summary) { return policy.summaries == .history }
    guard let comparison, [.rounds, .samples].contains(comparison.evidence) else { return false }
    // A single process, or a single number, is always held against the history.
    if comparison.evidence == .samples, verdict.kind == .inconclusive {
      return !policy.requiresRounds
    }
    return [.regression, .improvement, .collapsed, .waived, .inherited].contains(verdict.kind)
  }
}

extension [Run] {
  /// In how many sessions a series was measured; each run without one is its own.
  fileprivate func sessions(of id: Series.ID) -> Int {
    let having = filter { $0.series.contains { $0.id == id } }
    return Set(having.compactMap(\.session)).count + having.count { $0.session == nil }
  }
}

extension Timestamp {
  /// In UTC.
  fileprivate var day: Day? { Day(String(description.prefix(10))) }
}
