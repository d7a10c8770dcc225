import Measurements
import Verdicts

/// The fields of the gate's outcome for the whole or for a part; neither is there if nobody is
/// judged.
enum OutcomeField {
  static let outcome = Field<Outcome?, Outcome?>("outcome", whereThere: .word) { $0 }
  static let status = Field<Outcome?, Int?>("status", whereThere: .clamped) { outcome in
    outcome.map { Int($0.status) }
  }

  static let table = FieldTable(outcome, status)
}

/// The fields of the gate's decision about a row.
enum RowOutcomeField {
  typealias Member<Value> = Field<RowOutcome, Value>

  static let outcome = Member<Outcome>("outcome", .word) { $0.outcome }
  static let fails = Member<Bool>("fails", .bool) { $0.fails }
  static let place = Member<RowOutcome.Place>("place", .word) { $0.place }

  static let table = FieldTable(outcome, fails, place)
}

extension RowOutcome {
  init(_ row: ReportObject) throws(JSONError) {
    self.init(
      try RowOutcomeField.outcome.read(row), place: try RowOutcomeField.place.read(row))
    guard try RowOutcomeField.fails.read(row) == fails else {
      throw try row.error(at: RowOutcomeField.fails.key, "not what its outcome says")
    }
  }
}
