/// A place in a JSON value, such as `/result/0/solved` (RFC 6901).
package struct JSONPointer: Hashable, Sendable {
  package let description: String
  private let tokens: [String]

  /// Parses a pointer.
  ///
  /// - Returns: nil unless the text is empty, which is the whole value, or begins with a slash, and
  ///   each `~` is followed by 0 or 1.
  package init?(_ text: String) {
    guard text.isEmpty || text.hasPrefix("/") else { return nil }
    var tokens: [String] = []
    for part in text.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      guard let token = Self.unescaped(part) else { return nil }
      tokens.append(token)
    }
    description = text
    self.tokens = tokens
  }

  /// The value at the place; nil if there is none.
  package func value(in root: JSONValue) -> JSONValue? {
    tokens.reduce(root) { value, token in
      switch value {
      case .object(let members)?: members[token]
      case .array(let elements)?: Self.index(token, below: elements.count).map { elements[$0] }
      default: nil
      }
    }
  }

  /// The text with `~1` as a slash and `~0` as a tilde; nil if a tilde is followed by anything else.
  private static func unescaped(_ text: Substring) -> String? {
    var result = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      guard character == "~" else {
        result.append(character)
        continue
      }
      switch rest.popFirst() {
      case "0": result.append("~")
      case "1": result.append("/")
      default: return nil
      }
    }
    return result
  }

  /// An index without leading zeros.
  private static func index(_ token: String, below count: Int) -> Int? {
    guard let index = Int(token), String(index) == token, (0..<count).contains(index) else {
      return nil
    }
    return index
  }
}
