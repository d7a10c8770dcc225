extension JSONReader {
  package mutating func string() throws(JSONError) -> String { try string(calledA: "a string") }

  /// Reads a string.
  ///
  /// - Parameter name: The name of the expected value, for the error.
  mutating func string(calledA name: String) throws(JSONError) -> String {
    guard next() == UInt8(ascii: "\"") else { throw unexpected(name) }
    let start = position + 1
    let isPlain = try skipString()
    let inside = bytes[start..<(position - 1)]
    return isPlain ? String(decoding: inside, as: UTF8.self) : try unescaped(inside, at: start)
  }

  /// Skips a string, from quote to quote.
  ///
  /// - Returns: True if the string is ASCII without escapes, so that its bytes are its text.
  mutating func skipString() throws(JSONError) -> Bool {
    var end = position + 1
    var isPlain = true
    while end < bytes.count {
      switch bytes[end] {
      case UInt8(ascii: "\""):
        position = end + 1
        return isPlain
      case UInt8(ascii: "\\"):
        isPlain = false
        end += 2
      case 0x80...:
        isPlain = false
        end += 1
      case ..<0x20: throw error("a line break or control character in a string")
      default: end += 1
      }
    }
    throw error("the JSON ends in the middle of a string")
  }

  /// Reads a finite number.
  package mutating func number() throws(JSONError) -> Double {
    guard let first = next(), first == UInt8(ascii: "-") || first.isDigit else {
      throw unexpected("a number")
    }
    if let short = shortNumber() { return short }
    let start = position
    _ = try skipNumber()
    if let exact = Double(shortDecimal: bytes[start..<position]) { return exact }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      throw error("a number too large for a double: \(text)", at: start)
    }
    guard value != 0 || Self.isZero(text) else {
      throw error("a number too small for a double: \(text)", at: start)
    }
    return value
  }

  /// True if all digits before the exponent are zero.
  private static func isZero(_ text: String) -> Bool {
    text.utf8.prefix { $0 | 0x20 != UInt8(ascii: "e") }
      .allSatisfy { !$0.isDigit || $0 == UInt8(ascii: "0") }
  }

  /// Skips a `NaN` or an infinity, which are not JSON but are written by some tools.
  ///
  /// - Returns: True if there was one.
  package mutating func takesNonFinite() -> Bool {
    takes("NaN") || takes("Infinity") || takes("-Infinity")
  }

  /// Reads a number without a fraction that fits into an integer of 64 bits.
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

  /// Skips `null`, and returns true if it was there.
  package mutating func isNull() -> Bool { takes("null") }

  /// The value that `read` returns; nil for `null`.
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

  /// Skips a number.
  ///
  /// - Returns: True if the number has neither fraction nor exponent.
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

  /// Reads a whole number of up to 15 digits, which every double can represent; most samples are
  /// such numbers. For any other it returns nil and does not move.
  private mutating func shortNumber() -> Double? {
    var value: Int64 = 0
    var end = position
    while end < bytes.count, end - position < 15, bytes[end].isDigit {
      value = value * 10 + Int64(bytes[end] - UInt8(ascii: "0"))
      end += 1
    }
    guard end > position, end < bytes.count,
      bytes[end] == UInt8(ascii: ",") || bytes[end] == UInt8(ascii: "]"),
      bytes[position] != UInt8(ascii: "0") || end == position + 1
    else { return nil }
    position = end
    return Double(value)
  }
}

extension Double {
  /// Parses a decimal number, as JSON writes it, with few digits: both the digits as a whole number
  /// and the power of ten that divides it must be doubles, so that the quotient is rounded only
  /// once. The result is nil for any other number.
  ///
  /// The initialiser is inlinable because it is called for each number of a large file.
  @inlinable package init?(shortDecimal text: some Collection<UInt8>) {
    var (digits, count, decimals) = (0, 0, -1)
    let isNegative = text.first == UInt8(ascii: "-")
    for byte in isNegative ? text.dropFirst() : text[...] {
      if byte == UInt8(ascii: ".") {
        guard decimals < 0, count > 0 else { return nil }
        decimals = 0
      } else {
        guard byte.isDigit, digits < 1 << 49 else { return nil }
        digits = digits * 10 + Int(byte - UInt8(ascii: "0"))
        count += 1
        if decimals >= 0 { decimals += 1 }
      }
    }
    guard count > 0, decimals != 0 else { return nil }
    decimals = max(0, decimals)
    guard digits <= 1 << 53, decimals < Self.powersOfTen.count else { return nil }
    let magnitude = Double(digits) / Self.powersOfTen[decimals]
    self = isNegative ? -magnitude : magnitude
  }

  /// The powers of ten that doubles represent exactly.
  @usableFromInline package static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}

extension Int64 {
  /// Parses a whole number, as JSON writes it; nil if it does not fit into 64 bits.
  init?(digits text: ArraySlice<UInt8>) {
    let isNegative = text.first == UInt8(ascii: "-")
    var value: Int64 = 0
    for byte in text.dropFirst(isNegative ? 1 : 0) {
      let digit = Int64(byte - UInt8(ascii: "0"))
      let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isTooFar) = tens.addingReportingOverflow(isNegative ? -digit : digit)
      guard !isTooLarge, !isTooFar else { return nil }
      value = sum
    }
    self = value
  }
}

extension UInt8 {
  /// True if the byte is an ASCII digit.
  @inlinable package var isDigit: Bool { self &- 0x30 < 10 }
  fileprivate var isSign: Bool { self == UInt8(ascii: "+") || self == UInt8(ascii: "-") }
}
