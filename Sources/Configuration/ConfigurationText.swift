import Formats
package import Git

/// A text in git's configuration syntax, parsed by git's own grammar, `config.c` of git.
///
/// libgit2 reads texts from version 1.8 on, and before that only files. It takes a null byte for
/// the end, and accepts some lines that git refuses. A commit must be judged by the content of its
/// tree, and by nothing that git itself would refuse. The grammar, which takes a page, is therefore
/// implemented here. It reads each byte once.
package struct ConfigurationText {
  package struct Line: Hashable, Sendable {
    package let entry: ConfigurationEntry
    /// The line of the key, from 1.
    package let number: Int
    /// The number of the heading above the key. It distinguishes sections of the same name.
    package let heading: Int
    /// The line of that heading, from 1.
    package let headingLine: Int
  }

  /// The error for a line that git would refuse.
  package struct BadLine: Error {
    package let number: Int
  }

  package private(set) var lines: [Line] = []

  package init(_ bytes: [UInt8]) throws(BadLine) {
    var reader = Reader(bytes: bytes)
    lines = try reader.lines()
  }
}

private struct Reader {
  private let bytes: [UInt8]
  private var next = 0
  /// The line of the byte that was read last.
  private var line = 1
  private var heading = 0
  private var headingLine = 0
  /// The current section, `gate` or `benchmark.parse/*`; nil above the first heading.
  private var section: [UInt8]?

  init(bytes: [UInt8]) {
    self.bytes = bytes
    // Some editors put this mark before everything else.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { next = 3 }
  }

  mutating func lines() throws(ConfigurationText.BadLine) -> [ConfigurationText.Line] {
    var lines: [ConfigurationText.Line] = []
    if let null = bytes.firstIndex(of: 0) {
      let before = bytes[..<null].count { $0 == .lineFeed }
      throw ConfigurationText.BadLine(number: before + 1)
    }
    while let byte = read() {
      if byte.isSpace { continue }
      if byte == .semicolon || byte == .hash {
        while let byte = read(), byte != .lineFeed {}
      } else if byte == .bracket {
        try readHeading()
      } else if byte.isLetter {
        lines.append(try readKey(byte))
      } else {
        throw bad
      }
    }
    return lines
  }

  /// Reads the next byte. A line break of two bytes is read as one. Returns nil at the end.
  private mutating func read() -> UInt8? {
    if next > 0, bytes[next - 1] == .lineFeed { line += 1 }
    guard next < bytes.count else { return nil }
    defer { next += 1 }
    if bytes[next] == .carriageReturn, next + 1 < bytes.count, bytes[next + 1] == .lineFeed {
      next += 1
    }
    return bytes[next]
  }

  private var bad: ConfigurationText.BadLine { ConfigurationText.BadLine(number: line) }

  /// Reads a heading: `[section]`, `[section "subsection"]` or the older `[section.subsection]`.
  private mutating func readHeading() throws(ConfigurationText.BadLine) {
    var name: [UInt8] = []
    heading += 1
    headingLine = line
    while let byte = read() {
      if byte == .closingBracket {
        guard !name.isEmpty else { throw bad }
        section = name
        return
      }
      if byte.isSpace {
        section = try readSubsection(of: name, after: byte)
        return
      }
      guard byte.isKey || byte == .dot else { throw bad }
      name.append(byte.lowercased)
    }
    throw bad
  }

  private mutating func readSubsection(
    of section: [UInt8], after space: UInt8
  ) throws(ConfigurationText.BadLine) -> [UInt8] {
    let bad = self.bad
    var byte: UInt8? = space
    while let space = byte, space.isSpace {
      guard space != .lineFeed else { throw bad }
      byte = read()
    }
    guard byte == .quote else { throw bad }
    var name = section + [.dot]
    while var byte = read() {
      if byte == .quote {
        guard read() == .closingBracket else { throw bad }
        return name
      }
      if byte == .backslash {
        guard let escaped = read() else { throw bad }
        byte = escaped
      }
      guard byte != .lineFeed else { throw bad }
      name.append(byte)
    }
    throw bad
  }

