import Measurements
import Verdicts

/// One side of a row with the values that were compared.
struct ComparedSide {
  let side: Side
  let values: [Double]
  /// The standard deviation as a part of the mean; nil if there is none, and if a report is read.
  private let variation: Double?

  init(_ side: Side, _ numbers: Comparison.Numbers) {
    self.side = side
    values = numbers.values
    variation = numbers.variation
  }

  private init(_ object: ReportObject) throws(JSONError) {
    side = Side(rounds: try Self.rounds.read(object), median: try Self.median.read(object))
    values = try Self.values.read(object)
    variation = nil
  }
}

extension ComparedSide {
  private typealias Member<Value> = Field<ComparedSide, Value>

  private static let rounds = Member<Int>("rounds", .count) { $0.side.rounds }
  private static let median = Member<Double>("median", .number) { $0.side.median }
  private static let values = Member<[Double]>("values", .numbers) { $0.values }
  private static let variation = Member<Void>("variation") { side in
    side.variation.map { .number($0) } ?? .null
  }

  static let codec = FieldTable(rounds, median, values, variation).codec(ComparedSide.init)
}
