import Measurements
import Verdicts

/// Reads the parts of a report of several parts: rows and budgets stand one behind the other, those
/// of the first part first.
struct PartsReader {
  private let object: ReportObject
  private let baselines: [BaselineDescription]
  private let rows: [ReportObject]
  private let budgets: [ReportObject]

  init(_ object: ReportObject) throws(JSONError) {
    self.object = object
    baselines = try ReportField.baselines.read(object)
    rows = try object.list(ReportField.series.key, ReportObject.init)
    budgets = try object.list(ReportField.budgets.key, ReportObject.init)
  }

  func parts() throws(JSONError) -> [SuiteReport] {
    let waivers = try ReportField.waivers.read(object)
    var (parts, row, budget): ([SuiteReport], Int, Int) = ([], 0, 0)
    _ = try object.list(ReportField.suites.key) { (reader) throws(JSONError) in
      let entry = try ReportObject(from: &reader)
      let (series, rulings) = try (entry.rowCount(), SuiteField.budgets.read(entry))
      guard series <= rows.count - row, rulings <= budgets.count - budget else {
        throw reader.error("more rows than there are")
      }
      // The facts about a waiver are those of all parts together.
      let part = try part(
        entry, rows[row..<row + series], budgets[budget..<budget + rulings],
        parts.isEmpty ? waivers : [], anchor: parts.isEmpty ? object : entry)
      parts.append(part)
      (row, budget) = (row + series, budget + rulings)
    }
    guard row == rows.count, budget == budgets.count else {
      throw try object.error(at: ReportField.suites.key, "rows of no suite")
    }
    return parts
  }

  private func part(
    _ entry: ReportObject, _ rows: ArraySlice<ReportObject>, _ budgets: ArraySlice<ReportObject>,
    _ waivers: [WaiverState], anchor: ReportObject
  ) throws(JSONError) -> SuiteReport {
    let policy = try entry.policy()
    let places = try SuiteField.baselines.read(entry)
    let own = try places.map { (place) throws(JSONError) in
      guard baselines.indices.contains(place) else {
        throw try entry.error(at: SuiteField.baselines.key, "no baseline \(place)")
      }
      return baselines[place]
    }
    let candidate = try SuiteField.candidate.read(entry)
    let name = try PartName(entry)
    let seriesResults = try rows.map { (row) throws(JSONError) in
      try name.check(row)
      let place = try ListedRow.baselineField.read(row)
      let index = place.flatMap(places.firstIndex)
      guard (place == nil) == (index == nil) else {
        throw try row.error(at: ListedRow.baselineField.key, "not a baseline of its suite")
      }
      return try SeriesResult(row, alpha: policy.alpha, baseline: index)
    }
    let anchor = try SuiteField.anchor.read(anchor)
    if case .judged(let since)? = anchor?.judged,
      since.seriesResults.count != anchor?.outcomes.count
    {
      throw try entry.error(
        at: PartField.suite.key, "rows since the anchor do not say what comes of them")
    }
    let goals = try object.goals(of: name)
    let outcomes = RowOutcomes(
      series: try rows.map(RowOutcome.init), anchored: anchor?.outcomes ?? [],
      budgets: try budgets.map(RowOutcome.init),
      goals: goals.map { RowOutcome($0.outcome, place: .open) })
    let main = try SuiteField.baseline.read(entry, as: .count)
    guard let place = places.firstIndex(of: main) else {
      throw try entry.error(at: SuiteField.baseline.key, "not one of its baselines")
    }
    let outcome = try entry.outcome()
    try entry.check(outcome, against: outcomes)
    var decision = GateResult(
      familyResult: try entry.familyResult(of: seriesResults), anchor: anchor?.judged ?? .none,
      budgets: try budgets.map { (row) throws(JSONError) in
        try name.check(row)
        return try BudgetRuling(row, policy)
      }, waivers: waivers)
    decision.goals = goals
    return SuiteReport(
      suite: name.suite, machine: try SuiteField.machine.read(entry),
      outcome: outcome, baseline: own[place].party, candidate: candidate,
      origin: own[place].origin, baselines: own, sides: Sides(base: [], head: []),
      anchor: anchor?.party,
      decision: decision, policy: policy, outcomes: outcomes, told: try SuiteField.told.read(entry))
  }
}

extension ReportObject {
  /// Returns the number of series that are counted, of any kind.
  fileprivate func rowCount() throws(JSONError) -> Int {
    try member(FamilyField.counts.key) { (reader) throws(JSONError) in
      let counts = try ReportObject(from: &reader)
      var sum = 0
      for kind in Verdict.Kind.allCases where counts.has(kind.rawValue) {
        sum += try counts.member(kind.rawValue, JSONCodec.count.read)
      }
      return sum
    }
  }
}
