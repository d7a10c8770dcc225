/// Finds the benchmarks that a line may hold numbers of, without decoding the line.
///
/// The scan looks at the value of each member `benchmark`. It misses no name: a line that may write
/// this key in another way, which requires a `\u`, is not excluded.
package struct NameScan {
  private let names: Set<String>

  package init(_ names: some Sequence<String>) { self.names = Set(names) }

  /// True if a line may hold any of the names.
  package func mayBe(in line: RunLine) -> Bool {
    !names.isEmpty && Self.names(in: line) { names.contains($0) }
  }

  /// The names that a line may hold.
  package func names(in line: RunLine) -> Set<String> {
    guard !names.isEmpty else { return [] }
    var found: Set<String> = []
    let isVague = Self.names(in: line) { name in
      if names.contains(name) { found.insert(name) }
      return false
    }
    return isVague ? names : found
  }

  /// Passes the names of a line to a function until it accepts one.
  ///
  /// - Returns: True if a name was accepted, or if not all names can be determined.
  private static func names(in line: RunLine, isWanted: (String) -> Bool) -> Bool {
    unsafe line.bytes.withUnsafeBufferPointer { bytes in
      guard unsafe next(unicodeEscape, in: bytes, from: 0) == nil else { return true }
      var start = 0
      while let place = unsafe next(key, in: bytes, from: start) {
        start = place + key.count
        guard let value = unsafe text(in: bytes, after: start) else { continue }
        let slice = unsafe bytes[value]
        if unsafe slice.contains(backslash) { return true }
        if isWanted(unsafe String(decoding: slice, as: UTF8.self)) { return true }
        start = value.upperBound
      }
      return false
    }
  }

  /// The range of the string value of a key that ends at the given index; nil if there is none.
  @unsafe private static func text(
    in bytes: UnsafeBufferPointer<UInt8>, after end: Int
  ) -> Range<Int>? {
    var place = end
    func skipSpace() {
      while place < bytes.count, unsafe " \t\r".utf8.contains(bytes[place]) { place += 1 }
    }
    skipSpace()
    guard place < bytes.count, unsafe bytes[place] == UInt8(ascii: ":") else { return nil }
    place += 1
    skipSpace()
    guard place < bytes.count, unsafe bytes[place] == quote else { return nil }
    place += 1
    let start = place
    while place < bytes.count, unsafe bytes[place] != quote {
      place += unsafe bytes[place] == backslash ? 2 : 1
    }
    return place < bytes.count ? start..<place : nil
  }

  private static let key = Array("\"benchmark\"".utf8)
  private static let unicodeEscape = Array("\\u".utf8)
  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")

  /// Returns the next index of a byte sequence by Horspool's search: after a mismatch it advances
  /// by the distance that the last byte allows.
  @unsafe private static func next(
    _ needle: [UInt8], in text: UnsafeBufferPointer<UInt8>, from first: Int
  ) -> Int? {
    let length = needle.count
    var start = first
    // SAFETY: `start + length` never exceeds the number of bytes.
    while start + length <= text.count {
      var place = length - 1
      while place >= 0, unsafe text[start + place] == needle[place] { place -= 1 }
      if place < 0 { return start }
      let last = unsafe text[start + length - 1]
      start += length - 1 - (needle.dropLast().lastIndex(of: last) ?? -1)
    }
    return nil
  }
}
