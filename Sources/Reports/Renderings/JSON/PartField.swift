import Measurements
import Verdicts

/// The name that tells the parts of a report apart.
struct PartName: Equatable {
  let suite: String
  /// The key of the environment; nil if nobody knows it.
  let machine: String?

  init(_ part: SuiteReport) { (suite, machine) = (part.suite, part.machine?.key) }

  init(_ object: ReportObject) throws(JSONError) {
    suite = try PartField.suite.read(object)
    machine = try PartField.machine.read(object)
  }

  /// Checks that a row is of this part.
  func check(_ row: ReportObject) throws(JSONError) {
    let other = try PartName(row)
    guard other.suite == suite, other.machine == machine else {
      throw try row.error(
        at: PartField.suite.key, "not the suite and machine that it is listed under")
    }
  }
}

/// The fields that name a part in the part itself, its rows and its budgets.
enum PartField {
  static let suite = Field<PartName, String>("suite", .text) { $0.suite }
  static let machine = Field<PartName, String?>("environment", .optional(.text)) { $0.machine }

  static let table = FieldTable(suite, machine)
}

/// A row as a part of a report lists it.
struct ListedRow {
  let part: PartName
  let row: ReportRow
  /// The index of its baseline in the list of all.
  let baseline: Int?

  static let baselineField = Field<ListedRow, Int?>("baseline", .optional(.count)) {
    $0.baseline
  }

  static let table =
    PartField.table.of { (row: ListedRow) in row.part } + rowTable.of { $0.row }
    + FieldTable(baselineField)

  /// The fields of a row in every list.
  static let rowTable =
    RowField.table.of { (row: ReportRow) in row.seriesResult }
    + RowOutcomeField.table.of { $0.outcome }
}

/// A budget as a part of a report lists it.
struct ListedBudget {
  let part: PartName
  let row: RuledRow

  static let table =
    PartField.table.of { (budget: ListedBudget) in budget.part }
    + BudgetField.table.of { $0.row.ruling } + RowOutcomeField.table.of { $0.row.outcome }
}
