import Measurements
import Verdicts

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Rendering {
  package static let json = Rendering(
    name: "json", summary: "every number, for other programs"
  ) { report, _ in
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Nothing that is encoded can fail: every number below is finite.
    let data = (try? encoder.encode(Document(report))) ?? Data()
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}

/// The gate's report as DESIGN has it; `baselines/schema/report.json` describes it.
private struct Document: Encodable {
  let version = 1
  let tool: String
  let outcome: String?
  let status: Int32?
  let suite: String
  let candidate: Side
  let baseline: Baseline
  let family: Family
  let counts: [String: Int]
  let warnings: [String]
  let series: [Entry]

  init(_ report: Report) {
    tool = report.tool
    outcome = report.outcome?.rawValue
    status = report.outcome?.status
    suite = report.suite
    candidate = Side(report.candidate)
    baseline = Baseline(report)
    family = Family(
      size: report.assessment.familySize, alpha: report.policy.alpha,
      correction: report.policy.correctionName)
    counts = Dictionary(
      uniqueKeysWithValues: report.assessment.counts.map { ($0.key.rawValue, $0.value) })
    warnings = report.warnings
    series = report.assessment.judgements.map(Entry.init)
  }
}

extension Document {
  struct Family: Encodable {
    let size: Int
    let alpha: Double
    let correction: String
  }

  struct Side: Encodable {
    let name: String
    @Nullable var commit: String?
    @Nullable var tree: String?
    let runs: [String]
    @Nullable var environment: Environment?

    init(_ party: Party) {
      name = party.name
      commit = party.commit
      tree = party.tree
      runs = party.runs
      environment = party.environment
    }
  }

  struct Baseline: Encodable {
    let side: Side
    let origin: Origin

    init(_ report: Report) {
      side = Side(report.baseline)
      origin = report.origin
    }

    private enum Key: String, CodingKey { case rule, distance, skipped }

    func encode(to encoder: any Encoder) throws {
      try side.encode(to: encoder)
      var fields = encoder.container(keyedBy: Key.self)
      try fields.encode(origin.rule, forKey: .rule)
      try fields.encode(origin.distance, forKey: .distance)
      try fields.encode(origin.skipped, forKey: .skipped)
    }
  }

  struct Entry: Encodable {
    struct Values: Encodable {
      let rounds: Int
      let median: Double
    }

    let benchmark: String
    let labels: [String: String]
    let metric: String
    let unit: String
    let better: Direction
    let verdict: String
    let certain: Bool
    @Nullable var reason: String?
    @Nullable var evidence: String?
    @Nullable var old: Values?
    @Nullable var new: Values?
    @Nullable var change: Double?
    @Nullable var interval: [Double]?
    @Nullable var u: Double?
    @Nullable var p: Double?
    @Nullable var pCorrected: Double?
    let threshold: Double
    @Nullable var waiver: String?
  }
}

extension Document.Entry {
  init(_ judgement: Judgement) {
    let comparison = judgement.comparison
    benchmark = judgement.id.benchmark.name
    labels = judgement.id.benchmark.labels
    metric = judgement.id.metric
    unit = judgement.metric.unit.symbol
    better = judgement.metric.better
    verdict = judgement.verdict.kind.rawValue
    certain = [.regression(certain: true), .improvement(certain: true)].contains(judgement.verdict)
    reason = judgement.verdict.reason
    evidence = comparison?.evidence.rawValue
    old = comparison.map { Values(rounds: $0.old.rounds, median: $0.old.median) }
    new = comparison.map { Values(rounds: $0.new.rounds, median: $0.new.median) }
    change = comparison?.effect.change.flatMap { $0.isFinite ? $0 : nil }
    interval = comparison?.effect.interval.map { [$0.lowerBound, $0.upperBound] }
    u = comparison?.test?.u
    p = comparison?.test?.p
    pCorrected = judgement.pCorrected
    threshold = judgement.threshold
    waiver = nil
  }
}

/// A field that is written as null, not left out, where it has no value.
@propertyWrapper
private struct Nullable<Value: Encodable>: Encodable {
  var wrappedValue: Value?

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue {
      try container.encode(wrappedValue)
    } else {
      try container.encodeNil()
    }
  }
}
