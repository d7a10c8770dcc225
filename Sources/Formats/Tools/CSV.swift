extension Format {
  /// Numbers in CSV that a person or a script writes. ``PlainRow`` describes the columns, which
  /// this project defines.
  package static let csv = Format(
    name: "csv", summary: "columns benchmark, metric, unit, value, …",
    carries: .rounds, recognizes: recognizesCSV, read: readCSV)
}

@Sendable
private func recognizesCSV(_ input: Input) -> Bool {
  guard let columns = input.columns() else { return false }
  return PlainRow.required.allSatisfy(columns.contains)
}

@Sendable
private func readCSV(_ input: Input) throws(InputError) -> ParsedResults {
  let table = try input.table()
  for (index, column) in table.columns.enumerated() {
    guard !column.isEmpty, !table.columns[..<index].contains(column) else {
      throw input.error("a column without a name of its own: '\(column)'", line: 1)
    }
  }
  var rows = PlainRows(input, as: "csv")
  for row in table.rows {
    let cells = table.columns.compactMap { column in row[column].map { (column, $0) } }
    do {
      try rows.add(Dictionary(uniqueKeysWithValues: cells), at: row.place)
    } catch {
      try rows.reject(error.problem, at: row.place)
    }
  }
  return try rows.reading()
}
