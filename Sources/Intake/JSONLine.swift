/// A line of a text that is one JSON value, so that an error names the line besides the field.
struct JSONLine {
  let line: Line
  let root: JSONNode

  /// - Throws: ``IntakeError`` with the line for what is not one whole value.
  init(_ line: Line, of input: Input) throws(IntakeError) {
    self.line = line
    let name = "\(input.name):\(line.number)"
    do {
      root = try Input(name: name, text: String(line.text)).jsonNode()
    } catch {
      throw IntakeError(
        error.problem, input: input.name, line: line.number, field: error.field,
        text: error.text, hint: error.hint)
    }
  }

  /// Where a value of this line stands.
  func place(_ node: JSONNode) -> Harvest.Place {
    Harvest.Place(line: line.number, field: node.place.field)
  }
}

extension Input {
  /// The lines of a text with one JSON value per line, empty ones left out.
  func jsonLines() throws(IntakeError) -> [JSONLine] {
    var values: [JSONLine] = []
    for line in try lines() where line.text.contains(where: { !$0.isWhitespace }) {
      values.append(try JSONLine(line, of: self))
    }
    return values
  }
}
