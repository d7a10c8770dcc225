import Measurements

extension Format {
  package static let otava = Format(
    name: "otava", summary: "CSV for Apache Otava",
    carries: .summary, recognizes: recognizesOtava, walk: walkOtava)
}

@Sendable
private func recognizesOtava(_ input: Input) -> Bool {
  guard let columns = input.columns() else { return false }
  return columns.first == "time" && columns.contains("commit") && columns.count > 2
}

/// Finds all entries of a table `time,commit,branch,metric1,…`, in which `branch` may be missing.
///
/// The test, the units and the directions are in Otava's configuration. Here the test has the name
/// of the file, numbers have no unit, and ``DirectionTable`` gives the directions. Columns of words
/// are attributes.
@Sendable
private func walkOtava(_ input: Input, _ visit: HistoryRecord.Visitor) throws(InputError) {
  let table = try input.table()
  if let row = table.rows.last { try input.checkEnd(on: row.line) }
  let attributes = Set(table.columns.filter(table.isAttribute))
  for row in table.rows {
    try visit(
      HistoryRecord(
        commit: row["commit"]?.trimmed, time: Result { () throws(InputError) in try row.time() },
        input: input,
        place: ResultBuilder.Place(line: row.line),
        read: { (builder) throws(InputError) in
          try builder.add(row, under: table.columns, attributes: attributes)
        }))
  }
}

extension Table.Row {
  fileprivate func time() throws(InputError) -> Timestamp {
    let text = try text("time")
    guard let time = Timestamp(written: text.trimmed) else {
      throw input.error(
        "'time' is none that is known", line: line, text: text,
        hint: "write it like 2026-01-31T12:00:00Z, or as seconds since 1970")
    }
    return time
  }
}

extension ResultBuilder {
  fileprivate mutating func add(
    _ row: Table.Row, under columns: [String], attributes: Set<String>
  ) throws(InputError) {
    let benchmark = Benchmark(name: input.stem)
    for column in columns where !["time", "commit", "branch"].contains(column) {
      guard !attributes.contains(column) else {
        skip("attribute '\(column)'", at: Place(line: 1))
        continue
      }
      guard row[column] != nil else {
        skip("metric without a value", at: row.place)
        continue
      }
      guard try isFirst(benchmark, column, at: Place(line: 1)) else { continue }
      try add(
        [try row.number(column)], to: benchmark, column, in: "1", isSummary: true, at: row.place)
    }
  }
}

extension Table {
  /// True if a column has words and no number at all, not even one with a unit.
  fileprivate func isAttribute(_ column: String) -> Bool {
    let cells = rows.compactMap { $0[column]?.trimmed }
    return !cells.isEmpty && cells.allSatisfy { $0.decimal == nil && !Self.isQuantity($0) }
  }

  private static func isQuantity(_ cell: String) -> Bool {
    let unit = cell.drop { $0.isNumber || ".+-eE ".contains($0) }
    return cell.first?.isNumber == true && UnitConversion.knows(String(unit))
  }
}
