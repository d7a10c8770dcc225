extension String {
  /// The text as a part of a file's name, which leads to no other folder and needs no quotation.
  ///
  /// Letters, marks and digits of any script stay, and `.`, `_`, `+` and `=`, but for points that it
  /// begins with. Whatever else stands between them becomes one `-`. Of a long text the middle is left
  /// out, because names tend to differ at their ends.
  ///
  /// - Parameter limit: In bytes; more than a few.
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
  /// As many of the first ones as there is room for.
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
      // Some letters and marks cannot be seen.
      !properties.isDefaultIgnorableCodePoint
    default: false
    }
  }
}
