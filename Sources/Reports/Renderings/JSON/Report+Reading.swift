package import Measurements
import Verdicts

extension Report {
  /// Of the form that is written, and the only one that is read.
  package static let version = 1

  /// Reads what ``Rendering/json`` has written, and believes none of it: what is not of the form is
  /// an error, and every text remains data, to be neutralised by whoever renders it.
  ///
  /// The numbers of the two sides as they were measured are not in it, nor is what the policy says
  /// of benchmarks that are not there; all that ``Rendering/markdown`` shows is.
  package init(json bytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(bytes)
    let object = try ReportObject(from: &reader)
    try reader.end()
    try object.member("version") { (reader) throws(JSONError) in
      let version = try reader.integer()
      guard version == Report.version else {
        throw reader.error("version \(version), and only \(Report.version) is known here")
      }
    }
    try self.init(object)
  }

  private init(_ object: ReportObject) throws(JSONError) {
    let outcome = try object.outcome()
    // What is said of the whole must be of the form, though the parts say it again.
    _ = try (object.policy(), object.family("size", ReportObject.count))
    _ = try object.member("baseline", BaselineDescription.init)
    try object.checkCounts(
      object.list("series") { (reader) throws(JSONError) in
        try ReportObject(from: &reader).word("verdict")
      })
    // Older versions know of one part only.
    let parts =
      try object.has("suites")
      ? PartsReader(object).parts() : [SuiteReport(onlyPart: object)]
    self.init(
      tool: try object.text("tool"), project: try object.presentText("project"), outcome: outcome,
      parts: parts, loosened: try object.presentList("loosened", Loosening.init),
      notJudged: try object.presentList("notJudged", NotJudged.init),
      told: try object.presentList("told") { (reader) throws(JSONError) in try reader.string() },
      warnings: try object.texts("warnings"))
    try object.check(outcome, against: parts)
  }
}

extension SuiteReport {
  /// Of a report that says all of one part.
  fileprivate init(onlyPart object: ReportObject) throws(JSONError) {
    let outcome = try object.outcome()
    var policy = try object.policy()
    // Older versions do not say of a row whether it fails.
    policy.strictness = outcome == .inconclusive ? .everything : .lenient
    let anchor = try object.optional("anchor", ReadAnchor.init)
    let baseline = try object.member("baseline", BaselineDescription.init)
    let decision = GateResult(
      familyResult: try object.familyResult(alpha: policy.alpha), anchor: anchor?.judged ?? .none,
      budgets: try object.list("budgets") { (reader) throws(JSONError) in
        try BudgetRuling(ReportObject(from: &reader), policy)
      },
      waivers: try object.list("waivers") { (reader) throws(JSONError) in
        try WaiverState(ReportObject(from: &reader))
      })
    let outcomes = decision.rowOutcomes(under: policy)
    try object.check(outcome, against: outcomes.worse)
    self.init(
      suite: try object.text("suite"), outcome: outcome, baseline: baseline.party,
      candidate: try object.member("candidate", SideDescription.init), origin: baseline.origin,
      sides: Sides(base: [], head: []), anchor: anchor?.party,
      decision: decision,
      policy: policy, outcomes: outcomes)
  }
}

extension RowOutcomes {
  /// Those on which all versions agree.
  fileprivate var worse: RowOutcomes {
    RowOutcomes(
      series: (series + anchored + budgets).filter {
        [.regression, .overBudget].contains($0.outcome)
      })
  }
}

/// The fixed point, and what it says; one that was compared with has series of its own.
struct ReadAnchor {
  let party: AnchorDescription
  let judged: GateResult.Anchor
  /// Empty where nobody says.
  let outcomes: [RowOutcome]

  init(from reader: inout JSONReader) throws(JSONError) {
    let object = try ReportObject(from: &reader)
    party = try AnchorDescription(object)
    guard object.has("series") else { (judged, outcomes) = (.unavailable, []); return }
    judged = .judged(try object.familyResult(alpha: object.family("alpha", ReportObject.number)))
    let rows = try object.list("series", ReportObject.init)
    outcomes = rows.contains { $0.has("fails") } ? try rows.map(RowOutcome.init) : []
  }
}

