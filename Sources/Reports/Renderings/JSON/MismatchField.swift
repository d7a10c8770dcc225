import Measurements
import Verdicts

/// The fields of a mismatch.
enum MismatchField {
  typealias Member<Value> = Field<Mismatch, Value>

  /// The cases of a mismatch, by the names that the report has for them.
  enum Kind: String {
    case unit, direction, ambiguous, ambiguousBase, summary, overflow, history, unreadable
  }

  static let kind = Member<Kind>("kind", .word) { $0.kind }
  static let old = Member<String?>("old", .optional(.text)) { $0.units?.old }
  static let new = Member<String?>("new", .optional(.text)) { $0.units?.new }
  static let reason = Member<String?>("reason", .optional(.text)) { $0.reason }

  static let codec = FieldTable(kind, old, new, reason).codec(Mismatch.init)
}

extension Mismatch {
  fileprivate init(_ object: ReportObject) throws(JSONError) {
    self =
      switch try MismatchField.kind.read(object) {
      case .unit:
        .unit(
          old: try MismatchField.old.read(object, as: .text),
          new: try MismatchField.new.read(object, as: .text))
      case .direction: .direction
      case .ambiguous: .ambiguous(inCandidate: true)
      case .ambiguousBase: .ambiguous(inCandidate: false)
      case .summary: .summary
      case .overflow: .overflow
      case .history: .history(try MismatchField.reason.read(object, as: .text))
      case .unreadable: .unreadable(try MismatchField.reason.read(object, as: .text))
      }
  }

  fileprivate var kind: MismatchField.Kind {
    switch self {
    case .unit: .unit
    case .direction: .direction
    case .ambiguous(let inCandidate): inCandidate ? .ambiguous : .ambiguousBase
    case .summary: .summary
    case .overflow: .overflow
    case .history: .history
    case .unreadable: .unreadable
    }
  }

  fileprivate var units: (old: String, new: String)? {
    if case .unit(let old, let new) = self { (old, new) } else { nil }
  }

  fileprivate var reason: String? {
    switch self {
    case .history(let reason), .unreadable(let reason): reason
    default: nil
    }
  }
}
