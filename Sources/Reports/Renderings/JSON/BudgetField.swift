import Measurements
import Verdicts

/// The fields of a budget and of the ruling on it.
enum BudgetField {
  typealias Member<Value> = Field<BudgetRuling, Value>

  private static let limitValue = Member<Void>("limit") { .number($0.budget.limit.value) }
  static let limit = Member<Quantity>("limitWritten", .amount) { $0.budget.limit }
  static let place = Member<String>("place", .text) { $0.budget.place }
  static let state = Member<BudgetRuling.State.Kind>("state", .word) { $0.state.kind }
  private static let reason = Member<Void>("reason") { ruling in
    ruling.state.kind == .inconclusive ? .string(ruling.words) : .null
  }
  static let doubt = Member<Doubt?>("doubt", .optional(DoubtField.codec)) { $0.state.doubt }
  static let evidence = Member<Evidence>("evidence", .word) { $0.evidence }
  static let rounds = Member<Int>("rounds", .count) { $0.side.rounds }
  static let median = Member<Double>("median", .number) { $0.side.median }
  /// The member is there only if the budget limits a percentile.
  static let percentile = Member<Int?>("percentile", whereThere: .count) { $0.budget.percentile }
  /// The member is there only if there are values enough for the percentile.
  static let percentileValue = Member<Double?>("percentileValue", whereThere: .number) {
    $0.percentile
  }
  static let isWarning = Member<Bool>("warning", .bool, unless: false) { $0.budget.isWarning }
  static let interval = Member<ClosedRange<Double>?>("interval", .optional(.range)) {
    $0.interval
  }

  static let table =
    SubjectField.table.of { Subject(id: $0.id, metric: $0.metric) }
    + FieldTable(
      limitValue, limit, place, state, reason, doubt, evidence, rounds, median, interval)
    + FieldTable(percentile, percentileValue, isWarning)
    + LevelField.table.of { $0.level }
}

extension BudgetRuling {
  /// Reads a ruling. The patterns by which a budget was found are not in a report; here it is for
  /// its series alone.
  init(_ object: ReportObject, _ policy: Policy) throws(JSONError) {
    let id = try SubjectField.id(object)
    let percentile = try BudgetField.percentile.read(object)
    guard percentile.map((1...99).contains) ?? true else {
      throw try object.error(at: BudgetField.percentile.key, "not from 1 to 99")
    }
    self.init(
      id: id, metric: try SubjectField.metric(object),
      budget: Budget(
        benchmark: Pattern(literal: id.benchmark.name), metric: Pattern(literal: id.metric),
        percentile: percentile, limit: try BudgetField.limit.read(object),
        isWarning: try BudgetField.isWarning.read(object),
        place: try BudgetField.place.read(object)),
      state: try State(object),
      side: Side(
        rounds: try BudgetField.rounds.read(object), median: try BudgetField.median.read(object)),
      percentile: try BudgetField.percentileValue.read(object),
      interval: try BudgetField.interval.read(object),
      evidence: try BudgetField.evidence.read(object),
      level: try LevelField.level(object, alpha: policy.alpha))
  }
}

extension BudgetRuling.State {
  fileprivate init(_ object: ReportObject) throws(JSONError) {
    self =
      switch try BudgetField.state.read(object) {
      case .kept: .kept
      case .broken: .broken
      case .incomparable: .incomparable
      case .inconclusive: .inconclusive(try BudgetField.doubt.read(object, as: DoubtField.codec))
      }
  }

  fileprivate var doubt: Doubt? { if case .inconclusive(let doubt) = self { doubt } else { nil } }
}
