import Measurements
import Verdicts

/// The fields of the fixed point: those of a side, and the outcome of the comparison with it.
enum AnchorField {
  /// The name; null if there is none to compare with.
  static let name = Field<AnchorDescription, String?>(SideField.name.key, .optional(.text)) {
    $0.party?.name
  }
  static let explanation = Field<AnchorDescription, String>("explanation", .text) {
    $0.explanation
  }
  static let series = Field<[ReportRow], Void>("series") { rows in
    .array(rows.map(ListedRow.rowTable.json))
  }

  static let table =
    (SideField.table.of { (anchor: AnchorDescription) in anchor.party ?? none }
    + FieldTable(name, explanation)).of { (part: SuiteReport) in part.anchor }
    + FieldTable(FamilyField.family).of { part in
      part.decision.anchored.map { Family(size: $0.familySize, part.policy) }
    }
    + FieldTable(FamilyField.counts).of { $0.decision.anchored?.counts }
    + FieldTable(series).of { part in
      part.decision.anchored.map { anchored in
        zip(anchored.seriesResults, part.outcomes.anchored).map(ReportRow.init)
      }
    }

  private static let none = SideDescription(
    name: "", commit: nil, tree: nil, runs: [], environment: nil)
}

/// The fixed point and its result. One that was compared with has its own series.
struct ReadAnchor {
  let party: AnchorDescription
  let judged: GateResult.Anchor
  /// The outcomes of the rows; empty if nobody states them.
  let outcomes: [RowOutcome]

  init(from reader: inout JSONReader) throws(JSONError) {
    let object = try ReportObject(from: &reader)
    party = try AnchorDescription(object)
    guard object.has(AnchorField.series.key) else {
      (judged, outcomes) = (.unavailable, [])
      return
    }
    judged = .judged(try object.familyResult(alpha: object.family(FamilyField.alpha)))
    let rows = try object.list(AnchorField.series.key, ReportObject.init)
    outcomes =
      rows.contains { $0.has(RowOutcomeField.fails.key) } ? try rows.map(RowOutcome.init) : []
  }
}

extension AnchorDescription {
  fileprivate init(_ object: ReportObject) throws(JSONError) {
    let isThere = try AnchorField.name.read(object) != nil
    self.init(
      party: isThere ? try SideDescription(object) : nil,
      explanation: try AnchorField.explanation.read(object))
  }
}
