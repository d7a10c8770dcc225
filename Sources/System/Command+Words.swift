extension Command {
  /// Parses a command as it is typed. The text is split as by a POSIX shell, but nothing is
  /// substituted: variables, patterns and other commands stay unchanged.
  ///
  /// - Returns: nil if there is no word, or if a quotation does not end.
  package init?(typed text: String) {
    guard let words = Self.words(of: text), let program = words.first else { return nil }
    self.init(program, Array(words.dropFirst()))
  }

  private static func words(of text: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var rest = text[...]
    while let character = rest.popFirst() {
      switch (character, quote) {
      case ("'", "'"), ("\"", "\""): quote = nil
      case ("'", nil), ("\"", nil):
        quote = character
        word = word ?? ""
      case ("\\", nil):
        guard let next = rest.popFirst() else { return nil }
        word = (word ?? "") + String(next)
      case ("\\", "\""):
        guard let next = rest.popFirst() else { return nil }
        let isSpecial = "\"\\$`".contains(next)
        word = (word ?? "") + (isSpecial ? "" : "\\") + String(next)
      case (_, nil) where character.isWhitespace:
        if let ended = word { words.append(ended) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    guard quote == nil else { return nil }
    return words + (word.map { [$0] } ?? [])
  }
}
