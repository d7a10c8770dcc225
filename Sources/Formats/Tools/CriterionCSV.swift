import Measurements

extension Format {
  /// The files `raw.csv` that criterion writes.
  ///
  /// Fixtures: criterion 0.3.6, and a file of an earlier version from the book
  /// of https://github.com/bheisler/criterion.rs.
  package static let criterionCSV = Format(
    name: "criterion-csv", summary: "criterion's `raw.csv`",
    carries: .samples, recognizes: recognizesCriterionCSV, read: readCriterionCSV)
}

/// The column of the measurements. Version 0.3.0 renamed it and added a column for the unit.
private let measurementColumns = ["sample_measured_value", "sample_time_nanos"]

@Sendable
private func recognizesCriterionCSV(_ input: Input) -> Bool {
  guard let columns = input.columns() else { return false }
  return columns.starts(with: ["group", "function", "value"])
    && columns.contains("iteration_count") && measurementColumns.contains(where: columns.contains)
}

/// Reads a file. The rows of a benchmark are its samples; a combined file may have
/// several benchmarks.
@Sendable
private func readCriterionCSV(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "criterion-csv")
  let table = try input.table()
  try builder.rejectTornEnd()
  let column = measurementColumns.first(where: table.columns.contains) ?? measurementColumns[0]
  var rows = table.rows[...]
  while let first = rows.first {
    let name = criterionName(of: first)
    let unit = first["unit"] ?? "ns"
    let samples = rows.prefix { criterionName(of: $0) == name && ($0["unit"] ?? "ns") == unit }
    rows = rows.dropFirst(samples.count)
    var totals: [Double] = []
    var iterations: [Double] = []
    for row in samples {
      totals.append(try row.amount(column))
      iterations.append(try row.number("iteration_count"))
    }
    try builder.add(
      CriterionSample(name: name, totals: totals, iterations: iterations, unit: unit),
      at: first.place)
  }
  return builder.reading()
}

/// The name as criterion itself makes it: `group/function/value`, without parts that are missing.
private func criterionName(of row: Table.Row) -> String {
  ["group", "function", "value"].compactMap { row[$0] }.joined(separator: "/")
}