  private mutating func readKey(
    _ first: UInt8
  ) throws(ConfigurationText.BadLine) -> ConfigurationText.Line {
    let number = line
    var name = [first.lowercased]
    var byte = read()
    while let letter = byte, letter.isKey {
      name.append(letter.lowercased)
      byte = read()
    }
    while let space = byte, space == .space || space == .tab { byte = read() }
    // In git, a key without a value means true.
    var value = "true"
    if let byte, byte != .lineFeed {
      guard byte == .equals else { throw bad }
      value = try readValue()
    }
    return ConfigurationText.Line(
      entry: ConfigurationEntry(in: section, name, value: value), number: number, heading: heading,
      headingLine: headingLine)
  }

  private mutating func readValue() throws(ConfigurationText.BadLine) -> String {
    var (value, length) = ([UInt8](), 0)
    var (isQuoted, isComment) = (false, false)
    while let byte = read(), byte != .lineFeed {
      if isComment { continue }
      if byte.isSpace, !isQuoted {
        // Spaces count if something follows.
        if !value.isEmpty { value.append(byte) }
        continue
      }
      if !isQuoted, byte == .semicolon || byte == .hash {
        isComment = true
        continue
      }
      if byte == .backslash {
        if let escaped = try readEscape() { value.append(escaped) }
      } else if byte == .quote {
        isQuoted.toggle()
      } else {
        value.append(byte)
      }
      length = value.count
    }
    guard !isQuoted else { throw bad }
    return String(decoding: value.prefix(length), as: UTF8.self)
  }

  /// Reads the rest of an escape sequence.
  ///
  /// - Returns: The byte that it stands for; nil if the line continues.
  private mutating func readEscape() throws(ConfigurationText.BadLine) -> UInt8? {
    switch read() {
    case nil, UInt8.lineFeed?: nil
    case UInt8(ascii: "t")?: .tab
    case UInt8(ascii: "b")?: 8
    case UInt8(ascii: "n")?: .lineFeed
    case UInt8.backslash?: .backslash
    case UInt8.quote?: .quote
    default: throw bad
    }
  }
}

extension ConfigurationEntry {
  /// - Parameter heading: The section, with its subsection after the first dot.
  fileprivate init(in heading: [UInt8]?, _ name: [UInt8], value: String) {
    let heading = heading ?? []
    let dot = heading.firstIndex(of: .dot)
    func text(_ bytes: some Sequence<UInt8>) -> String {
      String(decoding: Array(bytes), as: UTF8.self)
    }
    self.init(
      section: text(heading[..<(dot ?? heading.count)]),
      subsection: dot.map { text(heading[($0 + 1)...]) }, name: text(name), value: value)
  }
}

extension UInt8 {
  fileprivate static let space = UInt8(ascii: " ")
  fileprivate static let tab = UInt8(ascii: "\t")
  fileprivate static let lineFeed = UInt8(ascii: "\n")
  fileprivate static let carriageReturn = UInt8(ascii: "\r")
  fileprivate static let hash = UInt8(ascii: "#")
  fileprivate static let semicolon = UInt8(ascii: ";")
  fileprivate static let bracket = UInt8(ascii: "[")
  fileprivate static let closingBracket = UInt8(ascii: "]")
  fileprivate static let quote = UInt8(ascii: "\"")
  fileprivate static let backslash = UInt8(ascii: "\\")
  fileprivate static let equals = UInt8(ascii: "=")
  fileprivate static let dot = UInt8(ascii: ".")

  fileprivate var isSpace: Bool {
    self == .space || self == .tab || self == .lineFeed || self == .carriageReturn
  }

  fileprivate var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }

  fileprivate var isKey: Bool {
    isLetter || self == UInt8(ascii: "-")
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
  }

  fileprivate var lowercased: UInt8 { isLetter ? self | 0x20 : self }
}
