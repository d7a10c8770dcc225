import Measurements

/// A cell of a file for a spreadsheet.
enum CSVCell {
  /// A name or text from elsewhere.
  case name(String)
  /// A number or words of this program.
  case words(String)

  /// A line of cells, quoted as in RFC 4180, but it ends like those of a text file.
  static func line(_ cells: [CSVCell]) -> String {
    cells.map { quoted($0.text) }.joined(separator: ",") + "\n"
  }

  private var text: String {
    switch self {
    case .name(let text): text.visible(limit: Rendering.longest).withoutFormula
    case .words(let text): text
    }
  }

  static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { $0 == "," || $0 == "\"" }) else { return cell }
    return "\"\(cell.replacing("\"", with: "\"\""))\""
  }
}

extension String {
  /// The text with an apostrophe before each character that a spreadsheet would take for the start
  /// of a formula: at the beginning and, as some part cells there, behind a semicolon. Control
  /// characters are visible text already.
  var withoutFormula: String {
    var text = ""
    var isAtStart = true
    for character in self {
      if isAtStart && "=+-@＝＋－＠".contains(character) { text.append("'") }
      text.append(character)
      isAtStart = character == ";"
    }
    return text
  }
}
