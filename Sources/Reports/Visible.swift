extension StringProtocol {
  /// The text on one line, harmless to a terminal: control characters, line breaks, and marks that
  /// change the direction of writing are shown as what they are.
  ///
  /// - Parameter limit: The most characters that are kept; names are data and may be of any length.
  package func visible(limit: Int = 120) -> String {
    let shown = unicodeScalars.prefix(limit * 4).map { scalar in
      scalar.isHarmless ? String(scalar) : scalar.name
    }.joined()
    guard shown.count > limit else { return shown }
    return shown.prefix(limit - 1) + "…"
  }
}

extension Unicode.Scalar {
  fileprivate var isHarmless: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
    // Emoji are joined by U+200D; the others of the kind turn or hide text.
    case .format: value == 0x200D
    default: true
    }
  }

  fileprivate var name: String {
    switch self {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(value, radix: 16, uppercase: true))}"
    }
  }
}
