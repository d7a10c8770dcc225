import Measurements
import Verdicts

/// The subject of a row or a budget.
struct Subject {
  let id: Series.ID
  let metric: Metric
}

/// The fields that name the subject of a row or a budget.
enum SubjectField {
  typealias Member<Value> = Field<Subject, Value>

  static let benchmark = Member<String>("benchmark", .text) { $0.id.benchmark.name }
  static let labels = Member<[String: String]>("labels", .texts) { $0.id.benchmark.labels }
  static let metric = Member<String>("metric", .text) { $0.id.metric }
  static let unit = Member<String>("unit", .text) { $0.metric.unit.symbol }
  static let better = Member<Direction>("better", .word) { $0.metric.better }

  static let table = FieldTable(benchmark, labels, metric, unit, better)

  static func id(_ object: ReportObject) throws(JSONError) -> Series.ID {
    let labels = try labels.read(object)
    return Series.ID(
      benchmark: Benchmark(name: try benchmark.read(object), labels: labels),
      metric: try metric.read(object))
  }

  static func metric(_ object: ReportObject) throws(JSONError) -> Metric {
    Metric(
      try metric.read(object), Unit(try unit.read(object)), better: try better.read(object),
      isGuessed: try RowField.isGuessed.read(object))
  }
}

/// The fields of a judgement at a look, and the member that has them.
enum LevelField {
  typealias Member<Value> = Field<Level, Value>

  static let rounds = Member<Int?>("rounds", .optional(.count)) { $0.look }
  static let alpha = Member<Double>("alpha", .number) { $0.alpha }
  static let confidence = Member<Double>("confidence", .number) { $0.confidence }

  /// The member is there only if the row was judged at a look.
  static let look = Member<Level?>(
    "look", whereThere: FieldTable(rounds, alpha, confidence).codec(atLook)
  ) { $0.look == nil ? nil : $0 }

  static let table = FieldTable(look)

  /// - Parameter alpha: The alpha of the family.
  static func level(_ object: ReportObject, alpha: Double) throws(JSONError) -> Level {
    try look.read(object) ?? Level(alpha: alpha)
  }

  private static func atLook(_ object: ReportObject) throws(JSONError) -> Level {
    Level(
      alpha: try alpha.read(object), confidence: try confidence.read(object),
      look: try rounds.read(object, as: .count))
  }
}
