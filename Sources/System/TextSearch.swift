#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Searches text by functions of the C library, which examine 32 bytes at once. Forty formats
/// search a file of 100 MB, and this must be fast.
extension String {
  /// The offset of the first occurrence of a byte from a start on, both counted in bytes; nil if
  /// there is none.
  package func offset(of byte: UInt8, from start: Int) -> Int? {
    // SAFETY: the text is lent for the call, which does not look behind its end.
    let found = unsafe utf8.withContiguousStorageIfAvailable { bytes -> Int? in
      guard start < bytes.count, let base = bytes.baseAddress else { return nil }
      return unsafe memchr(base + start, Int32(byte), bytes.count - start)
        .map { unsafe UnsafeRawPointer(base).distance(to: UnsafeRawPointer($0)) }
    }
    return found ?? nil
  }

  /// The offset of the first occurrence of a text from a start on, both counted in bytes; nil if
  /// there is none. Text after a zero byte is not found.
  package func offset(of mark: String, from start: Int = 0) -> Int? {
    guard start < utf8.count else { return nil }
    // SAFETY: both texts are lent for the call, and end with a zero.
    return unsafe withCString { base in
      unsafe strstr(base + start, mark).map { unsafe base.distance(to: UnsafePointer($0)) }
    }
  }
}

extension StringProtocol {
  /// True if this text contains another one, compared byte by byte; fast enough for many lines.
  package func holds(_ text: String) -> Bool {
    guard let first = text.utf8.first else { return true }
    var rest = utf8[...]
    while let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: text.utf8) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}

extension Substring {
  /// The bytes as an array, which can be iterated many times faster than the views of the text.
  package var copiedBytes: [UInt8] {
    var text = self
    // SAFETY: the bytes are lent for the call, and copied.
    return text.withUTF8 { unsafe Array($0) }
  }
}
