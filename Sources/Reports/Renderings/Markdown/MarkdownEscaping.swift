import Measurements

/// Returns text from elsewhere in a code element, in which it is shown unchanged.
///
/// The code is an element, because a table cell cannot hold every name between backticks (`\|` is
/// one it cannot). The element contains character references, because these mean the same in every
/// renderer, in a cell or not, and backslashes do not. In a code element GitHub and GitLab turn no
/// mention, issue number, emoji code or formula into something else. They still look for addresses,
/// in the text that the references have become; an empty comment inside prevents that they find
/// them.
func code(_ name: String, limit: Int = 120) -> String {
  "<code>\(name.visible(limit: limit).references)</code>"
}

/// Returns a cell of this program's words and numbers; all of it as code if a unit in it is more
/// than a word.
func cell(_ text: String) -> String {
  let scalars = Array(text.unicodeScalars)
  let isOrdinary = scalars.indices.allSatisfy { index in
    scalars[index].isOrdinary(after: scalars.before(index), before: scalars.after(index))
  }
  return isOrdinary ? text.replacing(" %", with: "\u{A0}%") : code(text, limit: 200)
}

/// Returns a number of this program with its unit, without a line break between them.
func figure(_ text: String) -> String {
  cell(text.replacing(" ", with: "\u{A0}").replacing("e-", with: "e\u{2011}"))
}

/// Returns a sentence of this program, in which names and words to be typed are between backticks.
func sentence(_ text: String) -> String {
  text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { index, part in
    index.isMultiple(of: 2) ? cell(String(part)) : code(String(part), limit: 200)
  }.joined()
}

extension String {
  /// The text with every ASCII character that could begin markup written so that no parser takes it
  /// for markup. Letters, digits and safe characters between them stay readable.
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
  /// True if the character can stand in a code element between its neighbours.
  fileprivate func isPlain(after: Unicode.Scalar, before: Unicode.Scalar) -> Bool {
    switch self {
    case " ", "/", "=", ",", "%", ";": true
    case "_", "-": after.isAlphanumeric && before.isAlphanumeric
    default: isAlphanumeric || !isASCII
    }
  }

  /// True for an ASCII letter or digit.
  var isAlphanumeric: Bool { isDigit || isLetter }

  private var isDigit: Bool { ("0"..."9").contains(self) }

  private var isLetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }

  /// True if the character can stand outside code between its neighbours: those that this program's
  /// sentences and numbers need, in the places where they need them.
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
  /// Returns the neighbour of a scalar; a space at the ends.
  fileprivate func before(_ index: Int) -> Unicode.Scalar { index > 0 ? self[index - 1] : " " }
  fileprivate func after(_ index: Int) -> Unicode.Scalar {
    index + 1 < count ? self[index + 1] : " "
  }
}
