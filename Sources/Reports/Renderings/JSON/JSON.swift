import Measurements
import Verdicts

extension Rendering {
  package static let json = Rendering(
    name: "json", summary: "every number, for other programs"
  ) { report, _ in report.json.text + "\n" }
}

/// The gate's report as JSON; `baselines/schema/report.schema.json` describes it.
///
/// Absent values are null, not left out, so that a reader need not know which may be absent; but
/// what judges nobody has neither outcome nor status.
///
/// What is said of the whole is that of all parts together, or of the first part where there is no
/// such thing; each part's own is in `suites`.
extension Report {
  fileprivate var json: JSONValue {
    .object(facts.merging(leading) { $1 }.merging(outcome.json) { $1 })
  }

  private var facts: [String: JSONValue] {
    let listed = ListedBaselines(parts)
    return [
      "version": .integer(1),
      "tool": .string(tool),
      "project": .optional(project),
      "loosened": .array(loosened.map(\.json)),
      "notJudged": .array(notJudged.map(\.json)),
      "told": .strings(told),
      "suites": .array(parts.indices.map { parts[$0].json(listed.places[$0], isFirst: $0 == 0) }),
      "baselines": .array(listed.all.map { .object($0.json) }),
      "counts": counts.json,
      "series": .array(
        zip(parts, listed.places).flatMap { part, places in
          zip(part.familyResult.seriesResults, part.outcomes.series).map {
            part.json($0, $1, places)
          }
        }),
      "budgets": .array(
        parts.flatMap { part in
          zip(part.decision.budgets, part.outcomes.budgets).map { part.json($0, $1) }
        }),
      "waivers": .array(waivers.map(\.json)),
      "notes": .strings(notes),
      "warnings": .strings(allWarnings),
    ]
  }

  private var leading: [String: JSONValue] {
    guard let first = parts.first else { return [:] }
    let largest = parts.max {
      $0.familyResult.seriesResults.count < $1.familyResult.seriesResults.count
    }
    let size = parts.reduce(0) { $0 + $1.familyResult.familySize }
    return [
      "suite": .string(first.suite),
      "threshold": .number(first.policy.threshold.value),
      "thresholdSource": .string(first.policy.threshold.source),
      "candidate": .object(first.candidate.json),
      "baseline": .object((largest ?? first).mainBaseline.json),
      "family": first.policy.json(familySize: size),
      "anchor": first.anchor.map { .object(first.anchored($0)) } ?? .null,
      "machineShift": first.familyResult.machineShift?.json ?? .null,
    ]
  }
}

/// The baselines of all parts in one list, and where each part's are in it.
private struct ListedBaselines {
  var all: [BaselineDescription] = []
  var places: [Range<Int>] = []

  init(_ parts: [SuiteReport]) {
    for part in parts {
      places.append(all.count..<all.count + part.baselines.count)
      all += part.baselines
    }
  }
}

extension SuiteReport {
  fileprivate var mainBaseline: BaselineDescription {
    BaselineDescription(party: baseline, origin: origin)
  }

  /// - Parameter places: Where its baselines are among all.
  fileprivate func json(_ places: Range<Int>, isFirst: Bool) -> JSONValue {
    var facts: [String: JSONValue] = [
      "suite": .string(suite),
      "environment": .optional(machine?.key),
      "candidate": .object(candidate.json),
      "baseline": .optional(baselines.firstIndex(of: mainBaseline).map { places.lowerBound + $0 }),
      "baselines": .array(places.map { .integer(Int64($0)) }),
      "threshold": .number(policy.threshold.value),
      "thresholdSource": .string(policy.threshold.source),
      "family": policy.json(familySize: familyResult.familySize),
      "counts": familyResult.counts.json,
      "budgets": .integer(Int64(decision.budgets.count)),
      "machineShift": familyResult.machineShift?.json ?? .null,
      "told": .strings(told),
    ]
    if !policy.deciding.isEmpty { facts["decide"] = .strings(policy.deciding.map(\.text)) }
    // That of the first stands above, where it has always been.
    if !isFirst { facts["anchor"] = anchor.map { .object(anchored($0)) } ?? .null }
    if machine != candidate.environment { facts["machine"] = machine?.json ?? .null }
    return .object(facts.merging(outcome.json) { $1 })
  }

