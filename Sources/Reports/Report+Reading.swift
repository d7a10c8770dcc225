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
    try object.checkConsistency(of: self)
  }

  private init(_ object: ReportObject) throws(JSONError) {
    let policy = try object.policy()
    let assessment = try object.assessment(alpha: policy.alpha)
    let anchor = try object.optional("anchor", Anchor.init)
    let (baseline, origin) = try object.member("baseline") { (reader) throws(JSONError) in
      let object = try ReportObject(from: &reader)
      return (try Party(object), try Origin(object))
    }
    self.init(
      tool: try object.text("tool"),
      outcome: try object.has("outcome") ? object.word("outcome") : nil,
      scope: try object.scope(), baseline: baseline,
      candidate: try object.member("candidate") { (reader) throws(JSONError) in
        try Party(ReportObject(from: &reader))
      },
      origin: origin, sides: Sides(base: [], head: []), anchor: anchor?.party,
      decision: Decision(
        assessment: assessment, anchor: anchor?.judged ?? .none,
        budgets: try object.list("budgets") { (reader) throws(JSONError) in
          try BudgetRuling(ReportObject(from: &reader), policy)
        },
        waivers: try object.list("waivers") { (reader) throws(JSONError) in
          try WaiverState(ReportObject(from: &reader))
        }),
      policy: policy, warnings: try object.texts("warnings"))
  }
}

/// The fixed point, and what it says; one that was compared with has series of its own.
private struct Anchor {
  let party: AnchorParty
  let judged: Decision.Anchor

  init(from reader: inout JSONReader) throws(JSONError) {
    let object = try ReportObject(from: &reader)
    party = try AnchorParty(object)
    guard object.has("series") else { judged = .unavailable; return }
    judged = .judged(try object.assessment(alpha: object.family("alpha", ReportObject.number)))
  }
}

extension ReportObject {
  /// Where no project is named, older versions say nothing of it.
  fileprivate func scope() throws(JSONError) -> Scope {
    Scope(
      project: try has("project") ? optionalText("project") : nil, suite: try text("suite"))
  }

  fileprivate func policy() throws(JSONError) -> Policy {
    try member("family") { (reader) throws(JSONError) in
      let family = try ReportObject(from: &reader)
      let name = try family.text("correction")
      let policy = Policy(
        threshold: Sourced(try number("threshold"), from: try text("thresholdSource")),
        alpha: try family.number("alpha"), correctionName: name)
      guard let policy else {
        throw reader.error("the correction '\(name.visible(limit: 40))' is not known here")
      }
      return policy
    }
  }

  fileprivate func family<Value>(
    _ key: String, _ read: (ReportObject) -> (String) throws(JSONError) -> Value
  ) throws(JSONError) -> Value {
    try member("family") { (reader) throws(JSONError) in
      try read(ReportObject(from: &reader))(key)
    }
  }

  fileprivate func assessment(alpha: Double) throws(JSONError) -> Assessment {
    Assessment(
      judgements: try list("series") { (reader) throws(JSONError) in
        try Judgement(ReportObject(from: &reader), alpha: alpha)
      }, familySize: try family("size", ReportObject.count))
  }
}

extension Party {
  fileprivate init(_ object: ReportObject) throws(JSONError) {
    self.init(
      name: try object.text("name"), commit: try object.optionalText("commit"),
      tree: try object.optionalText("tree"), runs: try object.texts("runs"),
      environment: try object.optional("environment", Environment.init))
  }
}

extension AnchorParty {
  fileprivate init(_ object: ReportObject) throws(JSONError) {
    let isThere = try object.optionalText("name") != nil
    self.init(
      party: isThere ? try Party(object) : nil, explanation: try object.text("explanation"))
  }
}

extension Origin {
  fileprivate init(_ object: ReportObject) throws(JSONError) {
    self.init(
      rule: try object.text("rule"), explanation: try object.text("explanation"),
      distance: try object.optionalCount("distance"), skipped: try object.texts("skipped"))
  }
}
