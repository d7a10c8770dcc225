/// A name with wildcards: `*` stands for any characters, `?` for one.
package struct Pattern: Hashable, Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  /// How many characters are given literally; the pattern with more of them is more specific.
  package var specificity: Int { text.count { $0 != "*" && $0 != "?" } }

  package func matches(_ name: String) -> Bool {
    let (pattern, name) = (Array(text), Array(name))
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
