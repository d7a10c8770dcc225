import Forges

/// Patterns of paths, as in `.gitignore`. The last pattern that fits decides. A pattern with `!`
/// cancels earlier ones, a slash before the end anchors a pattern at the top, a slash at the end
/// means a folder, and `**` crosses folders.
package struct PathPatterns: Hashable, Sendable {
  private let rules: [Rule]

  /// - Parameter patterns: The patterns in the order of the file. Empty ones have no effect.
  package init(_ patterns: some Sequence<String>) { rules = patterns.compactMap(Rule.init) }

  /// Returns the decision of the last pattern that fits a path or a folder above it; nil if none
  /// fits.
  package func decision(on path: String) -> Bool? {
    let parts = path.split(separator: "/")
    var decision: Bool?
    for rule in rules {
      let fits = (1...max(1, parts.count)).contains { count in
        rule.fits(parts.prefix(count), isFolder: count < parts.count)
      }
      if fits { decision = !rule.isNegated }
    }
    return decision
  }

  package func matches(_ path: String) -> Bool { decision(on: path) ?? false }

  private struct Rule: Hashable, Sendable {
    let isNegated: Bool
    let isOfFolder: Bool
    let isAnchored: Bool
    let parts: [Part]

    init?(_ text: String) {
      var text = text[...]
      isNegated = text.first == "!"
      if isNegated { text = text.dropFirst() }
      isOfFolder = text.last == "/"
      if isOfFolder { text = text.dropLast() }
      isAnchored = text.contains("/")
      let names = (text.first == "/" ? text.dropFirst() : text)
        .split(separator: "/", omittingEmptySubsequences: false)
      guard !text.isEmpty, let last = names.last else { return nil }
      // `a/**` matches the files below folder `a`, and does not match `a` itself.
      parts = names.map(Part.init) + (last == "**" ? [Part("*")] : [])
    }

    func fits(_ path: ArraySlice<Substring>, isFolder: Bool) -> Bool {
      guard isFolder || !isOfFolder else { return false }
      guard isAnchored else { return path.last.map(parts[0].fits) ?? false }
      return PathPatterns.isWhole(
        Array(path), of: parts, isGap: { $0 == .folders }, fits: { $0.fits($1) })
    }
  }

  /// A component of a pattern: `**`, or a pattern of one file or folder name.
  private enum Part: Hashable, Sendable {
    case folders
    case name([Letter])

    init(_ text: Substring) {
      let isGap = text.count > 1 && text.allSatisfy { $0 == "*" }
      self = isGap ? .folders : .name(Letter.all(of: text))
    }

    func fits(_ name: Substring) -> Bool {
      switch self {
      case .folders: true
      case .name(let letters):
        PathPatterns.isWhole(Array(name), of: letters, isGap: { $0 == .any }, fits: { $0.fits($1) })
      }
    }
  }

  /// An element of the pattern of a name: a wildcard, a set of characters or a character.
  private enum Letter: Hashable, Sendable {
    case any
    case one
    case of(CharacterSet)
    case exactly(Character)
    case none

    static func all(of text: Substring) -> [Letter] {
      var rest = Array(text)[...]
      var letters: [Letter] = []
      while let first = rest.first {
        var length = 1
        switch first {
        case "*": letters.append(.any)
        case "?": letters.append(.one)
        case "[":
          let set = CharacterSet(rest)
          letters.append(set.map(Letter.of) ?? .none)
          length = set?.length ?? 1
        case "\\" where rest.count > 1:
          letters.append(.exactly(rest[rest.startIndex + 1]))
          length = 2
        default: letters.append(.exactly(first))
        }
        rest = rest.dropFirst(length)
      }
      return letters
    }

    func fits(_ letter: Character) -> Bool {
      switch self {
      case .any, .one: true
      case .of(let set): set.contains(letter)
      case .exactly(let own): own == letter
      case .none: false
      }
    }
  }
}

extension PathPatterns {
  /// Returns true if a pattern with gaps of any length matches a whole sequence. The time is
  /// proportional to the product of their lengths.
  ///
  /// If an element does not fit, only the last gap becomes longer, because everything before it is
  /// matched already.
  fileprivate static func isWhole<Element, Token>(
    _ items: [Element], of pattern: [Token], isGap: (Token) -> Bool, fits: (Token, Element) -> Bool
  ) -> Bool {
    var (item, token) = (0, 0)
    var gap: (item: Int, token: Int)?
    while item < items.count {
      if token < pattern.count, isGap(pattern[token]) {
        gap = (item, token)
        token += 1
      } else if token < pattern.count, fits(pattern[token], items[item]) {
        item += 1
        token += 1
      } else if let last = gap {
        gap = (last.item + 1, last.token)
        (item, token) = (last.item + 1, last.token + 1)
      } else {
        return false
      }
    }
    return pattern[token...].allSatisfy(isGap)
  }
}

/// A set of characters, `[a-z]` or `[!a-z]`.
private struct CharacterSet: Hashable, Sendable {
  let length: Int
  private let isNegated: Bool
  private let ranges: [ClosedRange<Character>]

  /// - Returns: nil if the bracket is not closed.
  init?(_ text: ArraySlice<Character>) {
    var rest = text.dropFirst()
    isNegated = ["!", "^"].contains(rest.first)
    if isNegated { rest = rest.dropFirst() }
    var ranges: [ClosedRange<Character>] = []
    var isFirst = true
    while let letter = rest.popFirst() {
      if letter == "]", !isFirst {
        self.ranges = ranges
        length = text.count - rest.count
        return
      }
      isFirst = false
      guard rest.first == "-", let end = rest.dropFirst().first, end != "]", end >= letter else {
        ranges.append(letter...letter)
        continue
      }
      ranges.append(letter...end)
      rest = rest.dropFirst(2)
    }
    return nil
  }

  func contains(_ letter: Character) -> Bool {
    ranges.contains { $0.contains(letter) } != isNegated
  }
}
