/// Reads an XML text from front to back: elements, attributes, text and comments, which are what
/// benchmark tools write.
///
/// Foundation's parser is not used, because it adds 30 MB of libraries to the start of every
/// program. DTDs and external entities are not read: a report from elsewhere must not make this
/// process read other files or use unlimited memory.
struct XMLReader {
  private let bytes: [UInt8]
  private var position = 0
  private(set) var line = 1
  private var open: [String] = []
  private var selfClosed: String?
  let input: Input

  enum Event: Equatable {
    case start(String, [String: String])
    case end(String)
    /// A text with its references replaced, which is not only white space.
    case text(String)
  }

  /// Prepares to read an input.
  ///
  /// - Throws: ``InputError`` if it is no text.
  init(_ input: Input) throws(InputError) {
    _ = try input.text()
    self.input = input
    bytes = input.bytes
  }

  /// Reads the next event.
  ///
  /// - Returns: nil at the end.
  /// - Throws: ``InputError`` with the line if the XML is not well-formed.
  mutating func next() throws(InputError) -> Event? {
    if let name = selfClosed {
      selfClosed = nil
      return .end(name)
    }
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "<") else {
        let text = try unescaped(take { $0 != UInt8(ascii: "<") })
        if text.contains(where: { !$0.isWhitespace }) { return .text(text) }
        continue
      }
      if takes("<!--") {
        try skip(to: "-->")
      } else if takes("<![CDATA[") {
        let text = String(decoding: try skip(to: "]]>"), as: UTF8.self)
        if !text.isEmpty { return .text(text) }
      } else if takes("<?") {
        try skip(to: "?>")
      } else if takes("<!DOCTYPE") {
        throw error("a document type definition, which is not read")
      } else if takes("</") {
        return try closing()
      } else {
        position += 1
        return try opening()
      }
    }
    guard open.isEmpty else {
      throw error("the XML ends inside of <\(open.joined(separator: "><"))>")
    }
    return nil
  }

  private static let maxDepth = 512

  private mutating func opening() throws(InputError) -> Event {
    let name = try word("the name of an element")
    guard open.count < Self.maxDepth else { throw error("nested too deeply") }
    var attributes: [String: String] = [:]
    while true {
      skipSpace()
      if takes("/>") {
        selfClosed = name
        return .start(name, attributes)
      }
      if takes(">") {
        open.append(name)
        return .start(name, attributes)
      }
      let key = try word("the name of an attribute")
      skipSpace()
      guard takes("=") else { throw error("no value for attribute '\(key)'") }
      skipSpace()
      guard let quote = ["\"", "'"].first(where: { takes($0) }) else {
        throw error("no quotation marks around the value of '\(key)'")
      }
      let mark = quote.utf8.first
      let value = take { $0 != mark }
      guard takes(quote) else { throw error("the XML ends inside of a value") }
      attributes[key] = try unescaped(value)
    }
  }

  private mutating func closing() throws(InputError) -> Event {
    let name = try word("the name of an element")
    skipSpace()
    guard takes(">") else { throw error("</\(name) without its end") }
    guard open.popLast() == name else { throw error("</\(name)> without its start") }
    return .end(name)
  }
}

extension XMLReader {
  func error(_ problem: String, hint: String? = nil) -> InputError {
    input.error(problem, line: line, hint: hint)
  }

  var place: ResultBuilder.Place { ResultBuilder.Place(line: line) }

  private mutating func takes(_ text: String) -> Bool {
    guard bytes[position...].starts(with: text.utf8) else { return false }
    position += text.utf8.count
    return true
  }

  private mutating func take(while fits: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let part = bytes[position...].prefix(while: fits)
    advance(by: part)
    return part
  }

  private mutating func advance(by part: ArraySlice<UInt8>) {
    line += part.count { $0 == UInt8(ascii: "\n") }
    position = part.endIndex
  }

  private mutating func skipSpace() {
    _ = take { $0 == 0x20 || $0 == 0x09 || $0 == 0x0a || $0 == 0x0d }
  }

  @discardableResult
  private mutating func skip(to end: String) throws(InputError) -> ArraySlice<UInt8> {
    let mark = Array(end.utf8)
    var place = position
    while place + mark.count <= bytes.count, !bytes[place...].starts(with: mark) { place += 1 }
    guard place + mark.count <= bytes.count else { throw error("the XML ends before '\(end)'") }
    let part = bytes[position..<place]
    advance(by: part)
    position += mark.count
    return part
  }

  private mutating func word(_ what: String) throws(InputError) -> String {
    let word = take { !"<>/=\"' \t\r\n".utf8.contains($0) }
    guard !word.isEmpty else { throw error("expected \(what)") }
    return String(decoding: word, as: UTF8.self)
  }

  /// The text with the five named references of XML, and those by number, replaced.
  private func unescaped(_ part: ArraySlice<UInt8>) throws(InputError) -> String {
    guard part.contains(UInt8(ascii: "&")) else { return String(decoding: part, as: UTF8.self) }
    var text = ""
    for (index, piece) in part.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false)
      .enumerated()
    {
      guard index > 0 else {
        text += String(decoding: piece, as: UTF8.self)
        continue
      }
      guard let end = piece.firstIndex(of: UInt8(ascii: ";")),
        let character = Self.character(String(decoding: piece[..<end], as: UTF8.self))
      else { throw error("'&' without a character that it stands for") }
      text.append(character)
      text += String(decoding: piece[(end + 1)...], as: UTF8.self)
    }
    return text
  }

  private static func character(_ name: String) -> Character? {
    let named: [String: Character] = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"]
    if let character = named[name] { return character }
    guard name.first == "#" else { return nil }
    let digits = name.dropFirst()
    let number =
      digits.first == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
    return number.flatMap(Unicode.Scalar.init).map(Character.init)
  }
}
