/// A name with wildcards: `*` stands for any characters, `?` for one.
package struct Pattern: Hashable, Sendable {
  package let text: String
  private let letters: [Character]
  /// The same as bytes; nil for what is not plain ASCII.
  private let bytes: [UInt8]?
  package let hasWildcards: Bool
  /// What a name begins with if it fits, as far as that is plain ASCII: it rules out most names
  /// before any is taken apart.
  private let beginning: [UInt8]

  package init(_ text: String) {
    self.text = text
    letters = Array(text)
    bytes = text.utf8.allSatisfy { $0 < 0x80 && $0 != 0x0D } ? Array(text.utf8) : nil
    hasWildcards = text.utf8.contains { "*?".utf8.contains($0) }
    beginning = text.utf8.prefix { $0 < 0x80 && !"*?".utf8.contains($0) }.map { $0 }
  }

  /// Whether it says more about a name that both fit: more characters are given literally, or as
  /// many and more of the others are counted, or it has fewer stars.
  package func isMoreSpecific(than other: Pattern) -> Bool {
    rank.lexicographicallyPrecedes(other.rank)
  }

  /// The most specific comes first.
  private var rank: [Int] {
    let (stars, singles) = (letters.count { $0 == "*" }, letters.count { $0 == "?" })
    return [stars + singles - letters.count, -singles, stars]
  }

  package func matches(_ name: String) -> Bool {
    guard name.utf8.starts(with: beginning) else { return false }
    guard hasWildcards else { return name == text }
    // Of plain ASCII each byte is a character, but for line breaks of two.
    let isPlain = bytes != nil && name.utf8.allSatisfy { $0 < 0x80 && $0 != 0x0D }
    if let bytes, isPlain {
      return Self.matches(
        bytes, Array(name.utf8), star: UInt8(ascii: "*"), single: UInt8(ascii: "?"))
    }
    return Self.matches(letters, Array(name), star: "*", single: "?")
  }

  private static func matches<Letter: Equatable>(
    _ pattern: [Letter], _ name: [Letter], star: Letter, single: Letter
  ) -> Bool {
    var (p, n) = (0, 0)
    // After a mismatch the last star takes one character more.
    var retry: (pattern: Int, name: Int)?
    while n < name.count {
      if p < pattern.count, pattern[p] == star {
        retry = (p, n)
        p += 1
      } else if p < pattern.count, pattern[p] == single || pattern[p] == name[n] {
        (p, n) = (p + 1, n + 1)
      } else if let last = retry {
        (p, n) = (last.pattern + 1, last.name + 1)
        retry = (last.pattern, last.name + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == star }
  }
}
