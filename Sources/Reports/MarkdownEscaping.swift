/// A name in a code element: GitHub and GitLab turn no mention, issue number or emoji code in it into
/// something else.
///
/// An element rather than backticks, because a table cell cannot hold every name between backticks.
func code(_ name: String) -> String { "<code>\(name.visible().escaped)</code>" }

extension String {
  /// Text that shows as itself in GitHub's and GitLab's markdown, in a table cell and elsewhere.
  ///
  /// Every ASCII character that could begin markup is written as a character reference, which no
  /// parser takes for markup; letters, digits and what is safe between them stay readable.
  var escaped: String {
    let scalars = Array(unicodeScalars)
    return scalars.indices.map { index in
      let scalar = scalars[index]
      return scalar.isPlain || scalar == "_" && scalars.isInsideWord(index)
        ? String(scalar) : "&#\(scalar.value);"
    }.joined()
  }

  /// Text that cannot end an HTML comment or look like markup in it.
  var inComment: String {
    String(visible(limit: 80).map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "-" })
  }
}

extension Unicode.Scalar {
  fileprivate var isPlain: Bool {
    !isASCII || isAlphanumeric || " /=,%;±·…".unicodeScalars.contains(self)
  }

  fileprivate var isAlphanumeric: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: false
    }
  }
}

extension [Unicode.Scalar] {
  /// An underscore between letters or digits is no emphasis.
  fileprivate func isInsideWord(_ index: Int) -> Bool {
    index > 0 && index + 1 < count && self[index - 1].isAlphanumeric
      && self[index + 1].isAlphanumeric
  }
}
