import Measurements

extension Format {
  package static let criterionCSV = Format(
    name: "criterion-csv", summary: "criterion's `raw.csv`",
    carries: .samples, recognizes: recognizesCriterionCSV, read: readCriterionCSV)
}

/// Version 0.3.0 renamed the column of the measurements and gave them a unit.
private let measurementColumns = ["sample_measured_value", "sample_time_nanos"]

@Sendable
private func recognizesCriterionCSV(_ input: Input) -> Bool {
  guard let columns = input.columns() else { return false }
  return columns.starts(with: ["group", "function", "value"])
    && columns.contains("iteration_count") && measurementColumns.contains(where: columns.contains)
}

/// The rows of a benchmark are its samples; a file that was put together may hold several benchmarks.
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

/// As criterion itself puts it together: `group/function/value`, of what there is.
private func criterionName(of row: Table.Row) -> String {
  ["group", "function", "value"].compactMap { row[$0] }.joined(separator: "/")
}
