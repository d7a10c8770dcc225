import Measurements
import Verdicts

/// What a verdict holds besides its kind.
extension Verdict {
  var doubt: Doubt? { if case .inconclusive(let doubt) = self { doubt } else { nil } }
  var mismatch: Mismatch? { if case .incomparable(let mismatch) = self { mismatch } else { nil } }
  var newName: String? { if case .renamed(let name) = self { name } else { nil } }
}

extension BudgetRuling.State {
  var doubt: Doubt? { if case .inconclusive(let doubt) = self { doubt } else { nil } }
}

/// The cases of a doubt and of a mismatch, by the names that the report has for them.
enum DoubtKind: String {
  case tooFewRounds, tooNoisy, withinOneProcess, withinSwing, nearLevel, levelBefore, amongMany
  case directionUnknown
}

enum MismatchKind: String {
  case unit, direction, ambiguous, ambiguousBase, summary, overflow, history, unreadable
}

extension Doubt {
  var json: JSONValue {
    switch self {
    case .tooFewRounds(let old, let new, let need): Self.json(.tooFewRounds, old, new, need)
    case .tooNoisy(let need): Self.json(.tooNoisy, nil, nil, need)
    case .withinOneProcess: Self.json(.withinOneProcess, nil, nil, nil)
    case .withinSwing(let deviation, let change):
      Self.json(.withinSwing, ["swing": .number(deviation), "change": .number(change)])
    case .nearLevel(let change): Self.json(.nearLevel, ["change": .number(change)])
    case .levelBefore(let day):
      Self.json(.levelBefore, ["day": .optional(day?.description)])
    case .directionUnknown(let change):
      Self.json(.directionUnknown, ["change": .optional(change)])
    case .amongMany(let p, let family):
      Self.json(.amongMany, ["p": .number(p), "family": .integer(Int64(family))])
    }
  }

  private static func json(_ kind: DoubtKind, _ old: Int?, _ new: Int?, _ need: Int?) -> JSONValue {
    json(
      kind, ["old": .optional(old), "new": .optional(new), "need": .optional(need)])
  }

  private static func json(_ kind: DoubtKind, _ details: [String: JSONValue]) -> JSONValue {
    let common: [String: JSONValue] = [
      "kind": .string(kind.rawValue), "old": .null, "new": .null, "need": .null,
    ]
    return .object(common.merging(details) { $1 })
  }
}

extension Mismatch {
  var json: JSONValue {
    switch self {
    case .unit(let old, let new): Self.json(.unit, old, new)
    case .direction: Self.json(.direction)
    case .ambiguous(let inCandidate): Self.json(inCandidate ? .ambiguous : .ambiguousBase)
    case .summary: Self.json(.summary)
    case .overflow: Self.json(.overflow)
    case .history(let reason): Self.json(.history, reason: reason)
    case .unreadable(let reason): Self.json(.unreadable, reason: reason)
    }
  }

  private static func json(
    _ kind: MismatchKind, _ old: String? = nil, _ new: String? = nil, reason: String? = nil
  ) -> JSONValue {
    .object([
      "kind": .string(kind.rawValue), "old": .optional(old), "new": .optional(new),
      "reason": .optional(reason),
    ])
  }
}
