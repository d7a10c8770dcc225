extension JSONWalk {
  /// Steps over a string and returns what stands between its quotes, escapes as they are written.
  mutating func string() throws(Offence) -> String {
    position += 1
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: bytes[start..<(position - 1)], as: UTF8.self)
      case UInt8(ascii: "\\"): try escape()
      case ..<0x20: throw offence("a line break or control character in a string")
      default: position += 1
      }
    }
    throw offence("the JSON ends in the middle of a string")
  }

  private mutating func escape() throws(Offence) {
    guard position + 1 < bytes.count else {
      throw offence("the JSON ends in the middle of a string")
    }
    switch bytes[position + 1] {
    case UInt8(ascii: "u"):
      let digits = bytes[(position + 2)...].prefix(4)
      guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
      else { throw offence("'\\u' without four hexadecimal digits") }
      position += 6
    case let byte where #""\/bfnrt"#.utf8.contains(byte): position += 2
    case let byte: throw offence("unknown escape '\\\(Unicode.Scalar(byte))' in a string")
    }
  }

  /// Steps over a number that a double can hold: Foundation refuses the whole text for any other.
  mutating func number() throws(Offence) {
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    let whole = digits()
    var isNumber = whole == 1 || (whole > 1 && bytes[position - whole] != UInt8(ascii: "0"))
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      isNumber = isNumber && digits() > 0
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.count, "+-".utf8.contains(bytes[position]) { position += 1 }
      isNumber = isNumber && digits() > 0
    }
    let end = position
    position = start
    guard isNumber else { throw unexpected("a number") }
    try checkRange(String(decoding: bytes[start..<end], as: UTF8.self))
    position = end
  }

  /// Steps over digits and returns how many there were.
  private mutating func digits() -> Int {
    let start = position
    while position < bytes.count, bytes[position].isDigit { position += 1 }
    return position - start
  }

  private func checkRange(_ text: String) throws(Offence) {
    guard text.utf8.count > 15 || text.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }),
      let value = Double(text)
    else { return }
    guard value.isFinite else { throw offence("a number too large for a double", text: text) }
    let mantissa = text.utf8.prefix { $0 | 0x20 != UInt8(ascii: "e") }
    guard value != 0 || !mantissa.contains(where: { $0.isDigit && $0 != UInt8(ascii: "0") })
    else { throw offence("a number too small for a double", text: text) }
  }

  /// Steps over `true`, `false` or `null`.
  mutating func literal() throws(Offence) {
    let word = word()
    guard ["true", "false", "null"].contains(word) else { throw unexpected("a JSON value") }
    position += word.utf8.count
  }
}
