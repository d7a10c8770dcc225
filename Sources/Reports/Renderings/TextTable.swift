/// One column of a table for a terminal, and the way a row fills it.
struct TextColumn<Row> {
  let title: String
  /// True if the column is aligned to the right, as numbers are.
  var right = false
  let cell: (Row) -> String

  /// Returns the title and the cells, all of one width; nil if no cell holds anything.
  func lines(_ rows: [Row]) -> [String]? {
    let cells = rows.map(cell)
    guard cells.contains(where: { !$0.isEmpty }) else { return nil }
    let widths = ([title] + cells).map(\.displayWidth)
    let widest = widths.max() ?? 0
    return zip([title] + cells, widths).map { text, width in
      let space = String(repeating: " ", count: widest - width)
      return right ? space + text : text + space
    }
  }
}

/// Returns a heading and a line for each row. Columns are as wide as their widest cell; a column
/// without any cell is left out.
func textTable<Row>(_ rows: [Row], _ columns: [TextColumn<Row>]) -> [String] {
  let columns = columns.compactMap { $0.lines(rows) }
  return (0...rows.count).map { index in
    columns.map { $0[index] }.joined(separator: "  ").trimmingEnd
  }
}

extension String {
  fileprivate var trimmingEnd: String {
    String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)])
  }
}
