import Measurements
import Verdicts

extension SeriesResult {
  /// - Parameters:
  ///   - alpha: That of the family.
  ///   - baseline: The index of its baseline among those of its part.
  init(_ object: ReportObject, alpha: Double, baseline: Int? = nil) throws(JSONError) {
    let id = try object.id()
    let metric = try object.metric()
    self.init(
      id: id, metric: metric, verdict: try object.verdict(),
      comparison: try object.comparison(), significance: try object.significance(),
      detectable: try object.optionalNumber("detectable"), limit: try object.limit(),
      level: try object.level(alpha: alpha),
      waiver: try object.optional("waiver") { (reader) throws(JSONError) in
        let object = try ReportObject(from: &reader)
        return WaiverFinding(waiver: try Waiver(object), state: try object.word("state"))
      },
      formerly: try object.optionalText("formerly"),
      standing: Standing(
        baseline: baseline, interleaving: try object.isPaired() ? .unknown : nil,
        doubts: try object.presentList("doubts") { (reader) throws(JSONError) in
          try reader.string()
        }),
      redefinition: try object.present("redefinition") { (reader) throws(JSONError) in
        let object = try ReportObject(from: &reader)
        return Redefinition(
          old: try object.text("old"), new: try object.text("new"),
          response: try object.word("response"))
      },
      response: try object.optionalWord("response"),
      decides: object.has("decides") ? try object.bool("decides") : true)
  }
}

/// What series and budgets have in common.
extension ReportObject {
  fileprivate func isPaired() throws(JSONError) -> Bool {
    has("paired") ? try bool("paired") : false
  }

  fileprivate func id() throws(JSONError) -> Series.ID {
    let labels = try member("labels") { (reader) throws(JSONError) in try reader.strings() }
    return Series.ID(
      benchmark: Benchmark(name: try text("benchmark"), labels: labels), metric: try text("metric"))
  }

  fileprivate func metric() throws(JSONError) -> Metric {
    Metric(
      try text("metric"), Unit(try text("unit")), better: try word("better"),
      isGuessed: has("guessed") ? try bool("guessed") : false)
  }

  fileprivate func level(alpha: Double) throws(JSONError) -> Level {
    let look = try present("look", ReportObject.init)
    guard let look else { return Level(alpha: alpha, confidence: 0.95, look: nil) }
    return Level(
      alpha: try look.number("alpha"), confidence: try look.number("confidence"),
      look: try look.count("rounds"))
  }

  fileprivate func doubt() throws(JSONError) -> Doubt {
    try member("doubt") { (reader) throws(JSONError) in
      let doubt = try ReportObject(from: &reader)
      let need = try doubt.optionalCount("need")
      return switch try doubt.word("kind", DoubtKind.self) {
      case .tooFewRounds:
        .tooFewRounds(old: try doubt.count("old"), new: try doubt.count("new"), need: need)
      case .tooNoisy: .tooNoisy(need: need)
      case .withinOneProcess: .withinOneProcess
      case .withinSwing:
        .withinSwing(
          deviation: try doubt.number("swing"), change: try doubt.number("change"))
      case .nearLevel: .nearLevel(change: try doubt.number("change"))
      case .levelBefore: .levelBefore(try doubt.optionalText("day").flatMap { Day($0) })
      case .directionUnknown: .directionUnknown(change: try doubt.optionalNumber("change"))
      case .amongMany: .amongMany(p: try doubt.number("p"), family: try doubt.count("family"))
      }
    }
  }
}

extension ReportObject {
  fileprivate func verdict() throws(JSONError) -> Verdict {
    let certain = try bool("certain")
    return switch try word("verdict", Verdict.Kind.self) {
    case .regression: .regression(certain: certain)
    case .waived: .waived(certain: certain)
    case .inherited: .inherited(certain: certain)
    case .improvement: .improvement(certain: certain)
    case .collapsed: .collapsed(certain: certain)
    case .unchanged: .unchanged
    case .notWorse: .notWorse
    case .inconclusive: .inconclusive(try doubt())
    case .incomparable: .incomparable(try mismatch())
    case .missing: .missing
    case .notMeasured: .notMeasured
    case .renamed: .renamed(to: try text("renamedTo"))
    case .failed: .failed(reason: try text("reason"))
    case .new: .new
    }
  }

  private func mismatch() throws(JSONError) -> Mismatch {
    try member("mismatch") { (reader) throws(JSONError) in
      let mismatch = try ReportObject(from: &reader)
      return switch try mismatch.word("kind", MismatchKind.self) {
      case .unit: .unit(old: try mismatch.text("old"), new: try mismatch.text("new"))
      case .direction: .direction
      case .ambiguous: .ambiguous(inCandidate: true)
      case .ambiguousBase: .ambiguous(inCandidate: false)
      case .summary: .summary
      case .overflow: .overflow
      case .history: .history(try mismatch.text("reason"))
      case .unreadable: .unreadable(try mismatch.text("reason"))
      }
    }
  }

  fileprivate func limit() throws(JSONError) -> Limit {
    let threshold = Sourced(try number("threshold"), from: try text("thresholdSource"))
    guard try optionalText("ignoreBelowWritten") != nil else { return Limit(threshold: threshold) }
    let floor = try parsed("ignoreBelowWritten", Quantity.init, "amount")
    return Limit(
      threshold: threshold, floor: Sourced(floor, from: try text("ignoreBelowSource")))
  }

