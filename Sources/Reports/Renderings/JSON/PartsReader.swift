import Measurements
import Verdicts

/// Takes a report of several parts apart: rows and budgets stand one behind the other, those of the
/// first part first.
struct PartsReader {
  private let object: ReportObject
  private let baselines: [BaselineDescription]
  private let rows: [ReportObject]
  private let budgets: [ReportObject]

  init(_ object: ReportObject) throws(JSONError) {
    self.object = object
    baselines = try object.list("baselines", BaselineDescription.init)
    rows = try object.list("series", ReportObject.init)
    budgets = try object.list("budgets", ReportObject.init)
  }

  func parts() throws(JSONError) -> [SuiteReport] {
    let waivers = try object.list("waivers") { (reader) throws(JSONError) in
      try WaiverState(ReportObject(from: &reader))
    }
    var (parts, row, budget): ([SuiteReport], Int, Int) = ([], 0, 0)
    _ = try object.list("suites") { (reader) throws(JSONError) in
      let entry = try ReportObject(from: &reader)
      let (series, rulings) = try (entry.rowCount(), entry.count("budgets"))
      guard series <= rows.count - row, rulings <= budgets.count - budget else {
        throw reader.error("more rows than there are")
      }
      // What is said of a waiver is said of all parts together.
      let part = try part(
        entry, rows[row..<row + series], budgets[budget..<budget + rulings],
        parts.isEmpty ? waivers : [], anchor: parts.isEmpty ? object : entry)
      parts.append(part)
      (row, budget) = (row + series, budget + rulings)
    }
    guard row == rows.count, budget == budgets.count else {
      throw try object.error(at: "suites", "rows of no suite")
    }
    return parts
  }

  private func part(
    _ entry: ReportObject, _ rows: ArraySlice<ReportObject>, _ budgets: ArraySlice<ReportObject>,
    _ waivers: [WaiverState], anchor: ReportObject
  ) throws(JSONError) -> SuiteReport {
    let policy = try entry.policy()
    let places = try entry.list("baselines") { (reader) throws(JSONError) in try reader.place() }
    let own = try places.map { (place) throws(JSONError) in
      guard baselines.indices.contains(place) else {
        throw try entry.error(at: "baselines", "no baseline \(place)")
      }
      return baselines[place]
    }
    let candidate = try entry.member("candidate", SideDescription.init)
    let subject = try ComparedSide(entry)
    let seriesResults = try rows.map { (row) throws(JSONError) in
      try subject.check(row)
      let place = try row.optionalCount("baseline")
      let index = place.flatMap(places.firstIndex)
      guard (place == nil) == (index == nil) else {
        throw try row.error(at: "baseline", "not a baseline of its suite")
      }
      return try SeriesResult(row, alpha: policy.alpha, baseline: index)
    }
    let anchor = try anchor.optional("anchor", ReadAnchor.init)
    if case .judged(let since)? = anchor?.judged,
      since.seriesResults.count != anchor?.outcomes.count
    {
      throw try entry.error(at: "suite", "rows since the anchor do not say what comes of them")
    }
    let outcomes = RowOutcomes(
      series: try rows.map(RowOutcome.init), anchored: anchor?.outcomes ?? [],
      budgets: try budgets.map(RowOutcome.init))
    let main = try entry.count("baseline")
    guard let place = places.firstIndex(of: main) else {
      throw try entry.error(at: "baseline", "not one of its baselines")
    }
    let outcome = try entry.outcome()
    try entry.check(outcome, against: outcomes)
    return SuiteReport(
      suite: subject.suite, machine: try entry.present("machine", Environment.init),
      outcome: outcome, baseline: own[place].party, candidate: candidate,
      origin: own[place].origin, baselines: own, sides: Sides(base: [], head: []),
      anchor: anchor?.party,
      decision: GateResult(
        familyResult: try entry.familyResult(of: seriesResults), anchor: anchor?.judged ?? .none,
        budgets: try budgets.map { (row) throws(JSONError) in
          try subject.check(row)
          return try BudgetRuling(row, policy)
        }, waivers: waivers),
      policy: policy, outcomes: outcomes, told: try entry.texts("told"))
  }
}

/// Of which part a row is.
private struct ComparedSide {
  let suite: String
  let machine: String?

  init(_ object: ReportObject) throws(JSONError) {
    suite = try object.text("suite")
    machine = try object.optionalText("environment")
  }

  func check(_ row: ReportObject) throws(JSONError) {
    let other = try ComparedSide(row)
    guard other.suite == suite, other.machine == machine else {
      throw try row.error(at: "suite", "not the suite and machine that it is listed under")
    }
  }
}

extension ReportObject {
  /// How many series are counted, of any kind.
  fileprivate func rowCount() throws(JSONError) -> Int {
    try member("counts") { (reader) throws(JSONError) in
      let counts = try ReportObject(from: &reader)
      var sum = 0
      for kind in Verdict.Kind.allCases where counts.has(kind.rawValue) {
        sum += try counts.count(kind.rawValue)
      }
      return sum
    }
  }
}

extension JSONReader {
  /// An index of a list.
  fileprivate mutating func place() throws(JSONError) -> Int {
    let number = try integer()
    guard number >= 0 else { throw error("\(number) is no place of a list") }
    return Int(number)
  }
}
