extension JSONReader {
  package mutating func string() throws(JSONError) -> String { try string(calledA: "a string") }

  /// - Parameter name: What was expected, for the error.
  mutating func string(calledA name: String) throws(JSONError) -> String {
    guard next() == UInt8(ascii: "\"") else { throw unexpected(name) }
    let start = position + 1
    let hasEscapes = try skipString()
    let inside = bytes[start..<(position - 1)]
    return hasEscapes ? try unescaped(inside, at: start) : try text(inside, at: start)
  }

  /// Steps over a string, from quote to quote.
  ///
  /// - Returns: Whether there is a backslash in it.
  mutating func skipString() throws(JSONError) -> Bool {
    var end = position + 1
    var hasEscapes = false
    while end < bytes.count {
      switch bytes[end] {
      case UInt8(ascii: "\""):
        position = end + 1
        return hasEscapes
      case UInt8(ascii: "\\"):
        hasEscapes = true
        end += 2
      case ..<0x20: throw error("a line break or control character in a string")
      default: end += 1
      }
    }
    throw error("the JSON ends in the middle of a string")
  }

  /// A finite number.
  package mutating func number() throws(JSONError) -> Double {
    guard let first = next(), first == UInt8(ascii: "-") || first.isDigit else {
      throw unexpected("a number")
    }
    let start = position
    let isWhole = try skipNumber()
    // Up to 15 digits every whole number is a double.
    if isWhole, position - start <= 15 { return Double(wholeNumber(from: start)) }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      throw error("a number too large for a double: \(text)", at: start)
    }
    guard value != 0 || Self.isZero(text) else {
      throw error("a number too small for a double: \(text)", at: start)
    }
    return value
  }

  /// Whether all digits before the exponent are zero.
  private static func isZero(_ text: String) -> Bool {
    text.utf8.prefix { $0 | 0x20 != UInt8(ascii: "e") }
      .allSatisfy { !$0.isDigit || $0 == UInt8(ascii: "0") }
  }

  /// Steps over a `NaN` or an infinity, which are no JSON but what some tools write.
  package mutating func takesNonFinite() -> Bool {
    takes("NaN") || takes("Infinity") || takes("-Infinity")
  }

  /// A number without fraction that an integer of 64 bits holds.
  package mutating func integer() throws(JSONError) -> Int64 {
    guard let first = next(), first == UInt8(ascii: "-") || first.isDigit else {
      throw unexpected("a whole number")
    }
    let start = position
    let isWhole = try skipNumber()
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard isWhole, let value = Int64(text) else {
      throw error("expected a whole number, found \(text)", at: start)
    }
    return value
  }

  package mutating func bool() throws(JSONError) -> Bool {
    if takes("true") { return true }
    if takes("false") { return false }
    throw unexpected("true or false")
  }

  /// Steps over `null`, if that is what follows.
  package mutating func isNull() -> Bool { takes("null") }

  /// The value that `read` finds, nil for `null`.
  package mutating func optional<Value>(
    _ read: (inout JSONReader) throws(JSONError) -> Value
  ) throws(JSONError) -> Value? {
    isNull() ? nil : try read(&self)
  }

  mutating func takes(_ word: String) -> Bool {
    _ = next()
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  /// - Returns: Whether it has neither fraction nor exponent.
  mutating func skipNumber() throws(JSONError) -> Bool {
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    let whole = skipDigits()
    var isNumber = whole == 1 || whole > 1 && bytes[position - whole] != UInt8(ascii: "0")
    var isWhole = true
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      isNumber = skipDigits() > 0 && isNumber
      isWhole = false
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.count, bytes[position].isSign { position += 1 }
      isNumber = skipDigits() > 0 && isNumber
      isWhole = false
    }
    guard isNumber else { throw error("not a number as JSON writes it", at: start) }
    return isWhole
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while position < bytes.count, bytes[position].isDigit { position += 1 }
    return position - start
  }

  private func wholeNumber(from start: Int) -> Int64 {
    let isNegative = bytes[start] == UInt8(ascii: "-")
    var value: Int64 = 0
    for index in (isNegative ? start + 1 : start)..<position {
      value = value * 10 + Int64(bytes[index] - UInt8(ascii: "0"))
    }
    return isNegative ? -value : value
  }
}

extension UInt8 {
  /// Whether it is an ASCII digit.
  package var isDigit: Bool { self &- 0x30 < 10 }
  fileprivate var isSign: Bool { self == UInt8(ascii: "+") || self == UInt8(ascii: "-") }
}
