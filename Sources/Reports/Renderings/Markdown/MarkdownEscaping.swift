import Measurements

/// Text from elsewhere in a code element, in which it shows as it is.
///
/// An element rather than backticks, because a table cell cannot hold every name between backticks
/// (`\|` is one it cannot); and in it character references rather than backslashes, because those
/// mean the same in every renderer, in a cell or not. In a code element GitHub and GitLab turn no
/// mention, issue number, emoji code or formula into something else. Addresses are still looked for,
/// in the text that the references have become; an empty comment inside keeps them from being found.
func code(_ name: String, limit: Int = 120) -> String {
  "<code>\(name.visible(limit: limit).references)</code>"
}

/// A cell of our own words and numbers; all of it as code where a unit in it is more than a word.
func cell(_ text: String) -> String {
  let scalars = Array(text.unicodeScalars)
  let isOrdinary = scalars.indices.allSatisfy { index in
    scalars[index].isOrdinary(after: scalars.before(index), before: scalars.after(index))
  }
  return isOrdinary ? text.replacing(" %", with: "\u{A0}%") : code(text, limit: 200)
}

/// A number of ours with its unit, which no line break parts.
func figure(_ text: String) -> String {
  cell(text.replacing(" ", with: "\u{A0}").replacing("e-", with: "e\u{2011}"))
}

/// A sentence of ours, in which names and what is to be typed stand between backticks.
func sentence(_ text: String) -> String {
  text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { index, part in
    index.isMultiple(of: 2) ? cell(String(part)) : code(String(part), limit: 200)
  }.joined()
}

extension String {
  /// Every ASCII character that could begin markup, written so that no parser takes it for markup;
  /// letters, digits and what is safe between them stay readable.
  fileprivate var references: String {
    let scalars = Array(unicodeScalars)
    return scalars.indices.map { index in
      let scalar = scalars[index]
      let (after, before) = (scalars.before(index), scalars.after(index))
      if scalar.isPlain(after: after, before: before) { return String(scalar) }
      let endsPart = scalar == "@" || scalar == ":" && before == "/"
      return "&#\(scalar.value);" + (endsPart ? "<!-- -->" : "")
    }.joined()
  }
}

extension Unicode.Scalar {
  /// Whether it can stand in a code element between its neighbours.
  fileprivate func isPlain(after: Unicode.Scalar, before: Unicode.Scalar) -> Bool {
    switch self {
    case " ", "/", "=", ",", "%", ";": true
    case "_", "-": after.isAlphanumeric && before.isAlphanumeric
    default: isAlphanumeric || !isASCII
    }
  }

  /// Of ASCII.
  var isAlphanumeric: Bool { isDigit || isLetter }

  private var isDigit: Bool { ("0"..."9").contains(self) }

  private var isLetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }

  /// Whether it can stand outside code between its neighbours: what our own sentences and numbers
  /// need, in the places where they need it.
  fileprivate func isOrdinary(after: Unicode.Scalar, before: Unicode.Scalar) -> Bool {
    switch self {
    case ".": after.isDigit && before.isDigit
    case ":": before == " "
    // GH-12 is an issue; 2026-11-20 is a day.
    case "-": !(after.isAlphanumeric && before.isDigit) || after.isDigit
    case "?": before == " "
    case "%": !before.isAlphanumeric
    case "[": before.isDigit || "+-".unicodeScalars.contains(before)
    case "(": after == " "
    case " ", "+", ",", ";", ")", "]", "/": true
    default: isAlphanumeric || !isASCII && isHarmless
    }
  }
}

extension [Unicode.Scalar] {
  /// The neighbours of a scalar; a space at the ends.
  fileprivate func before(_ index: Int) -> Unicode.Scalar { index > 0 ? self[index - 1] : " " }
  fileprivate func after(_ index: Int) -> Unicode.Scalar {
    index + 1 < count ? self[index + 1] : " "
  }
}
