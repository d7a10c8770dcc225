extension String {
  /// The text as a part of a file name that leads to no other folder and needs no quotation.
  ///
  /// Letters, marks and digits of any script stay, and `.`, `_`, `+` and `=`, except for points at
  /// the beginning. All other characters between them become one `-`. The middle of a long text is
  /// left out, because names usually differ at their ends.
  ///
  /// - Parameter limit: The limit in bytes; more than a few.
  func asFileName(limit: Int = 80) -> String {
    let words = unicodeScalars.split { !$0.fitsFileName }.map(String.init)
    let name = words.joined(separator: "-").unicodeScalars.drop { $0 == "." || $0 == "-" }
    guard !name.isEmpty else { return "unnamed" }
    guard String(name).utf8.count > limit else { return String(name) }
    let most = limit / 2 - 1
    let end = name.reversed().whole(inBytes: most).reversed()
    return [name.whole(inBytes: most), ["-", "-"], Array(end)].joined().reduce(into: "") {
      $0.unicodeScalars.append($1)
    }
  }
}

extension Sequence<Unicode.Scalar> {
  /// The first characters that fit into the limit.
  fileprivate func whole(inBytes limit: Int) -> [Unicode.Scalar] {
    var size = 0
    return Array(
      prefix { scalar in
        size += UTF8.width(scalar)
        return size <= limit
      })
  }
}

extension Unicode.Scalar {
  fileprivate var fitsFileName: Bool {
    if isASCII, "._+=".unicodeScalars.contains(self) { return true }
    return switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .decimalNumber:
      // Some letters and marks are invisible.
      !properties.isDefaultIgnorableCodePoint
    default: false
    }
  }
}
