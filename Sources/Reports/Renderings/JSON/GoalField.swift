import Measurements
import Verdicts

/// A goal as a part of a report lists it.
struct ListedGoal {
  let part: PartName
  let result: GoalResult

  static let table =
    PartField.table.of { (goal: ListedGoal) in goal.part } + GoalField.table.of { $0.result }
}

/// The fields of a goal and of its state.
private enum GoalField {
  typealias Member<Value> = Field<GoalResult, Value>

  static let metric = Member<String>("metric", .text) { $0.goal.metric.text }
  static let benchmark = Member<String?>("benchmark", .optional(.text)) { $0.goal.benchmark?.text }
  static let against = Member<String>("against", .text) { $0.goal.against }
  static let change = Member<Double>("change", .number) { $0.goal.change }
  static let fails = Member<Bool>("fail", .bool) { $0.goal.fails }
  static let place = Member<String>("place", .text) { $0.goal.place }
  static let state = Member<GoalRow.State.Kind>("state", .word) { $0.state }
  static let trouble = Member<String?>("reason", .optional(.text)) { $0.trouble }
  private static let words = Member<Void>("words") { .string($0.words) }
  static let rows = Member<[GoalRow]>("series", .list(GoalRowField.codec)) { $0.rows }

  static let table = FieldTable(
    metric, benchmark, against, change, fails, place, state, trouble, words, rows)
}

extension GoalResult {
  init(_ object: ReportObject) throws(JSONError) {
    self.init(
      goal: Goal(
        metric: Pattern(try GoalField.metric.read(object)),
        benchmark: try GoalField.benchmark.read(object).map { Pattern($0) },
        against: try GoalField.against.read(object), change: try GoalField.change.read(object),
        fails: try GoalField.fails.read(object), place: try GoalField.place.read(object)),
      rows: try GoalField.rows.read(object), trouble: try GoalField.trouble.read(object))
    guard try GoalField.state.read(object) == state else {
      throw try object.error(at: GoalField.state.key, "not what its series say")
    }
  }
}

/// The fields of a series of a goal.
private enum GoalRowField {
  typealias Member<Value> = Field<GoalRow, Value>

  static let state = Member<GoalRow.State.Kind>("state", .word) { $0.state.kind }
  static let reason = Member<String?>("reason", .optional(.text)) { $0.reason }
  static let change = Member<Double?>("change", .optional(.number)) { $0.change }
  static let interval = Member<ClosedRange<Double>?>("interval", .optional(.range)) {
    $0.interval
  }

  static let codec =
    (SubjectField.table.of { (row: GoalRow) in Subject(id: row.id, metric: row.metric) }
    + FieldTable(state, reason, change, interval)).codec { (object) throws(JSONError) in
      GoalRow(
        id: try SubjectField.id(object), metric: try SubjectField.metric(object),
        state: try GoalRow.State(object), change: try change.read(object),
        interval: try interval.read(object))
    }
}

extension GoalRow.State {
  fileprivate init(_ object: ReportObject) throws(JSONError) {
    self =
      switch try GoalRowField.state.read(object) {
      case .met: .met
      case .notMet: .notMet
      case .open: .open(.told(try GoalRowField.reason.read(object, as: .text)))
      }
  }
}

extension ReportObject {
  /// Returns the goals of a part; none in reports of older versions.
  func goals(of part: PartName) throws(JSONError) -> [GoalResult] {
    guard has(ReportField.goals.key) else { return [] }
    let goals = try list(ReportField.goals.key) {
      (reader) throws(JSONError) -> GoalResult? in
      let goal = try ReportObject(from: &reader)
      let name = try PartName(goal)
      return name == part ? try GoalResult(goal) : nil
    }
    return goals.compactMap(\.self)
  }
}
