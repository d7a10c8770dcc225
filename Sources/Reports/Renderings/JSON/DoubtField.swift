import Measurements
import Verdicts

/// The fields of a doubt; which of them are there depends on its kind.
enum DoubtField {
  typealias Member<Value> = Field<Doubt, Value>

  /// The cases of a doubt, by the names that the report has for them.
  enum Kind: String {
    case tooFewRounds, tooNoisy, withinOneProcess, withinSwing, nearLevel, levelBefore, amongMany
    case directionUnknown, tooFewAttempts
  }

  static let kind = Member<Kind>("kind", .word) { $0.kind }
  static let old = Member<Int?>("old", .optional(.count)) { $0.rounds?.old }
  static let new = Member<Int?>("new", .optional(.count)) { $0.rounds?.new }
  static let need = Member<Int?>("need", .optional(.count)) { $0.need }
  static let swing = Member<Double?>("swing", whereThere: .number) { $0.swing }
  /// The change; null if it is from zero.
  static let change = Member<Double??>("change", whereThere: .optional(.number)) { $0.change }
  static let day = Member<String??>("day", whereThere: .optional(.text)) { $0.day }
  static let p = Member<Double?>("p", whereThere: .number) { $0.amongMany?.p }
  static let family = Member<Int?>("family", whereThere: .count) { $0.amongMany?.family }

  static let margin = Member<Double?>("margin", whereThere: .number) { $0.attempts?.margin }
  /// The drop that the attempts exclude.
  static let excludable = Member<Double?>("excludable", whereThere: .number) {
    $0.attempts?.excludable
  }

  static let codec =
    FieldTable(kind, old, new, need, swing, change, day, p, family, margin, excludable)
    .codec(Doubt.init)
}

extension Doubt {
  fileprivate init(_ object: ReportObject) throws(JSONError) {
    let need = try DoubtField.need.read(object)
    self =
      switch try DoubtField.kind.read(object) {
      case .tooFewRounds:
        .tooFewRounds(
          old: try DoubtField.old.read(object, as: .count),
          new: try DoubtField.new.read(object, as: .count), need: need)
      case .tooNoisy: .tooNoisy(need: need)
      case .withinOneProcess: .withinOneProcess
      case .withinSwing:
        .withinSwing(
          deviation: try DoubtField.swing.read(object, as: .number),
          change: try DoubtField.change.read(object, as: .number))
      case .nearLevel: .nearLevel(change: try DoubtField.change.read(object, as: .number))
      case .levelBefore:
        .levelBefore(try DoubtField.day.read(object, as: .optional(.text)).flatMap { Day($0) })
      case .directionUnknown:
        .directionUnknown(change: try DoubtField.change.read(object, as: .optional(.number)))
      case .tooFewAttempts:
        .tooFewAttempts(
          need: need, margin: try DoubtField.margin.read(object, as: .number),
          excludable: try DoubtField.excludable.read(object))
      case .amongMany:
        .amongMany(
          p: try DoubtField.p.read(object, as: .number),
          family: try DoubtField.family.read(object, as: .count))
      }
  }

  fileprivate var kind: DoubtField.Kind {
    switch self {
    case .tooFewRounds: .tooFewRounds
    case .tooNoisy: .tooNoisy
    case .withinOneProcess: .withinOneProcess
    case .withinSwing: .withinSwing
    case .nearLevel: .nearLevel
    case .levelBefore: .levelBefore
    case .directionUnknown: .directionUnknown
    case .amongMany: .amongMany
    case .tooFewAttempts: .tooFewAttempts
    }
  }

  fileprivate var rounds: (old: Int, new: Int)? {
    if case .tooFewRounds(let old, let new, _) = self { (old, new) } else { nil }
  }

  fileprivate var attempts: (margin: Double, excludable: Double?)? {
    guard case .tooFewAttempts(_, let margin, let excludable) = self else { return nil }
    return (margin, excludable)
  }

  fileprivate var need: Int? {
    switch self {
    case .tooFewRounds(_, _, let need), .tooNoisy(let need), .tooFewAttempts(let need, _, _): need
    default: nil
    }
  }

  fileprivate var swing: Double? {
    if case .withinSwing(let deviation, _) = self { deviation } else { nil }
  }

  fileprivate var change: Double?? {
    switch self {
    case .withinSwing(_, let change), .nearLevel(let change): .some(change)
    case .directionUnknown(let change): .some(change)
    default: nil
    }
  }

  fileprivate var day: String?? {
    if case .levelBefore(let day) = self { .some(day?.description) } else { nil }
  }

  fileprivate var amongMany: (p: Double, family: Int)? {
    if case .amongMany(let p, let family) = self { (p, family) } else { nil }
  }
}