  fileprivate func significance() throws(JSONError) -> Significance? {
    guard let p = try optionalNumber("pCorrected") else { return nil }
    return Significance(
      p: p, rank: try count("pRank"), strictestAlpha: try number("pSufficient"),
      separation: has("separated") ? try member("separated", Separation.init) : nil)
  }
}

extension ReportObject {
  fileprivate func comparison() throws(JSONError) -> Comparison? {
    guard let old = try optional("old", ComparedSide.init) else { return nil }
    return try member("new") { (reader) throws(JSONError) in
      let new = try ComparedSide(from: &reader)
      let (evidence, effect, test) = (try word("evidence", Evidence.self), try effect(), try test())
      let comparison = try? Comparison(
        old: old.side, new: new.side, values: (old.values, new.values),
        blocks: try blocks(of: old, new), evidence: evidence, effect: effect, test: test,
        swing: has("history") ? try member("history", Swing.init) : nil)
      guard let comparison else { throw reader.error("a side without values") }
      return comparison
    }
  }

  /// Of sizes that do not add up nothing is made.
  private func blocks(of old: ComparedSide, _ new: ComparedSide) throws(JSONError) -> [Int] {
    let sizes = try presentList("blocks") { (reader) throws(JSONError) in
      Int(clamping: try reader.integer())
    }
    let most = old.values.count
    guard new.values.count == most, sizes.allSatisfy({ (1...most).contains($0) }),
      sizes.count <= most, sizes.reduce(0, +) == most
    else { return [] }
    return sizes
  }

  private func effect() throws(JSONError) -> Effect {
    if let difference = try optionalNumber("difference") {
      return .fromZero(difference, try range("differenceInterval"))
    }
    return .ratio(
      1 + (try number("change")),
      try range("interval").map { 1 + $0.lowerBound...1 + $0.upperBound })
  }

  private func test() throws(JSONError) -> Comparison.Test? {
    guard let u = try optionalNumber("u") else { return nil }
    return Comparison.Test(
      u: u, p: try number("p"), superiority: try number("superiority"),
      isExact: try bool("pExact"),
      unblocked: has("pUnblocked") ? try optionalNumber("pUnblocked") : nil)
  }
}

extension Swing {
  fileprivate convenience init(from reader: inout JSONReader) throws(JSONError) {
    let object = try ReportObject(from: &reader)
    let met =
      object.has("met") ? Met(on: Day(try object.text("met"))) : nil
    self.init(
      recordings: try object.count("recordings"), deviation: try object.number("swing"),
      change: try object.number("change"), p: try object.number("p"), met: met)
  }
}

extension Separation {
  fileprivate init(from reader: inout JSONReader) throws(JSONError) {
    let object = try ReportObject(from: &reader)
    self.init(p: try object.number("p"), gap: try object.number("gap"))
  }
}

private struct ComparedSide {
  let side: Side
  let values: [Double]

  init(from reader: inout JSONReader) throws(JSONError) {
    let object = try ReportObject(from: &reader)
    side = Side(rounds: try object.count("rounds"), median: try object.number("median"))
    values = try object.member("values") { (reader) throws(JSONError) in try reader.numbers() }
  }
}

extension Waiver {
  fileprivate init(_ object: ReportObject) throws(JSONError) {
    self.init(
      benchmark: Pattern(try object.text("benchmark")),
      metric: try object.optionalText("metric").map { Pattern($0) },
      ceiling: try object.optionalNumber("ceiling"), states: try object.states(),
      expires: try object.parsed("expires", Day.init, "day of the calendar"),
      reason: try object.text("reason"), place: try object.text("place"))
  }
}

extension ReportObject {
  /// What a waiver permits besides a regression; nothing in a report of an older version.
  fileprivate func states() throws(JSONError) -> Set<Waiver.State> {
    let names = try present("states") { (reader) throws(JSONError) in try reader.words() } ?? []
    return Set(names.compactMap { Waiver.State(rawValue: $0) })
  }
}

extension JSONReader {
  fileprivate mutating func words() throws(JSONError) -> [String] {
    var words: [String] = []
    try array { (reader) throws(JSONError) in words.append(try reader.string()) }
    return words
  }
}

extension WaiverState {
  init(_ object: ReportObject) throws(JSONError) {
    self.init(
      waiver: try Waiver(object), isExpired: try object.bool("expired"),
      isUsed: try object.bool("used"))
  }
}

extension BudgetRuling {
  /// The patterns by which a budget was found are not in a report; it is for its series alone here.
  init(_ object: ReportObject, _ policy: Policy) throws(JSONError) {
    let id = try object.id()
    self.init(
      id: id, metric: try object.metric(),
      budget: Budget(
        benchmark: Pattern(literal: id.benchmark.name), metric: Pattern(literal: id.metric),
        limit: try object.parsed("limitWritten", Quantity.init, "amount"),
        place: try object.text("place")),
      state: try object.state(),
      side: Side(rounds: try object.count("rounds"), median: try object.number("median")),
      interval: try object.range("interval"), evidence: try object.word("evidence"),
      level: try object.level(alpha: policy.alpha))
  }
}

extension ReportObject {
  fileprivate func state() throws(JSONError) -> BudgetRuling.State {
    switch try word("state", BudgetRuling.State.Kind.self) {
    case .kept: .kept
    case .broken: .broken
    case .incomparable: .incomparable
    case .inconclusive: .inconclusive(try doubt())
    }
  }
}
