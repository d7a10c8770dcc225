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
      "project": scope.project.map(JSONValue.string) ?? .null,
      "suite": .string(suite),
      "threshold": .number(policy.threshold.value),
      "thresholdSource": .string(policy.threshold.source),
      "candidate": .object(candidate.json),
      "baseline": .object(foundBaseline),
      "anchor": anchor.map { .object(anchored($0)) } ?? .null,
      "budgets": .array(decision.budgets.map(\.json)),
      "waivers": .array(decision.waivers.map(\.json)),
      "machineShift": assessment.machineShift?.json ?? .null,
      "notes": .strings(notes),
      "warnings": .strings(warnings),
    ].merging(assessment.json(under: policy)) { $1 }
  }

  /// Like the baseline and what was compared with it; null where there is none to compare with.
  private func anchored(_ anchor: AnchorParty) -> [String: JSONValue] {
    let empty = Party(name: "", commit: nil, tree: nil, runs: [], environment: nil)
    let facts: [String: JSONValue] = [
      "explanation": .string(anchor.explanation),
      "name": .optional(anchor.party?.name),
    ]
    return (anchor.party ?? empty).json.merging(facts) { $1 }
      .merging(decision.anchored?.json(under: policy) ?? [:]) { $1 }
  }

  private var foundBaseline: [String: JSONValue] {
    baseline.json.merging([
      "rule": .string(origin.rule),
      "explanation": .string(origin.explanation),
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

extension Assessment {
  fileprivate func json(under policy: Policy) -> [String: JSONValue] {
    [
      "family": .object([
        "size": .integer(Int64(familySize)),
        "alpha": .number(policy.alpha),
        "correction": .string(policy.correctionName),
      ]),
      "counts": .object(
        Dictionary(
          uniqueKeysWithValues: counts.map { ($0.key.rawValue, .integer(Int64($0.value))) })),
      "series": .array(judgements.map(\.json)),
    ]
  }
}

extension JSONValue {
  static func optional(_ number: Int?) -> JSONValue { number.map { .integer(Int64($0)) } ?? .null }
  static func optional(_ text: String?) -> JSONValue { text.map(string) ?? .null }
  static func optional(_ value: Double?) -> JSONValue { value.map(number) ?? .null }
  static func strings(_ texts: [String]) -> JSONValue { .array(texts.map(string)) }

  /// The two ends.
  static func range(_ range: ClosedRange<Double>?) -> JSONValue {
    range.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null
  }
}
