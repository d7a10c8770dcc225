/// A text of rows and columns with names in the first line. Commas (RFC 4180) or another character
/// separate the cells.
struct Table {
  let columns: [String]
  let rows: [Row]

  struct Row {
    let line: Int
    let cells: [String]
    let input: Input
    fileprivate let places: [String: Int]

    var place: ResultBuilder.Place {
      ResultBuilder.Place(line: line, text: cells.joined(separator: ","))
    }
  }
}

extension Input {
  /// The names in the first line, if the input is such a text; else nil. This is for detection.
  func columns(separator: Character = ",") -> [String]? {
    guard outline == nil, let text = file?.text, let end = text.utf8.firstIndex(of: 0x0a) else {
      return nil
    }
    var scanner = TableScanner(text[..<end], separator)
    return (try? scanner.row())??.map { $0.trimmed }
  }

  /// Reads all rows.
  ///
  /// - Throws: ``InputError`` for a quotation that does not end, and for a row with another number
  ///   of cells than there are names.
  func table(separator: Character = ",") throws(InputError) -> Table {
    var scanner = TableScanner(try text()[...], separator)
    var columns: [String]?
    var places: [String: Int] = [:]
    var rows: [Table.Row] = []
    while true {
      let line = scanner.line
      let cells: [String]?
      do {
        cells = try scanner.row()
      } catch {
        throw self.error("a quotation mark without its second one", line: line)
      }
      guard let cells else { break }
      guard let names = columns else {
        let names = cells.map(\.trimmed)
        columns = names
        places = Dictionary(
          names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        continue
      }
      if cells == [""] { continue }
      let row = Table.Row(line: line, cells: cells, input: self, places: places)
      guard cells.count == names.count else {
        throw self.error(
          "\(cells.count) cells under \(names.count) names", line: line, text: row.place.text)
      }
      rows.append(row)
    }
    return Table(columns: columns ?? [], rows: rows)
  }
}

extension Table.Row {
  /// The cell of a column; nil if there is no such column or the cell is empty.
  subscript(column: String) -> String? {
    guard let place = places[column], !cells[place].isEmpty else { return nil }
    return cells[place]
  }

  /// A cell that must be there.
  func text(_ column: String) throws(InputError) -> String {
    guard let text = self[column] else {
      throw input.error("'\(column)' is missing", line: line, text: place.text)
    }
    return text
  }

  /// A finite number that must be there.
  func number(_ column: String) throws(InputError) -> Double {
    let text = try text(column).trimmed
    guard let number = text.finiteDecimal else {
      throw input.error("'\(column)' is no finite number", line: line, text: text)
    }
    return number
  }

  /// A number that must be there and is not negative, as times, sizes and counts are.
  func amount(_ column: String) throws(InputError) -> Double {
    let number = try number(column)
    guard number >= 0 else {
      throw input.error("negative: \(number)", line: line, text: place.text)
    }
    return number
  }
}

extension String {
  /// The string without white space at its ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}

/// Reads one row after another.
private struct TableScanner {
  private var rest: Substring.UTF8View.SubSequence
  private let separator: UInt8
  private(set) var line = 1

  struct Unfinished: Error {}

  init(_ text: Substring, _ separator: Character) {
    rest = text.utf8[...]
    self.separator = separator.asciiValue ?? UInt8(ascii: ",")
  }

  /// Reads the next row.
  ///
  /// - Returns: nil at the end.
  mutating func row() throws(Unfinished) -> [String]? {
    guard !rest.isEmpty else { return nil }
    var cells: [String] = []
    while true {
      cells.append(rest.first == UInt8(ascii: "\"") ? try quoted() : plain())
      guard let end = rest.popFirst() else { return cells }
      guard end == separator else {
        line += 1
        return cells
      }
      // After a separator at the very end, there is one more cell, which is empty.
      if rest.isEmpty { return cells + [""] }
    }
  }

  private mutating func plain() -> String {
    let end = rest.firstIndex { $0 == separator || $0 == UInt8(ascii: "\n") } ?? rest.endIndex
    var cell = rest[..<end]
    rest = rest[end...]
    if rest.first != separator, cell.last == UInt8(ascii: "\r") { cell.removeLast() }
    return String(Substring(cell))
  }

  private mutating func quoted() throws(Unfinished) -> String {
    var bytes: [UInt8] = []
    rest.removeFirst()
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\n") { line += 1 }
      if byte != UInt8(ascii: "\"") {
        bytes.append(byte)
      } else if rest.first == UInt8(ascii: "\"") {
        bytes.append(byte)
        rest.removeFirst()
      } else {
        let tail = plain()
        return String(decoding: bytes, as: UTF8.self) + tail
      }
    }
    throw Unfinished()
  }
}
