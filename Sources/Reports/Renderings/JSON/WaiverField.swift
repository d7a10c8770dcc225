import Measurements
import Verdicts

/// The fields of a waiver.
enum WaiverField {
  typealias Member<Value> = Field<Waiver, Value>

  static let benchmark = Member<String>("benchmark", .text) { $0.benchmark.text }
  static let metric = Member<String?>("metric", .optional(.text)) { $0.metric?.text }
  static let ceiling = Member<Double?>("ceiling", .optional(.number)) { $0.ceiling }
  static let expires = Member<Day>("expires", .day) { $0.expires }
  static let reason = Member<String>("reason", .text) { $0.reason }
  static let place = Member<String>("place", .text) { $0.place }
  /// The states that a waiver permits besides a regression; a report of an older version has none.
  static let states = Member<[String]>("states", .list(.text), unless: []) {
    $0.states.map(\.rawValue).sorted()
  }

  fileprivate static let table =
    FieldTable(benchmark, metric, ceiling, expires, reason, place, states)
}

/// The fields of a waiver with its effect on a row.
enum WaiverFindingField {
  private static let permits = Field<WaiverFinding, Void>("permits") {
    .bool($0.state == .permits)
  }
  private static let state = Field<WaiverFinding, WaiverFinding.State>("state", .word) { $0.state }

  private static let waiver = WaiverField.table.of { (finding: WaiverFinding) in finding.waiver }

  static let codec = (waiver + FieldTable(permits, state)).codec { (object) throws(JSONError) in
    WaiverFinding(waiver: try Waiver(object), state: try state.read(object))
  }
}

/// The fields of a waiver, whether it holds, and whether anything needs it.
enum WaiverStateField {
  private static let isExpired = Field<WaiverState, Bool>("expired", .bool) { $0.isExpired }
  private static let isUsed = Field<WaiverState, Bool>("used", .bool) { $0.isUsed }

  private static let waiver = WaiverField.table.of { (state: WaiverState) in state.waiver }

  static let codec = (waiver + FieldTable(isExpired, isUsed)).codec { (object) throws(JSONError) in
    WaiverState(
      waiver: try Waiver(object), isExpired: try isExpired.read(object),
      isUsed: try isUsed.read(object))
  }
}

extension JSONCodec<Day> {
  fileprivate static var day: Self { parsed("day of the calendar") { Day($0) } }
}

extension Waiver {
  fileprivate init(_ object: ReportObject) throws(JSONError) {
    self.init(
      benchmark: Pattern(try WaiverField.benchmark.read(object)),
      metric: try WaiverField.metric.read(object).map { Pattern($0) },
      ceiling: try WaiverField.ceiling.read(object),
      states: Set(try WaiverField.states.read(object).compactMap { State(rawValue: $0) }),
      expires: try WaiverField.expires.read(object),
      reason: try WaiverField.reason.read(object), place: try WaiverField.place.read(object))
  }
}
