extension Input {
  /// The whole text.
  ///
  /// - Throws: For a directory, an empty file, and anything that is not UTF-8.
  package func text() throws(IntakeError) -> String {
    try checkReadable()
    guard let text = file?.text else {
      throw error("is a directory, not a file", hint: "name the file in it")
    }
    return text
  }

  /// The lines of the text, without their endings; counted from 1.
  package func lines() throws(IntakeError) -> Lines {
    Lines(text: try text())
  }

  /// The lines that have more than white space, for files with one value per line.
  func filledLines() throws(IntakeError) -> LazyFilterSequence<Lines> {
    try lines().lazy.filter { !$0.text.allSatisfy(\.isWhitespace) }
  }

  /// Refuses what no format that reads text could read, with a reason better than "not recognized".
  package func checkReadable() throws(IntakeError) {
    guard let file else { return }
    guard !file.bytes.isEmpty else {
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
}

/// One line of a text.
package struct Line: Hashable, Sendable {
  package let number: Int
  package let text: Substring
}

/// The lines of a text, one after the other; `\n` and `\r\n` end a line.
package struct Lines: Sequence, IteratorProtocol, Sendable {
  private let text: String
  private var position: String.Index
  private var number = 0

  package init(text: String) {
    self.text = text
    position = text.startIndex
  }

  /// Walks the UTF-8 view: `\r\n` is a single `Character`.
  package mutating func next() -> Line? {
    let bytes = text.utf8
    guard position < bytes.endIndex else { return nil }
    let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
    var line = bytes[position..<end]
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    number += 1
    position = end < bytes.endIndex ? bytes.index(after: end) : end
    return Line(number: number, text: Substring(line))
  }
}

extension Line {
  /// What stands between white space.
  package var fields: [Substring] { text.words }
}

extension Substring {
  /// What stands between white space; of ASCII, as nearly every line is, without asking Unicode.
  var words: [Substring] {
    guard utf8.allSatisfy({ $0 < 0x80 }) else { return split(whereSeparator: \.isWhitespace) }
    return utf8.split { $0 == 0x20 || (0x09...0x0d).contains($0) }.map(Substring.init)
  }
}
