extension StringProtocol {
  /// The text on one line, harmless to a terminal. Control characters, line breaks, marks that
  /// change the direction of writing, and invisible characters are shown by their numbers.
  ///
  /// - Parameter limit: The most Unicode scalars that are kept, because names are data and may be
  ///   of any length. The cut is in the middle, because names usually differ at their ends.
  package func visible(limit: Int = 120) -> String {
    // Most texts are short and harmless.
    if unicodeScalars.dropFirst(limit).isEmpty, unicodeScalars.allSatisfy(\.isHarmless) {
      return String(self)
    }
    // Both ends are enough for a long text, because each scalar is shown by at least one.
    let ends =
      unicodeScalars.dropFirst(2 * limit).isEmpty
      ? Array(unicodeScalars) : unicodeScalars.prefix(limit) + unicodeScalars.suffix(limit)
    let shown = ends.map { $0.isHarmless ? String($0) : $0.name }.joined()
    let scalars = shown.unicodeScalars
    guard scalars.count > limit else { return shown }
    let end = (limit - 1) / 2
    return String(scalars.prefix(limit - 1 - end)) + "…" + String(scalars.suffix(end))
  }
}

extension Unicode.Scalar {
  fileprivate var name: String {
    switch self {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(value, radix: 16, uppercase: true))}"
    }
  }
}
