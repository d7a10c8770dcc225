extension JSONReader {
  /// Decodes the bytes between the quotes of a string.
  func unescaped(_ inside: ArraySlice<UInt8>, at start: Int) throws(JSONError) -> String {
    var text: [UInt8] = []
    var rest = inside
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      guard let scalar = Self.escape(&rest) else {
        throw error("an escape that JSON does not know, in a string", at: rest.startIndex)
      }
      text += Array(String(Character(scalar)).utf8)
    }
    guard let valid = String(validating: text, as: UTF8.self) else {
      throw error("a string that is not UTF-8", at: start)
    }
    return valid
  }

  /// The character of an escape after its backslash; nil if it is no escape.
  private static func escape(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
    switch rest.popFirst() {
    case UInt8(ascii: "\""): "\""
    case UInt8(ascii: "\\"): "\\"
    case UInt8(ascii: "/"): "/"
    case UInt8(ascii: "b"): "\u{8}"
    case UInt8(ascii: "f"): "\u{c}"
    case UInt8(ascii: "n"): "\n"
    case UInt8(ascii: "r"): "\r"
    case UInt8(ascii: "t"): "\t"
    case UInt8(ascii: "u"): unicodeEscape(&rest)
    default: nil
    }
  }

  /// Reads four digits, or, for a character beyond U+FFFF, two groups of four: a surrogate pair.
  private static func unicodeEscape(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard let first = fourDigits(&rest) else { return nil }
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard rest.starts(with: #"\u"#.utf8) else { return nil }
    rest = rest.dropFirst(2)
    guard let second = fourDigits(&rest), (0xd800..<0xdc00).contains(first),
      (0xdc00..<0xe000).contains(second)
    else { return nil }
    return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
  }

  private static func fourDigits(_ rest: inout ArraySlice<UInt8>) -> UInt32? {
    let digits = rest.prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
      return nil
    }
    rest = rest.dropFirst(4)
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
