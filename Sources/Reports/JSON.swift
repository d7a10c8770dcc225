import Measurements
import Verdicts

extension Rendering {
  package static let json = Rendering(
    name: "json", summary: "every number, for other programs"
  ) { report, _ in report.json.text + "\n" }
}

/// The gate's report as DESIGN has it; `baselines/schema/report.schema.json` describes it.
///
/// Absent values are null, not left out, so that a reader need not know which may be absent; but
/// what judges nobody has neither outcome nor status.
extension Report {
  fileprivate var json: JSONValue {
    let judgement: [String: JSONValue] =
      outcome.map {
        ["outcome": .string($0.rawValue), "status": .integer(Int64($0.status))]
      } ?? [:]
    return .object(facts.merging(judgement) { $1 })
  }

  private var facts: [String: JSONValue] {
    [
      "version": .integer(1),
      "tool": .string(tool),
      "suite": .string(suite),
      "candidate": .object(candidate.json),
      "baseline": .object(foundBaseline),
      "family": .object([
        "size": .integer(Int64(assessment.familySize)),
        "alpha": .number(policy.alpha),
        "correction": .string(policy.correctionName),
      ]),
      "counts": .object(
        Dictionary(
          uniqueKeysWithValues: assessment.counts.map {
            ($0.key.rawValue, .integer(Int64($0.value)))
          })),
      "warnings": .strings(warnings),
      "series": .array(assessment.judgements.map(\.json)),
    ]
  }

  private var foundBaseline: [String: JSONValue] {
    baseline.json.merging([
      "rule": .string(origin.rule),
      "distance": origin.distance.map { .integer(Int64($0)) } ?? .null,
      "skipped": .strings(origin.skipped),
    ]) { $1 }
  }
}

extension Party {
  fileprivate var json: [String: JSONValue] {
    [
      "name": .string(name),
      "commit": .optional(commitID),
      "tree": .optional(treeID),
      "runs": .strings(runs),
      "environment": environment?.json ?? .null,
    ]
  }
}

extension Environment {
  fileprivate var json: JSONValue {
    .object([
      "key": .string(key),
      "cpu": .string(cpu),
      "cores": .integer(Int64(cores)),
      "memory": .integer(memory),
      "os": .string(os),
      "kernel": .string(kernel),
      "arch": .string(arch),
      "labels": .object(labels.mapValues(JSONValue.string)),
    ])
  }
}

extension Judgement {
  fileprivate var json: JSONValue {
    let interval = comparison?.effect.interval.map { [$0.lowerBound, $0.upperBound] }
    return .object([
      "benchmark": .string(id.benchmark.name),
      "labels": .object(id.benchmark.labels.mapValues(JSONValue.string)),
      "metric": .string(id.metric),
      "unit": .string(metric.unit.symbol),
      "better": .string(metric.better.rawValue),
      "verdict": .string(verdict.kind.rawValue),
      "certain": .bool(verdict.isCertain),
      "reason": .optional(verdict.reason),
      "evidence": .optional(comparison?.evidence.rawValue),
      "old": comparison?.old.json ?? .null,
      "new": comparison?.new.json ?? .null,
      "change": .optional(comparison?.effect.change),
      "interval": interval.map { .array($0.map(JSONValue.number)) } ?? .null,
      "u": .optional(comparison?.test?.u),
      "p": .optional(comparison?.test?.p),
      "pCorrected": .optional(pCorrected),
      "threshold": .number(threshold),
      "waiver": .null,
    ])
  }
}

extension Side {
  fileprivate var json: JSONValue {
    .object(["rounds": .integer(Int64(rounds)), "median": .number(median)])
  }
}

extension Verdict {
  fileprivate var isCertain: Bool {
    switch self {
    case .regression(let certain), .improvement(let certain): certain
    case .unchanged, .inconclusive, .incomparable, .missing, .new: false
    }
  }
}

extension JSONValue {
  fileprivate static func optional(_ text: String?) -> JSONValue { text.map(string) ?? .null }
  fileprivate static func optional(_ value: Double?) -> JSONValue { value.map(number) ?? .null }
  fileprivate static func strings(_ texts: [String]) -> JSONValue { .array(texts.map(string)) }
}
