/// A name with wildcards: `*` stands for any characters, `?` for one.
///
/// A backslash before either of them, or before another backslash, makes the character an ordinary
/// one; before anything else it is an ordinary character itself.
package struct Pattern: Hashable, Sendable {
  package let text: String
  /// The only name that matches; nil if there are wildcards.
  package let literal: String?
  private let letters: [Token<Character>]
  /// The pattern as bytes; nil if it is not plain ASCII.
  private let bytes: [Token<UInt8>]?
  /// The plain ASCII bytes that a name must begin with to match. They rule out most names before
  /// any is taken apart.
  private let beginning: [UInt8]

  package init(_ text: String) {
    self.init(text, Self.tokens(of: text))
  }

  /// Creates the pattern that matches one name and nothing else.
  package init(literal name: String) {
    self.init(Self.escaped(name), name.map { .one($0) })
  }

  /// Creates the pattern of a typed text, which may be a name in full, whatever characters it has.
  package init(typed text: String, among names: some Sequence<String>) {
    if names.contains(text) { self.init(literal: text) } else { self.init(text) }
  }

  private init(_ text: String, _ letters: [Token<Character>]) {
    self.text = text
    self.letters = letters
    let ones = letters.compactMap(\.one)
    literal = ones.count == letters.count ? String(ones) : nil
    let isPlain = text.utf8.allSatisfy { $0 < 0x80 && $0 != 0x0D }
    bytes = isPlain ? letters.map { $0.map { $0.asciiValue ?? 0 } } : nil
    beginning = letters.prefix { $0.one?.plain != nil }.compactMap { $0.one?.plain }
  }

  package var hasWildcards: Bool { literal == nil }

  /// Returns a name as a pattern that matches nothing else.
  package static func escaped(_ name: String) -> String {
    guard name.utf8.contains(where: { "*?\\".utf8.contains($0) }) else { return name }
    return String(name.flatMap { "*?\\".contains($0) ? ["\\", $0] : [$0] })
  }

  /// True if this pattern is more specific than another for a name that both match: more characters
  /// are given literally, or as many and more of the others are counted, or it has fewer stars.
  package func isMoreSpecific(than other: Pattern) -> Bool {
    rank.lexicographicallyPrecedes(other.rank)
  }

  /// The rank of the pattern; the most specific pattern has the lowest rank.
  private var rank: [Int] {
    let (stars, singles) = (letters.count { $0 == .star }, letters.count { $0 == .single })
    return [stars + singles - letters.count, -singles, stars]
  }
}

extension Pattern {
  package func matches(_ name: String) -> Bool {
    if let literal { return name == literal }
    guard name.utf8.starts(with: beginning) else { return false }
    // In plain ASCII each byte is a character, except for line breaks of two bytes.
    let isPlain = bytes != nil && name.utf8.allSatisfy { $0 < 0x80 && $0 != 0x0D }
    if let bytes, isPlain { return Self.matches(bytes, Array(name.utf8)) }
    return Self.matches(letters, Array(name))
  }

  private static func matches<Letter>(_ pattern: [Token<Letter>], _ name: [Letter]) -> Bool {
    var (p, n) = (0, 0)
    // After a mismatch the last star takes one character more.
    var retry: (pattern: Int, name: Int)?
    while n < name.count {
      if p < pattern.count, pattern[p] == .star {
        retry = (p, n)
        p += 1
      } else if p < pattern.count, pattern[p].fits(name[n]) {
        (p, n) = (p + 1, n + 1)
      } else if let last = retry {
        (p, n) = (last.pattern + 1, last.name + 1)
        retry = (last.pattern, last.name + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == .star }
  }

  private static func tokens(of text: String) -> [Token<Character>] {
    var tokens: [Token<Character>] = []
    var isEscaped = false
    for letter in text {
      if isEscaped {
        tokens += ["*", "?", "\\"].contains(letter) ? [.one(letter)] : [.one("\\"), .one(letter)]
        isEscaped = false
      } else if letter == "\\" {
        isEscaped = true
      } else {
        tokens.append(letter == "*" ? .star : letter == "?" ? .single : .one(letter))
      }
    }
    return isEscaped ? tokens + [.one("\\")] : tokens
  }
}

/// One step of a pattern.
private enum Token<Letter: Hashable & Sendable>: Hashable, Sendable {
  case one(Letter)
  /// Any one character.
  case single
  /// Any characters, also none.
  case star

  var one: Letter? { if case .one(let letter) = self { letter } else { nil } }

  func fits(_ letter: Letter) -> Bool {
    switch self {
    case .one(let own): own == letter
    case .single: true
    case .star: false
    }
  }

  func map<Other>(_ transform: (Letter) -> Other) -> Token<Other> {
    switch self {
    case .one(let letter): .one(transform(letter))
    case .single: .single
    case .star: .star
    }
  }
}

extension Character {
  /// The only byte of the character, if nothing else could be written for it.
  fileprivate var plain: UInt8? { self == "\r\n" ? nil : asciiValue }
}
