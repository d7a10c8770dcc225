import Measurements

extension Format {
  package static let otava = Format(
    name: "otava", summary: "CSV for Apache Otava: the newest row",
    carries: .summary, recognizes: recognizesOtava, read: readOtava)
}

@Sendable
private func recognizesOtava(_ input: Input) -> Bool {
  guard let columns = input.columns() else { return false }
  return columns.first == "time" && columns.contains("commit") && columns.count > 2
}

/// `time,commit,branch,metric1,…`, of which `branch` may be missing.
///
/// Test, units and directions stand in Otava's configuration: the test is called as the file here,
/// numbers have no unit, and less is taken for better. Columns of words are attributes.
@Sendable
private func readOtava(_ input: Input) throws(IntakeError) -> Reading {
  var harvest = Harvest(input, as: "otava")
  let table = try input.table()
  guard let newest = try table.newest() else { return harvest.reading() }
  harvest.warnOfOlder(table.rows.count - 1, newest["commit"], at: Harvest.Place(line: newest.line))
  let benchmark = Benchmark(name: input.stem)
  for column in table.columns where !["time", "commit", "branch"].contains(column) {
    guard !table.isAttribute(column) else {
      harvest.skip("attribute '\(column)'", at: Harvest.Place(line: 1))
      continue
    }
    guard newest[column] != nil else {
      harvest.skip("metric without a value", at: newest.place)
      continue
    }
    guard try harvest.isFirst(benchmark, column, at: Harvest.Place(line: 1)) else { continue }
    try harvest.add(
      [try newest.number(column)], to: benchmark, column, in: "1", better: .assumed(in: "1"),
      isSummary: true, at: newest.place)
  }
  return harvest.reading()
}

extension Table {
  /// The row of the latest time; of equal ones the last.
  ///
  /// Times are compared as they are written, number by number: `2024.01.08 3:00:00 +0100`, RFC 3339
  /// or seconds since 1970. They begin with the year, and time zones are not counted in.
  fileprivate func newest() throws(IntakeError) -> Row? {
    var newest: (row: Row, time: [Int])?
    for row in rows {
      let text = try row.text("time")
      let time = text.split { !$0.isASCII || !$0.isNumber }.prefix(6).compactMap { Int($0) }
      guard let year = time.first, year >= 1000 else {
        throw row.input.error("'time' does not begin with a year", line: row.line, text: text)
      }
      if let latest = newest?.time, time.lexicographicallyPrecedes(latest) { continue }
      newest = (row, time)
    }
    return newest?.row
  }

  /// Whether a column has words and no number at all.
  fileprivate func isAttribute(_ column: String) -> Bool {
    let cells = rows.compactMap { $0[column]?.trimmed }
    return !cells.isEmpty && cells.allSatisfy { $0.decimal == nil }
  }
}