extension RowOutcome {
  init(_ row: ReportObject) throws(JSONError) {
    self.init(try row.word("outcome"), place: try row.word("place"))
    guard try row.bool("fails") == fails else {
      throw try row.error(at: "fails", "not what its outcome says")
    }
  }
}

extension ReportObject {
  func policy() throws(JSONError) -> Policy {
    try member("family") { (reader) throws(JSONError) in
      let family = try ReportObject(from: &reader)
      let name = try family.text("correction")
      var policy = Policy(
        threshold: Sourced(try number("threshold"), from: try text("thresholdSource")),
        alpha: try family.number("alpha"), correctionName: name)
      policy?.deciding = try presentList("decide") { (reader) throws(JSONError) in
        Pattern(try reader.string())
      }
      guard let policy else {
        throw reader.error("the correction '\(name.visible(limit: 40))' is not known here")
      }
      return policy
    }
  }

  func family<Value>(
    _ key: String, _ read: (ReportObject) -> (String) throws(JSONError) -> Value
  ) throws(JSONError) -> Value {
    try member("family") { (reader) throws(JSONError) in
      try read(ReportObject(from: &reader))(key)
    }
  }

  fileprivate func familyResult(alpha: Double) throws(JSONError) -> FamilyResult {
    let seriesResults = try list("series") { (reader) throws(JSONError) in
      try SeriesResult(ReportObject(from: &reader), alpha: alpha)
    }
    return try familyResult(of: seriesResults)
  }

  /// - Throws: Where they are not as many as are counted.
  func familyResult(of seriesResults: [SeriesResult]) throws(JSONError) -> FamilyResult {
    try checkCounts(seriesResults.map(\.verdict.kind))
    return FamilyResult(
      seriesResults: seriesResults, familySize: try family("size", ReportObject.count))
  }
}

extension Loosening {
  fileprivate init(from reader: inout JSONReader) throws(JSONError) {
    let object = try ReportObject(from: &reader)
    self.init(
      key: try object.text("key"), pattern: try object.optionalText("pattern"),
      old: try object.optionalText("old"), new: try object.optionalText("new"))
  }
}

extension NotJudged {
  fileprivate init(from reader: inout JSONReader) throws(JSONError) {
    let object = try ReportObject(from: &reader)
    self.init(
      suite: try object.text("suite"), machine: try object.presentText("environment"),
      why: try object.text("why"))
  }
}

extension SideDescription {
  init(from reader: inout JSONReader) throws(JSONError) {
    try self.init(ReportObject(from: &reader))
  }

  fileprivate init(_ object: ReportObject) throws(JSONError) {
    self.init(
      name: try object.text("name"), commit: try object.optionalText("commit"),
      tree: try object.optionalText("tree"), runs: try object.texts("runs"),
      environment: try object.optional("environment", Environment.init),
      conditions: PeakConditions(
        load: try object.presentNumber("load"), pressure: try object.presentNumber("pressure"),
        steal: try object.presentNumber("steal"), governor: try object.presentText("governor")))
  }
}

extension AnchorDescription {
  fileprivate init(_ object: ReportObject) throws(JSONError) {
    let isThere = try object.optionalText("name") != nil
    self.init(
      party: isThere ? try SideDescription(object) : nil,
      explanation: try object.text("explanation"))
  }
}

extension BaselineDescription {
  init(from reader: inout JSONReader) throws(JSONError) {
    let object = try ReportObject(from: &reader)
    self.init(party: try SideDescription(object), origin: try Origin(object))
  }
}

extension Origin {
  fileprivate init(_ object: ReportObject) throws(JSONError) {
    self.init(
      rule: try object.text("rule"), explanation: try object.text("explanation"),
      distance: try object.optionalCount("distance"), skipped: try object.texts("skipped"))
  }
}
