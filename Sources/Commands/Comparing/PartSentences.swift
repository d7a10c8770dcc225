import Git
import History
import Measurements
import Reports
import Statistics
import Verdicts

/// The sentences that a report shows above the rows of a part. Each appears only if its
/// case applies.
struct PartSentences {
  let part: RecordedPart
  let found: PartBaseline
  /// The name of the base branch in messages.
  let base: String

  var all: [String] { same + answeredFailures + disagreements + notCounted + conditions + partly }

  /// A sentence if the state of the machine differed between the two sides.
  private var conditions: [String] {
    guard let most = found.mostUsed, most.rule != .session else { return [] }
    let sentence = Sentence.differentConditions(
      base: most.runs.conditions, head: part.pool.runs.conditions,
      cores: part.environment?.cores ?? 1)
    return sentence.map { [$0] } ?? []
  }

  /// A sentence if no difference between the sides can have changed a number.
  private var same: [String] {
    found.isSame ? ["nothing that is measured changed"] : []
  }

  /// Sentences about failures after which later launches of the same content succeeded.
  private var answeredFailures: [String] {
    part.pool.answered.map { answered in
      Sentence.failureAnswered(
        answered.failure.benchmark?.description ?? "suite \(part.suite)",
        at: answered.failedAt.timeOfDay, reason: answered.failure.reason,
        launches: answered.rounds, later: answered.answeredAt.timeOfDay)
    }
  }

  /// A sentence if only a part of the suite was recorded and the base has more benchmarks.
  private var partly: [String] {
    guard !part.isWhole else { return [] }
    let here = Set(part.pool.series.map(\.benchmark.description))
    let there = Set(found.rows.keys.map(\.benchmark.description))
    let others = there.subtracting(here).sorted()
    guard !others.isEmpty else { return [] }
    return [Sentence.measuredHere(here.sorted(), of: part.suite, others: others)]
  }
}

extension PartSentences {
  /// A sentence about a series of the candidate whose recordings differ by more than
  /// ``disagreement``, relative to the baseline. Empty if pairs decide.
  private var disagreements: [String] {
    guard part.pool.runs.count > 1 else { return [] }
    let old = Dictionary(grouping: found.old, by: \.id)
    let disagreeing = part.pool.series.lazy.compactMap { series -> [Recorded]? in
      guard let row = found.rows[series.id], row.baseline != nil, !row.isPaired,
        let base = old[series.id]?.first?.values.median, base > 0
      else { return nil }
      let recorded = recordings(of: series.id, against: base)
      guard let least = recorded.map(\.change).min(), let most = recorded.map(\.change).max(),
        recorded.count > 1, most - least > Self.disagreement
      else { return nil }
      return recorded
    }
    return disagreeing.prefix(1).map { recorded in
      Sentence.disagreement(
        recorded.map { Sentence.Recording(change: $0.change, time: $0.time, load: $0.load) },
        pairsTake: "5m",
        wrong: String(recorded[0].run.prefix(7)))
    }
  }

  /// Sentences about numbers of the candidate that do not decide: those without a pair if others
  /// have pairs, and those whose definition differs from the base's.
  private var notCounted: [String] {
    guard !found.partlyCounted.isEmpty else { return [] }
    let deciding = Dictionary(found.new.map { ($0.id, $0) }) { first, _ in first }
    let old = Dictionary(grouping: found.old, by: \.id)
    let all = part.pool.series.compactMap { series -> (change: Double, words: String)? in
      guard let row = found.rows[series.id], let own = deciding[series.id],
        own.rounds.count < series.rounds.count,
        let base = old[series.id]?.first?.values.median, base > 0
      else { return nil }
      var rest = series.rounds
      for round in own.rounds { rest.firstIndex(of: round).map { _ = rest.remove(at: $0) } }
      let apart = Series(
        benchmark: series.benchmark, metric: series.metric, rounds: rest, source: series.source)
      guard let median = apart.values.median else { return nil }
      let change = median / base - 1
      let words = Sentence.notCounted(
        series.benchmark.description, series.metric.name, rounds: rest.count, change: change,
        isPaired: row.isPaired)
      return (change, words)
    }
    let others = all.count - 3
    return all.sorted { abs($0.change) > abs($1.change) }.prefix(3).map(\.words)
      + (others > 0 ? ["and \(others) more series with numbers that are not counted"] : [])
  }

  private struct Recorded {
    let change: Double
    let time: String
    let run: String
    let load: Double?
  }

  /// The least difference between two recordings of one content that is reported: a tenth of
  /// the baseline.
  private static let disagreement = 0.1

  /// The recordings of a series, each by itself, the oldest first.
  private func recordings(of id: Series.ID, against base: Double) -> [Recorded] {
    part.pool.runs.reversed().compactMap { stored in
      let own = stored.run.series.filter { $0.id == id }
      guard let median = own.pooled().first?.values.median else { return nil }
      return Recorded(
        change: median / base - 1, time: stored.run.recordedAt.timeOfDay,
        run: stored.id.description, load: [stored].conditions.load)
    }
  }
}

extension Timestamp? {
  /// The time of day in UTC, such as `18:02`; "some time" for nil.
  var timeOfDay: String { map { String($0.description.dropFirst(11).prefix(5)) } ?? "some time" }
}
