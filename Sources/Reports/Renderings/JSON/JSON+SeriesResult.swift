import Measurements
import Verdicts

extension SeriesResult {
  var json: [String: JSONValue] {
    subject.merging(figures) { $1 }.merging(rules) { $1 }.merging(level.json) { $1 }
      .merging(history) { $1 }
  }

  /// What the history says of it; nothing where that is nothing.
  private var history: [String: JSONValue] {
    var facts: [String: JSONValue] = [:]
    if !decides { facts["decides"] = .bool(false) }
    if metric.isGuessed { facts["guessed"] = .bool(true) }
    if standing.isPaired { facts["paired"] = .bool(true) }
    if !standing.doubts.isEmpty { facts["doubts"] = .strings(standing.doubts) }
    if let redefinition { facts["redefinition"] = redefinition.json }
    return facts
  }

  private var subject: [String: JSONValue] {
    [
      "benchmark": .string(id.benchmark.name),
      "labels": .strings(id.benchmark.labels),
      "formerly": .optional(formerly),
      "metric": .string(id.metric),
      "unit": .string(metric.unit.symbol),
      "better": .string(metric.better.rawValue),
      "verdict": .string(verdict.kind.rawValue),
      "certain": .bool(verdict.isCertain),
      "reason": .optional(reason),
      "doubt": verdict.doubt?.json ?? .null,
      "mismatch": verdict.mismatch?.json ?? .null,
      "renamedTo": .optional(verdict.newName),
      "response": .optional(response?.rawValue),
    ]
  }

  private var figures: [String: JSONValue] {
    let test = comparison?.test
    return [
      "evidence": .optional(comparison?.evidence.rawValue),
      "old": comparison.map { $0.old.json($0.numbers.old) } ?? .null,
      "new": comparison.map { $0.new.json($0.numbers.new) } ?? .null,
      "change": .optional(comparison?.effect.change),
      "interval": .range(comparison?.effect.interval),
      "difference": .optional(comparison?.effect.difference?.estimate),
      "differenceInterval": .range(comparison?.effect.difference?.interval),
      "u": .optional(test?.u),
      "superiority": .optional(test?.superiority),
      "p": .optional(test?.p),
      "pExact": test.map { .bool($0.isExact) } ?? .null,
      "pCorrected": .optional(significance?.p),
      "pRank": .optional(significance?.rank),
      "pSufficient": .optional(significance?.strictestAlpha),
      "detectable": .optional(detectableChange),
    ].merging(significance?.separation?.json ?? [:]) { $1 }
      .merging(comparison?.swing?.json ?? [:]) { $1 }
      .merging(comparison?.blocksJSON ?? [:]) { $1 }
  }

  private var rules: [String: JSONValue] {
    [
      "threshold": .number(limit.threshold.value),
      "thresholdSource": .string(limit.threshold.source),
      "ignoreBelow": .optional(limit.floor?.value.value),
      "ignoreBelowWritten": .optional(limit.floor?.value.description),
      "ignoreBelowSource": .optional(limit.floor?.source),
      "waiver": waiver?.json ?? .null,
    ]
  }
}

extension Comparison {
  /// Only what was compared within blocks says so.
  fileprivate var blocksJSON: [String: JSONValue] {
    guard !blocks.isEmpty else { return [:] }
    return [
      "blocks": .array(blocks.map { .integer(Int64($0)) }),
      "pUnblocked": .optional(test?.unblocked),
    ]
  }
}

extension Separation {
  /// Only what is decided by it says so.
  fileprivate var json: [String: JSONValue] {
    ["separated": .object(["p": .number(p), "gap": .number(gap)])]
  }
}

extension Swing {
  /// Only what is seen among recordings before it says so.
  fileprivate var json: [String: JSONValue] {
    var facts: [String: JSONValue] = [
      "recordings": .integer(Int64(recordings)), "swing": .number(deviation),
      "change": .number(change), "p": .number(p),
    ]
    if let met { facts["met"] = .string(met.day?.description ?? "") }
    return ["history": .object(facts)]
  }
}

extension Level {
  /// Only what is judged at a look says so.
  fileprivate var json: [String: JSONValue] {
    guard let look else { return [:] }
    return [
      "look": .object([
        "rounds": .integer(Int64(look)), "alpha": .number(alpha), "confidence": .number(confidence),
      ])
    ]
  }
}

extension Side {
  fileprivate func json(_ numbers: Comparison.Numbers) -> JSONValue {
    .object([
      "rounds": .integer(Int64(rounds)), "median": .number(median),
      "values": .array(numbers.values.map(JSONValue.number)),
      "variation": .optional(numbers.variation),
    ])
  }
}

extension WaiverFinding {
  fileprivate var json: JSONValue {
    let finding: [String: JSONValue] = [
      "permits": .bool(state == .permits), "state": .string(state.rawValue),
    ]
    return .object(waiver.json.merging(finding) { $1 })
  }
}

extension WaiverState {
  var json: JSONValue {
    .object(waiver.json.merging(["expired": .bool(isExpired), "used": .bool(isUsed)]) { $1 })
  }
}

extension Waiver {
  /// What it permits besides a regression stands there only where there is something.
  fileprivate var json: [String: JSONValue] {
    let names = states.map(\.rawValue).sorted()
    return [
      "benchmark": .string(benchmark.text), "metric": .optional(metric?.text),
      "ceiling": .optional(ceiling), "expires": .string(expires.description),
      "reason": .string(reason), "place": .string(place),
    ].merging(names.isEmpty ? [:] : ["states": .array(names.map(JSONValue.string))]) { $1 }
  }
}

extension Redefinition {
  fileprivate var json: JSONValue {
    .object([
      "old": .string(old), "new": .string(new), "response": .string(response.rawValue),
    ])
  }
}

extension BudgetRuling {
  var json: [String: JSONValue] { facts.merging(level.json) { $1 } }

  private var facts: [String: JSONValue] {
    [
      "benchmark": .string(id.benchmark.name),
      "labels": .strings(id.benchmark.labels),
      "metric": .string(id.metric),
      "unit": .string(metric.unit.symbol),
      "better": .string(metric.better.rawValue),
      "limit": .number(budget.limit.value),
      "limitWritten": .string(budget.limit.description),
      "place": .string(budget.place),
      "state": .string(state.kind.rawValue),
      "reason": state.kind == .inconclusive ? .string(words) : .null,
      "doubt": state.doubt?.json ?? .null,
      "evidence": .string(evidence.rawValue),
      "rounds": .integer(Int64(side.rounds)),
      "median": .number(side.median),
      "interval": .range(interval),
    ]
  }
}

extension CommonShift {
  var json: JSONValue {
    .object([
      "factor": .number(factor), "moved": .integer(Int64(moved)), "count": .integer(Int64(count)),
    ])
  }
}
