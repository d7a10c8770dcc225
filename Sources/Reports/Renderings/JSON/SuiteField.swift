import Measurements
import Verdicts

/// A part of a report, and the indices of its baselines in the list of all.
struct ListedPart {
  let part: SuiteReport
  let places: Range<Int>
  let isFirst: Bool

  /// The baseline that most rows have.
  fileprivate var mainBaseline: Int? {
    part.baselines.firstIndex(of: part.mainBaseline).map { places.lowerBound + $0 }
  }
}

extension SuiteReport {
  var mainBaseline: BaselineDescription { BaselineDescription(party: baseline, origin: origin) }
}

/// The fields of a part of a report; some of them stand in the report itself too, for its first
/// part.
enum SuiteField {
  typealias Member<Value> = Field<SuiteReport, Value>

  static let candidate = Member<SideDescription>("candidate", SideField.codec) { $0.candidate }
  static let machineShift = Member<Void>("machineShift") { part in
    part.familyResult.machineShift.map(CommonShiftField.table.json) ?? .null
  }
  static let anchor = Member<ReadAnchor?>(
    "anchor", write: { $0.anchor == nil ? .null : AnchorField.table.json($0) },
    read: { (reader) throws(JSONError) in try reader.optional(ReadAnchor.init) })

  static let threshold = Field<Policy, Double>("threshold", .number) { $0.threshold.value }
  static let thresholdSource = Field<Policy, String>("thresholdSource", .text) {
    $0.threshold.source
  }
  /// The member is there only if some metrics decide and others do not.
  static let deciding = Field<Policy, [String]>("decide", .list(.text), unless: []) {
    $0.deciding.map(\.text)
  }

  /// The fields that the report itself has, too, for its first part.
  static let leading =
    FieldTable(candidate, machineShift)
    + FieldTable(threshold, thresholdSource).of { (part: SuiteReport) in part.policy }

  static let told = Member<[String]>("told", .list(.text)) { $0.told }
  static let budgets = Member<Int>("budgets", .count) { $0.decision.budgets.count }
  /// The member is there only if it is not the candidate's environment.
  static let machine = Member<Environment?>("machine", whereThere: .environment) { part in
    part.machine != part.candidate.environment ? part.machine : nil
  }

  static let baseline = Field<ListedPart, Int?>("baseline", .optional(.count)) {
    $0.mainBaseline
  }
  static let baselines = Field<ListedPart, [Int]>("baselines", .list(.index)) {
    Array($0.places)
  }

  static let table =
    PartField.table.of { (entry: ListedPart) in PartName(entry.part) }
    + leading.of { $0.part } + FieldTable(told, budgets, machine).of { $0.part }
    + FieldTable(deciding).of { $0.part.policy } + FieldTable(baseline, baselines)
    + FieldTable(FamilyField.family).of { entry in
      Family(size: entry.part.familyResult.familySize, entry.part.policy)
    }
    + FieldTable(FamilyField.counts).of { $0.part.familyResult.counts }
    // The anchor of the first part stands in the report.
    + FieldTable(anchor).of { $0.isFirst ? nil : $0.part }
    + OutcomeField.table.of { $0.part.outcome }
}

/// The fields of a shift that most series have in common.
private enum CommonShiftField {
  static let factor = Field<CommonShift, Double>("factor", .number) { $0.factor }
  static let moved = Field<CommonShift, Int>("moved", .count) { $0.moved }
  static let count = Field<CommonShift, Int>("count", .count) { $0.count }

  static let table = FieldTable(factor, moved, count)
}
