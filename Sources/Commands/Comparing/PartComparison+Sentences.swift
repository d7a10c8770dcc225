import Measurements
import Reports
import Verdicts

/// Sentences about rows that may need action.
extension PartComparison {
  /// At most three sentences of each kind, and the number of the others.
  func sentences(on decision: GateResult) -> [String] {
    let rows = decision.familyResult.seriesResults
    let base = base ?? baseline.name
    return Self.listed(rows.compactMap { inherited($0, base) })
      + Self.listed(rows.filter(Self.isRedefined).compactMap { $0.redefinitionWords(base: base) })
      + Self.listed(gone(rows, base))
  }

  private func inherited(_ row: SeriesResult, _ base: String) -> String? {
    guard row.verdict.kind == .inherited, let mark = marked[row.id] else { return nil }
    return row.inheritanceWords(base: base, since: mark)
  }

  private static func isRedefined(_ row: SeriesResult) -> Bool {
    row.waiver?.state != .permits && row.redefinition.map { $0.response != .ignore } ?? false
  }

  /// Returns a sentence for each missing benchmark.
  private func gone(_ rows: [SeriesResult], _ base: String) -> [String] {
    let missing = rows.filter {
      $0.verdict.kind == .missing && $0.waiver?.state != .permits && $0.response != .ignore
    }
    guard !missing.isEmpty else { return [] }
    let here = new.first?.benchmark.name ?? "*"
    let rounds = Dictionary(old.map { ($0.benchmark, $0) }) { first, _ in first }
    return Dictionary(grouping: missing, by: \.id.benchmark).sorted { $0.key < $1.key }
      .compactMap { benchmark, rows in
        guard let series = rounds[benchmark], let place = rows[0].standing.baseline,
          baselines.indices.contains(place)
        else { return nil }
        return Sentence.noLongerMeasured(
          benchmark.name, base: base, rounds: series.rounds.count,
          on: String(baselines[place].party.name.prefix(7)), measured: here)
      }
  }

  private static func listed(_ sentences: [String]) -> [String] {
    var seen: Set<String> = []
    let all = sentences.filter { seen.insert($0).inserted }
    let rest = all.count - 3
    return rest > 0 ? all.prefix(3) + ["and \(rest) more of that kind"] : all
  }
}
