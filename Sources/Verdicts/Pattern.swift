/// A name with wildcards: `*` stands for any characters, `?` for one.
package struct Pattern: Hashable, Sendable {
  package let text: String
  private let letters: [Character]
  /// What a name begins with if it fits, as far as that is plain ASCII: it rules out most names
  /// before any is taken apart.
  private let beginning: [UInt8]

  package init(_ text: String) {
    self.text = text
    letters = Array(text)
    beginning = text.utf8.prefix { $0 < 0x80 && !"*?".utf8.contains($0) }.map { $0 }
  }

  package var hasWildcards: Bool { letters.contains("*") || letters.contains("?") }

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
    let (pattern, name) = (letters, Array(name))
    var (p, n) = (0, 0)
    // After a mismatch the last star takes one character more.
    var retry: (pattern: Int, name: Int)?
    while n < name.count {
      if p < pattern.count, pattern[p] == "*" {
        retry = (p, n)
        p += 1
      } else if p < pattern.count, pattern[p] == "?" || pattern[p] == name[n] {
        (p, n) = (p + 1, n + 1)
      } else if let star = retry {
        (p, n) = (star.pattern + 1, star.name + 1)
        retry = (star.pattern, star.name + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
  }
}
