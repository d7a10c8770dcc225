/// The id of a git object as its twenty bytes. A history has ten thousands of them, which as texts
/// would need an allocation each.
package struct CompactID: Hashable, Comparable, Sendable, CustomStringConvertible {
  private let high: UInt64
  private let middle: UInt64
  private let low: UInt32

  /// The number of bytes.
  package static let length = 20

  /// - Precondition: The slice has ``length`` bytes.
  package init(_ bytes: ArraySlice<UInt8>) {
    precondition(bytes.count == Self.length)
    self = unsafe bytes.withUnsafeBytes { unsafe CompactID($0, from: 0) }
  }

  /// Reads the bytes at a place.
  ///
  /// - Precondition: There are ``length`` bytes from the place on.
  @unsafe
  package init(_ bytes: UnsafeRawBufferPointer, from place: Int) {
    // SAFETY: all the bytes lie within the buffer, as the caller has checked.
    high = unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    middle = unsafe UInt64(
      bigEndian: bytes.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self))
    low = unsafe UInt32(
      bigEndian: bytes.loadUnaligned(fromByteOffset: place + 16, as: UInt32.self))
  }

  /// An id is a hash already, so that a part of it tells ids apart.
  package func hash(into hasher: inout Hasher) { hasher.combine(high) }

  /// Parses 40 hexadecimal digits; nil for any other text.
  package init?(_ text: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.length)
    var half: UInt8?
    for byte in text.utf8 {
      guard let digit = Self.value(of: byte) else { return nil }
      if let first = half {
        bytes.append(first << 4 | digit)
        half = nil
      } else {
        half = digit
      }
    }
    guard half == nil, bytes.count == Self.length else { return nil }
    self.init(bytes[...])
  }

  /// The bytes as three numbers, the highest byte first; the last has four bytes.
  package var words: (UInt64, UInt64, UInt64) { (high, middle, UInt64(low)) }

  package var bytes: [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: high >> UInt64(56 - $0 * 8)) }
      + (0..<8).map { UInt8(truncatingIfNeeded: middle >> UInt64(56 - $0 * 8)) }
      + (0..<4).map { UInt8(truncatingIfNeeded: low >> UInt32(24 - $0 * 8)) }
  }

  /// The id in hexadecimal.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The first ten digits, which are enough to be unique for a reader.
  package var short: String { String(description.prefix(10)) }

  package static func < (a: CompactID, b: CompactID) -> Bool {
    (a.high, a.middle, a.low) < (b.high, b.middle, b.low)
  }

  private static func value(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
