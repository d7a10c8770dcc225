import Measurements

/// An element of XML as a value, so that escaping is in one place.
struct XMLElement {
  let name: String
  var attributes: KeyValuePairs<String, String> = [:]
  var text = ""
  var children: [XMLElement] = []

  /// The whole document, with a line for each element.
  var document: String {
    var lines = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    write(to: &lines, depth: 0)
    return lines
  }

  private func write(to lines: inout String, depth: Int) {
    let indent = String(repeating: "  ", count: depth)
    lines += "\(indent)<\(name)"
    for (name, value) in attributes { lines += " \(name)=\"\(value.escaped)\"" }
    guard !text.isEmpty || !children.isEmpty else { return lines += "/>\n" }
    lines += ">\(text.escaped)"
    guard !children.isEmpty else { return lines += "</\(name)>\n" }
    lines += "\n"
    for child in children { child.write(to: &lines, depth: depth + 1) }
    lines += "\(indent)</\(name)>\n"
  }
}

extension String {
  /// The text on one line and without the characters that XML forbids: controls and non-characters,
  /// which no reference can add either.
  fileprivate var escaped: String {
    visible(limit: Rendering.longest).escaping {
      switch $0 {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      default: nil
      }
    }
  }
}
