import Measurements
import Verdicts

/// The fields of a row over tasks; a row has them only if it is one.
enum TaskField {
  typealias Member<Value> = Field<TaskComparison, Value>

  static let kind = Member<TaskComparison.Kind>("over", .word) { $0.kind }
  static let tasks = Member<Int>("tasks", .count) { $0.tasks }
  static let solved = Member<TaskComparison.Attempts?>("solved", whereThere: attempts) {
    $0.attempts
  }
  static let lost = names("lost") { $0.lost }
  static let won = names("won") { $0.won }
  static let flaky = names("flaky") { $0.flaky }
  static let reliability = Member<TaskComparison.Reliability?>(
    "reliability", whereThere: ReliabilityField.codec
  ) { $0.reliability }
  static let needed = Member<Int?>("attemptsNeeded", whereThere: .count) { $0.attemptsNeeded }
  static let excludable = Member<Double?>("excludable", whereThere: .number) { $0.excludable }

  static let table = FieldTable(
    kind, tasks, solved, lost, won, flaky, reliability, needed, excludable)

  /// A list of tasks, which a row of rates always has, and others unless it is empty.
  private static func names(
    _ key: String, _ names: @escaping @Sendable (TaskComparison) -> [String]
  ) -> Member<[String]> {
    Member(
      key: key,
      write: { tasks in
        let names = names(tasks)
        return tasks.kind == .rate || !names.isEmpty
          ? JSONCodec<[String]>.list(.text).write(names) : nil
      },
      read: { (object) throws(JSONError) in
        try object.present(key, JSONCodec<[String]>.list(.text).read) ?? []
      })
  }

  private static let attempts = FieldTable(
    Field<TaskComparison.Attempts, TaskComparison.Attempts.Side>("old", side) { $0.old },
    Field<TaskComparison.Attempts, TaskComparison.Attempts.Side>("new", side) { $0.new }
  ).codec { (object) throws(JSONError) in
    TaskComparison.Attempts(
      old: try object.member("old", side.read), new: try object.member("new", side.read))
  }

  /// A side as two numbers: the solved attempts, and all.
  private static let side = JSONCodec<TaskComparison.Attempts.Side>(
    write: { .array([.integer(Int64($0.solved)), .integer(Int64($0.count))]) },
    read: { (reader) throws(JSONError) in
      let numbers = try reader.list(JSONCodec<Int>.count.read)
      guard numbers.count == 2, numbers[0] <= numbers[1] else {
        throw reader.error("not the solved attempts and all of them")
      }
      return TaskComparison.Attempts.Side(solved: numbers[0], of: numbers[1])
    })
}

/// The fields of the probability to solve a task in all of several attempts.
private enum ReliabilityField {
  static let attempts = Field<TaskComparison.Reliability, Int>("attempts", .count) { $0.attempts }
  static let old = Field<TaskComparison.Reliability, Double>("old", .number) { $0.old }
  static let new = Field<TaskComparison.Reliability, Double>("new", .number) { $0.new }

  static let codec = FieldTable(attempts, old, new).codec { (object) throws(JSONError) in
    TaskComparison.Reliability(
      attempts: try attempts.read(object), old: try old.read(object), new: try new.read(object))
  }
}

extension ReportObject {
  /// Reads the tasks of a row; nil if it is none over tasks.
  ///
  /// - Parameter p: The p of the row before correction.
  func tasks(p: Double?) throws(JSONError) -> TaskComparison? {
    guard has(TaskField.kind.key) else { return nil }
    return TaskComparison(
      try TaskField.kind.read(self), tasks: try TaskField.tasks.read(self),
      attempts: try TaskField.solved.read(self), lost: try TaskField.lost.read(self),
      won: try TaskField.won.read(self), flaky: try TaskField.flaky.read(self),
      reliability: try TaskField.reliability.read(self), p: p,
      attemptsNeeded: try TaskField.needed.read(self),
      excludable: try TaskField.excludable.read(self))
  }
}
