/// Warnings in groups, for readers who do not want every one of them. Each warning is there once.
/// Warnings that differ only in names and numbers are on one line, with the names of the first
/// three and their count.
///
/// A name is a text between single quotation marks, a number, or an abbreviated id.
extension [String] {
  package var grouped: [String] {
    var groups: [String: [Phrase]] = [:]
    var order: [String] = []
    var seen: Set<String> = []
    for text in self where seen.insert(text).inserted {
      let phrase = Phrase(text)
      if groups[phrase.shape] == nil { order.append(phrase.shape) }
      groups[phrase.shape, default: []].append(phrase)
    }
    return order.compactMap { groups[$0].flatMap(Self.line) }
  }

  private static func line(_ phrases: [Phrase]) -> String? {
    guard let first = phrases.first else { return nil }
    let others = phrases.dropFirst().map { $0.names(besides: first) }
    guard !others.isEmpty else { return first.text }
    return "\(first.text) (the same of \(others.listed(first: 2)); \(phrases.count) in all)"
  }
}

/// A sentence without its names.
private struct Phrase {
  let text: String
  let shape: String
  private let names: [Substring]

  private static let mostCharacters = 1000

  init(_ text: String) {
    self.text = text
    // A longer text is shown shortened, and has no names that anybody would see.
    let read = text.prefix(Self.mostCharacters)
    let matches = read.matches(of: /'[^']*'|\b[0-9a-f]{7,64}\b|\b[0-9]+\b/)
    names = matches.map(\.output)
    var (shape, end) = ("", read.startIndex)
    for match in matches {
      shape += read[end..<match.range.lowerBound] + "\u{0}"
      end = match.range.upperBound
    }
    self.shape = shape + text[end...]
  }

  /// Returns the names in which this phrase differs from another of its shape; ids and quoted
  /// names, if there are any.
  func names(besides other: Phrase) -> String {
    let own = zip(names, other.names).filter { $0 != $1 }.map { String($0.0) }
    let telling = own.filter { !$0.allSatisfy(\.isNumber) }
    return (telling.isEmpty ? own : telling).joined(separator: " ")
  }
}