  /// A judgement, and of what it is.
  fileprivate func json(
    _ seriesResult: SeriesResult, _ outcome: RowOutcome, _ places: Range<Int>
  ) -> JSONValue {
    let baseline = seriesResult.standing.baseline.flatMap {
      baselines.indices.contains($0) ? $0 : nil
    }
    let place: [String: JSONValue] = [
      "baseline": .optional(baseline.map { places.lowerBound + $0 })
    ]
    return .object(
      seriesResult.json.merging(outcome.json) { $1 }.merging(subject) { $1 }.merging(place) { $1 })
  }

  fileprivate func json(_ ruling: BudgetRuling, _ outcome: RowOutcome) -> JSONValue {
    .object(ruling.json.merging(outcome.json) { $1 }.merging(subject) { $1 })
  }

  /// By which a row says of which part it is.
  fileprivate var subject: [String: JSONValue] {
    ["suite": .string(suite), "environment": .optional(machine?.key)]
  }

  /// Like the baseline and what was compared with it; null where there is none to compare with.
  fileprivate func anchored(_ anchor: AnchorDescription) -> [String: JSONValue] {
    let empty = SideDescription(name: "", commit: nil, tree: nil, runs: [], environment: nil)
    let facts: [String: JSONValue] = [
      "explanation": .string(anchor.explanation),
      "name": .optional(anchor.party?.name),
    ]
    return (anchor.party ?? empty).json.merging(facts) { $1 }
      .merging(decision.anchored?.json(outcomes.anchored, under: policy) ?? [:]) { $1 }
  }
}

extension RowOutcome {
  fileprivate var json: [String: JSONValue] {
    [
      "outcome": .string(outcome.rawValue), "fails": .bool(fails), "place": .string(place.rawValue),
    ]
  }
}

extension Outcome? {
  /// Nothing where nobody is judged.
  fileprivate var json: [String: JSONValue] {
    map { ["outcome": .string($0.rawValue), "status": .integer(Int64($0.status))] } ?? [:]
  }
}

extension BaselineDescription {
  fileprivate var json: [String: JSONValue] {
    party.json.merging([
      "rule": .string(origin.rule),
      "explanation": .string(origin.explanation),
      "distance": .optional(origin.distance),
      "skipped": .strings(origin.skipped),
    ]) { $1 }
  }
}

extension Loosening {
  fileprivate var json: JSONValue {
    .object([
      "key": .string(key), "pattern": .optional(pattern), "old": .optional(old),
      "new": .optional(new),
    ])
  }
}

extension NotJudged {
  fileprivate var json: JSONValue {
    .object([
      "suite": .string(suite), "environment": .optional(machine), "why": .string(why),
    ])
  }
}

extension SideDescription {
  fileprivate var json: [String: JSONValue] {
    let conditions = [
      "load": conditions.load.map(JSONValue.number),
      "pressure": conditions.pressure.map(JSONValue.number),
      "steal": conditions.steal.map(JSONValue.number),
      "governor": conditions.governor.map(JSONValue.string),
    ].compactMapValues(\.self)
    return [
      "name": .string(name),
      "commit": .optional(commitID),
      "tree": .optional(treeID),
      "runs": .strings(runs),
      "environment": environment?.json ?? .null,
    ].merging(conditions) { $1 }
  }
}

extension FamilyResult {
  /// Of the anchor.
  fileprivate func json(
    _ outcomes: [RowOutcome], under policy: Policy
  ) -> [String: JSONValue] {
    [
      "family": policy.json(familySize: familySize),
      "counts": counts.json,
      "series": .array(
        zip(seriesResults, outcomes).map { .object($0.json.merging($1.json) { $1 }) }),
    ]
  }
}

extension Policy {
  fileprivate func json(familySize size: Int) -> JSONValue {
    .object([
      "size": .integer(Int64(size)), "alpha": .number(alpha), "correction": .string(correctionName),
    ])
  }
}

extension [Verdict.Kind: Int] {
  fileprivate var json: JSONValue {
    .object(
      Dictionary<String, JSONValue>(
        uniqueKeysWithValues: map { ($0.key.rawValue, .integer(Int64($0.value))) }))
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
