import Measurements

extension String {
  /// The text with those bytes percent-encoded that a format cannot carry.
  ///
  /// Where the format encodes anything at all, a percent sign before two hexadecimal digits is
  /// encoded, too, so that two texts never become one.
  ///
  /// - Parameters:
  ///   - counter: Counts the texts that were changed.
  ///   - isRefused: Returns true for a byte that the format cannot carry, given the next one; the
  ///     byte after the last is 0.
  func percentEncoded(
    counting counter: inout Int, _ isRefused: (UInt8, _ next: UInt8) -> Bool
  ) -> [UInt8] {
    let bytes = Array(utf8)
    var encoded: [UInt8] = []
    encoded.reserveCapacity(bytes.count)
    var isChanged = false
    for (place, byte) in bytes.enumerated() {
      let next = place + 1 < bytes.count ? bytes[place + 1] : 0
      let isAmbiguous =
        byte == UInt8(ascii: "%") && place + 2 < bytes.count && next.isHexDigit
        && bytes[place + 2].isHexDigit
      guard isAmbiguous || isRefused(byte, next) else {
        encoded.append(byte)
        continue
      }
      isChanged = true
      encoded += [UInt8(ascii: "%"), Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)]]
    }
    if isChanged { counter += 1 }
    return encoded
  }

  private static let digits = Array("0123456789ABCDEF".utf8)
}

extension UInt8 {
  fileprivate var isHexDigit: Bool {
    isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20)
  }
}

extension UInt8 {
  static let quote = UInt8(ascii: "\"")
  static let apostrophe = UInt8(ascii: "'")
  static let backslash = UInt8(ascii: "\\")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let tab = UInt8(ascii: "\t")
  static let comma = UInt8(ascii: ",")
  static let equals = UInt8(ascii: "=")
  static let space = UInt8(ascii: " ")
}
