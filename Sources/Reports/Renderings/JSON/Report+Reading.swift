package import Measurements
import Verdicts

extension Report {
  /// The version of the form that is written, and the only one that is read.
  package static let version: Int64 = 1

  /// Reads a report that ``Rendering/json`` has written, and trusts nothing in it: a value that
  /// does not have the form is an error, and every text remains data, which the rendering must
  /// neutralise.
  ///
  /// The report does not have the numbers of the two sides as they were measured, nor the policy's
  /// rules for benchmarks that are not there. It has everything that ``Rendering/markdown`` shows.
  package init(json bytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(bytes)
    let object = try ReportObject(from: &reader)
    try reader.end()
    _ = try ReportField.version.read(object)
    try self.init(object)
  }

  private init(_ object: ReportObject) throws(JSONError) {
    let outcome = try object.outcome()
    // The facts about the whole must have the form, though the parts repeat them.
    _ = try (object.policy(), object.family(FamilyField.size))
    _ = try ReportField.baseline.read(object, as: BaselineField.codec)
    try object.checkCounts(
      object.list(ReportField.series.key) { (reader) throws(JSONError) in
        try RowField.verdict.read(ReportObject(from: &reader))
      })
    // Older versions know of one part only.
    let parts =
      try object.has(ReportField.suites.key)
      ? PartsReader(object).parts() : [SuiteReport(onlyPart: object)]
    self.init(
      tool: try ReportField.tool.read(object), project: try ReportField.project.read(object),
      outcome: outcome, parts: parts, loosened: try ReportField.loosened.read(object),
      notJudged: try ReportField.notJudged.read(object), told: try ReportField.told.read(object),
      warnings: try ReportField.warnings.read(object))
    try object.check(outcome, against: parts)
  }
}

extension SuiteReport {
  /// Reads a report that describes one part only.
  fileprivate init(onlyPart object: ReportObject) throws(JSONError) {
    let outcome = try object.outcome()
    var policy = try object.policy()
    // Older versions do not say of a row whether it fails.
    policy.strictness = outcome == .inconclusive ? .everything : .lenient
    let anchor = try SuiteField.anchor.read(object)
    let baseline = try ReportField.baseline.read(object, as: BaselineField.codec)
    let decision = GateResult(
      familyResult: try object.familyResult(alpha: policy.alpha), anchor: anchor?.judged ?? .none,
      budgets: try object.list(ReportField.budgets.key) { (reader) throws(JSONError) in
        try BudgetRuling(ReportObject(from: &reader), policy)
      }, waivers: try ReportField.waivers.read(object))
    let outcomes = decision.rowOutcomes(under: policy)
    try object.check(outcome, against: outcomes.worse)
    self.init(
      suite: try ReportField.suite.read(object, as: .text), outcome: outcome,
      baseline: baseline.party, candidate: try SuiteField.candidate.read(object),
      origin: baseline.origin,
      sides: Sides(base: [], head: []), anchor: anchor?.party,
      decision: decision,
      policy: policy, outcomes: outcomes)
  }
}

extension RowOutcomes {
  /// The outcomes on which all versions agree.
  fileprivate var worse: RowOutcomes {
    RowOutcomes(
      series: (series + anchored + budgets).filter {
        [.regression, .overBudget].contains($0.outcome)
      })
  }
}

extension ReportObject {
  func policy() throws(JSONError) -> Policy {
    try member(FamilyField.family.key) { (reader) throws(JSONError) in
      let family = try ReportObject(from: &reader)
      let name = try FamilyField.correction.read(family)
      var policy = Policy(
        threshold: Sourced(
          try SuiteField.threshold.read(self), from: try SuiteField.thresholdSource.read(self)),
        alpha: try FamilyField.alpha.read(family), correctionName: name)
      policy?.deciding = try SuiteField.deciding.read(self).map { Pattern($0) }
      guard let policy else {
        throw reader.error("the correction '\(name.visible(limit: 40))' is not known here")
      }
      return policy
    }
  }

  func family<Value>(_ field: Field<Family, Value>) throws(JSONError) -> Value {
    try member(FamilyField.family.key) { (reader) throws(JSONError) in
      try field.read(ReportObject(from: &reader))
    }
  }

  func familyResult(alpha: Double) throws(JSONError) -> FamilyResult {
    let seriesResults = try list(ReportField.series.key) { (reader) throws(JSONError) in
      try SeriesResult(ReportObject(from: &reader), alpha: alpha)
    }
    return try familyResult(of: seriesResults)
  }

  /// - Throws: An error if there are not as many results as are counted.
  func familyResult(of seriesResults: [SeriesResult]) throws(JSONError) -> FamilyResult {
    try checkCounts(seriesResults.map(\.verdict.kind))
    return FamilyResult(seriesResults: seriesResults, familySize: try family(FamilyField.size))
  }
}
