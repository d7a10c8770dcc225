#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Finding text in text, by the C library: it looks at 32 bytes at once, and what is asked of a file
/// of 100 MB by forty formats has to be answered fast.
extension String {
  /// Where a byte stands first behind a place, both counted in bytes; nil where it does not.
  package func offset(of byte: UInt8, from start: Int) -> Int? {
    // SAFETY: the text is lent for the call, which does not look behind its end.
    let found = unsafe utf8.withContiguousStorageIfAvailable { bytes -> Int? in
      guard start < bytes.count, let base = bytes.baseAddress else { return nil }
      return unsafe memchr(base + start, Int32(byte), bytes.count - start)
        .map { unsafe UnsafeRawPointer(base).distance(to: UnsafeRawPointer($0)) }
    }
    return found ?? nil
  }

  /// Where a mark begins first behind a place, both counted in bytes; nil where it does not, and for
  /// all that stands behind a zero.
  package func offset(of mark: String, from start: Int = 0) -> Int? {
    guard start < utf8.count else { return nil }
    // SAFETY: both texts are lent for the call, and end with a zero.
    return unsafe withCString { base in
      unsafe strstr(base + start, mark).map { unsafe base.distance(to: UnsafePointer($0)) }
    }
  }
}

extension StringProtocol {
  /// Whether a text stands anywhere in this one, byte by byte, for lines of which there are many.
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
  /// Its bytes, which are walked over many times as fast as its views.
  package var copiedBytes: [UInt8] {
    var text = self
    // SAFETY: the bytes are lent for the call, and copied.
    return text.withUTF8 { unsafe Array($0) }
  }
}
