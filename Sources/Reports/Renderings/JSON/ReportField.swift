import Measurements
import Verdicts

/// A report whose baselines stand in one list.
struct ListedReport {
  let report: Report
  let baselines: [BaselineDescription]
  let parts: [ListedPart]

  init(_ report: Report) {
    self.report = report
    baselines = report.parts.flatMap(\.baselines)
    var (parts, end): ([ListedPart], Int) = ([], 0)
    for part in report.parts {
      let places = end..<end + part.baselines.count
      parts.append(ListedPart(part: part, places: places, isFirst: parts.isEmpty))
      end = places.upperBound
    }
    self.parts = parts
  }

  /// The baseline of the part with the most rows.
  fileprivate var mainBaseline: BaselineDescription? {
    report.parts.max {
      $0.familyResult.seriesResults.count < $1.familyResult.seriesResults.count
    }?.mainBaseline
  }

  /// The family of all parts, with the strictness that the first part was judged with.
  fileprivate var family: Family? {
    report.parts.first.map { first in
      Family(size: report.parts.reduce(0) { $0 + $1.familyResult.familySize }, first.policy)
    }
  }
}

/// The fields of the report itself; `baselines/schema/report.schema.json` describes them.
///
/// Absent values are null, not left out, so that a reader need not know which may be absent; but a
/// report that judges nobody has neither outcome nor status.
///
/// The members of the whole are those of all parts together, or of the first part if there is no
/// such thing; each part's own are in ``suites``.
enum ReportField {
  typealias Member<Value> = Field<Report, Value>
  typealias Listed<Value> = Field<ListedReport, Value>

  static let version = Member<Int64>("version", .version) { _ in Report.version }
  static let tool = Member<String>("tool", .text) { $0.tool }
  static let project = Member<String?>("project", .optional(.text), absent: nil) { $0.project }
  static let loosened = Member<[Loosening]>(
    "loosened", .list(LooseningField.codec), absent: []
  ) { $0.loosened }
  static let notJudged = Member<[NotJudged]>(
    "notJudged", .list(NotJudgedField.codec), absent: []
  ) { $0.notJudged }
  static let told = Member<[String]>("told", .list(.text), absent: []) { $0.told }
  static let waivers = Member<[WaiverState]>("waivers", .list(WaiverStateField.codec)) {
    $0.waivers
  }
  static let notes = Member<[String]>("notes", .list(.text)) { $0.notes }
  static let warnings = Member<[String]>("warnings", .list(.text)) { $0.allWarnings }

  static let suite = Listed<String?>("suite", whereThere: .text) { $0.report.parts.first?.suite }
  static let suites = Listed<Void>("suites") { listed in
    .array(listed.parts.map(SuiteField.table.json))
  }
  /// The baseline that most rows of the largest part have.
  static let baseline = Listed<BaselineDescription?>("baseline", whereThere: BaselineField.codec) {
    $0.mainBaseline
  }
  static let baselines = Listed<[BaselineDescription]>("baselines", .list(BaselineField.codec)) {
    $0.baselines
  }
  static let series = Listed<Void>("series") { listed in
    .array(listed.parts.flatMap(\.rows).map(ListedRow.table.json))
  }
  static let budgets = Listed<Void>("budgets") { listed in
    .array(listed.parts.flatMap(\.budgets).map(ListedBudget.table.json))
  }

  static let goals = Listed<Void>("goals") { listed in
    .array(listed.parts.flatMap(\.goals).map(ListedGoal.table.json))
  }

  static let table =
    (FieldTable(version, tool, project, loosened, notJudged, told, waivers, notes, warnings)
    + FieldTable(FamilyField.counts).of { $0.counts }
    + SuiteField.leading.of { $0.parts.first } + FieldTable(SuiteField.anchor).of { $0.parts.first }
    + OutcomeField.table.of { $0.outcome }).of { (listed: ListedReport) in listed.report }
    + FieldTable(FamilyField.family).of { $0.family }
    + FieldTable(suite, suites, baseline, baselines, series, budgets, goals)
}

extension ListedPart {
  fileprivate var rows: [ListedRow] {
    let name = PartName(part)
    return zip(part.familyResult.seriesResults, part.outcomes.series).map { result, outcome in
      let baseline = result.standing.baseline.flatMap {
        part.baselines.indices.contains($0) ? places.lowerBound + $0 : nil
      }
      return ListedRow(
        part: name, row: ReportRow(seriesResult: result, outcome: outcome), baseline: baseline)
    }
  }

  fileprivate var goals: [ListedGoal] {
    let name = PartName(part)
    return part.decision.goals.map { ListedGoal(part: name, result: $0) }
  }

  fileprivate var budgets: [ListedBudget] {
    let name = PartName(part)
    return zip(part.decision.budgets, part.outcomes.budgets).map {
      ListedBudget(part: name, row: RuledRow(ruling: $0, outcome: $1))
    }
  }
}

extension JSONCodec<Int64> {
  /// The codec of the version that is written, and the only one that is read.
  fileprivate static var version: Self {
    JSONCodec(
      write: JSONValue.integer,
      read: { (reader) throws(JSONError) in
        let version = try reader.integer()
        guard version == Report.version else {
          throw reader.error("version \(version), and only \(Report.version) is known here")
        }
        return version
      })
  }
}

/// The fields of a rule that a change loosens.
private enum LooseningField {
  static let key = Field<Loosening, String>("key", .text) { $0.key }
  static let pattern = Field<Loosening, String?>("pattern", .optional(.text)) { $0.pattern }
  static let old = Field<Loosening, String?>("old", .optional(.text)) { $0.old }
  static let new = Field<Loosening, String?>("new", .optional(.text)) { $0.new }

  static let codec = FieldTable(key, pattern, old, new).codec { (object) throws(JSONError) in
    Loosening(
      key: try key.read(object), pattern: try pattern.read(object), old: try old.read(object),
      new: try new.read(object))
  }
}

/// The fields of a recording that is not judged.
private enum NotJudgedField {
  static let suite = Field<NotJudged, String>("suite", .text) { $0.suite }
  static let machine = Field<NotJudged, String?>("environment", .optional(.text), absent: nil) {
    $0.machine
  }
  static let reason = Field<NotJudged, String>("why", .text) { $0.why }

  static let codec = FieldTable(suite, machine, reason).codec { (object) throws(JSONError) in
    NotJudged(
      suite: try suite.read(object), machine: try machine.read(object),
      why: try reason.read(object))
  }
}
