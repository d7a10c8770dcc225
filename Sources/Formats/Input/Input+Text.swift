import System

extension Input {
  /// The whole text.
  ///
  /// - Throws: ``InputError`` for a directory, an empty file, and anything that is not UTF-8.
  package func text() throws(InputError) -> String {
    try checkReadable()
    guard let text = file?.text else {
      throw error("is a directory, not a file", hint: "name the file in it")
    }
    return text
  }

  /// The lines of the text without their line breaks, counted from 1.
  package func lines() throws(InputError) -> Lines {
    Lines(text: try text())
  }

  /// True if some line that contains a mark satisfies a condition. Only lines with the mark
  /// are examined.
  func hasLine(with mark: String, where fits: (Substring) -> Bool) -> Bool {
    guard let text = file?.text else { return false }
    var start = 0
    while let place = text.offset(of: mark, from: start) {
      let end = text.offset(of: UInt8(ascii: "\n"), from: place) ?? bytes.count
      let head = bytes[start..<place]
      let first = head.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? start
      if fits(text.line(from: first, to: end)) { return true }
      start = end
    }
    return false
  }

  /// The lines that have more than white space, for files with one value per line.
  func filledLines() throws(InputError) -> LazyFilterSequence<Lines> {
    try lines().lazy.filter { !$0.text.allSatisfy(\.isWhitespace) }
  }

  /// Throws an error for an input that no text format can read, with a reason better than
  /// "not recognized".
  package func checkReadable() throws(InputError) {
    guard let file else { return }
    guard file.bytes.contains(where: { $0 > 0x20 }) else {
      throw error(
        "nothing in it",
        hint: "check that the tool ran its benchmarks, and where it writes what they gave")
    }
    guard file.text == nil else { return }
    if file.bytes.starts(with: [0xff, 0xfe]) || file.bytes.starts(with: [0xfe, 0xff]) {
      throw error(
        "UTF-16 text, not UTF-8",
        hint: "convert it with `iconv -f UTF-16 -t UTF-8`; PowerShell's `>` writes it")
    }
    throw error("not UTF-8 text")
  }

  /// Throws an error if the last line may be cut off: a number without its last digits still looks
  /// like a number.
  ///
  /// This is for tools that end each of their lines.
  ///
  /// - Parameter line: The number of the last line, if it is known.
  func checkEnd(on line: Int? = nil) throws(InputError) {
    guard let last = bytes.last, last != UInt8(ascii: "\n") else { return }
    throw error(
      "the last line has no end", line: line,
      hint: "see whether it was cut off; if it is whole, end it with a line break")
  }
}

/// One line of a text.
package struct Line: Hashable, Sendable {
  package let number: Int
  package let text: Substring
}

/// The lines of a text, one after the other. `\n` and `\r\n` end a line.
package struct Lines: Sequence, IteratorProtocol, Sendable {
  private let text: String
  private let count: Int
  /// The offset of the next line, in bytes.
  private var offset = 0
  private var number = 0

  package init(text: String) {
    self.text = text
    count = text.utf8.count
  }

  /// Returns the next line. It uses the UTF-8 view, because `\r\n` is a single `Character`.
  package mutating func next() -> Line? {
    guard offset < count else { return nil }
    let end = text.offset(of: UInt8(ascii: "\n"), from: offset) ?? count
    number += 1
    defer { offset = end + 1 }
    return Line(number: number, text: text.line(from: offset, to: end))
  }
}

extension String {
  /// The text between two offsets in bytes, without a carriage return at its end.
  fileprivate func line(from start: Int, to end: Int) -> Substring {
    let first = utf8.index(utf8.startIndex, offsetBy: start)
    var line = utf8[first..<utf8.index(first, offsetBy: end - start)]
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return Substring(line)
  }
}

extension Line {
  /// The parts of the line between white space.
  package var fields: [Substring] { text.words }
}

/// The parts of a text between white space, one after the other.
struct Words: Sequence, IteratorProtocol {
  private let text: Substring
  private var position: Substring.Index

  init(_ text: Substring) {
    self.text = text
    position = text.startIndex
  }

  mutating func next() -> Substring? {
    let bytes = text.utf8
    var start: Substring.Index?
    while position < bytes.endIndex {
      let byte = bytes[position]
      // Nearly every byte is ASCII, for which no Unicode property is needed.
      let isSpace =
        byte < 0x80
        ? byte == 0x20 || (0x09...0x0d).contains(byte)
        : text.unicodeScalars[position].properties.isWhitespace
      if isSpace, let start { return text[start..<position] }
      if !isSpace, start == nil { start = position }
      position =
        byte < 0x80 ? bytes.index(after: position) : text.unicodeScalars.index(after: position)
    }
    return start.map { text[$0...] }
  }
}

extension StringProtocol where SubSequence == Substring {
  /// The parts of the text between white space.
  package var words: [Substring] { asciiWords ?? Array(Words(self[...])) }

  /// The offsets at which words begin and end, in turns; nil if a byte is not ASCII.
  private static func wordPlaces(in bytes: [UInt8]) -> [Int]? {
    var places: [Int] = []
    places.reserveCapacity(16)
    var isInside = false
    for place in bytes.indices {
      let byte = bytes[place]
      guard byte < 0x80 else { return nil }
      let isSpace = byte == 0x20 || byte >= 0x09 && byte <= 0x0d
      if isSpace == isInside {
        places.append(place)
        isInside.toggle()
      }
    }
    if isInside { places.append(bytes.count) }
    return places
  }

  /// The parts of an ASCII text between white space, found byte by byte; nil for any other text.
  private var asciiWords: [Substring]? {
    let text = self[...]
    guard let places = Self.wordPlaces(in: text.copiedBytes) else { return nil }
    let bytes = text.utf8
    return stride(from: 0, to: places.count, by: 2).map { place in
      let start = bytes.index(bytes.startIndex, offsetBy: places[place])
      let end = bytes.index(start, offsetBy: places[place + 1] - places[place])
      return Substring(bytes[start..<end])
    }
  }
}
