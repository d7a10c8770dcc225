/// Reads a JSON text (RFC 8259) from front to back, each value as what the caller expects there.
///
/// For the stored form of runs, which every gate reads by the thousand numbers: Foundation's decoder
/// takes ten times as long for it, says nothing about the place of a mistake where only
/// FoundationEssentials is, and accepts a comma too many. Nothing is built that is not asked for.
package struct JSONReader: Sendable {
  let bytes: [UInt8]
  /// Of the next byte to read.
  package internal(set) var position: Int
  private var depth = 0

  /// As deep as Foundation goes: an adversary's brackets must not exhaust the stack.
  private static let maxDepth = 512

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = 0
  }

  /// Reads an object; `member` must read, or skip, the value of the key that it is given.
  package mutating func object(
    _ member: (inout JSONReader, String) throws(JSONError) -> Void
  ) throws(JSONError) {
    try open("{", "an object")
    guard next() != UInt8(ascii: "}") else { return close() }
    repeat {
      let key = try string(calledA: "a key in quotes")
      try expect(":")
      do throws(JSONError) {
        try member(&self, key)
      } catch {
        throw error.inside(.key(key))
      }
    } while try continues(before: "}")
  }

  /// Reads an array; `element` must read, or skip, one value.
  package mutating func array(
    _ element: (inout JSONReader) throws(JSONError) -> Void
  ) throws(JSONError) {
    try open("[", "an array")
    guard next() != UInt8(ascii: "]") else { return close() }
    var index = 0
    repeat {
      do throws(JSONError) {
        try element(&self)
      } catch {
        throw error.inside(.index(index))
      }
      index += 1
    } while try continues(before: "]")
  }

  /// Makes sure that nothing follows.
  package mutating func end() throws(JSONError) {
    guard next() == nil else { throw error("more text after the JSON value") }
  }

  /// Whether a value follows; for texts that hold several.
  package mutating func hasMore() -> Bool { next() != nil }

  /// Whether what follows begins with this bracket.
  package mutating func opens(_ bracket: Unicode.Scalar) -> Bool {
    next() == UInt8(ascii: bracket)
  }

  /// Whether an object or an array follows.
  package mutating func opensContainer() -> Bool { opens("{") || opens("[") }
}

extension JSONReader {
  private mutating func open(_ bracket: Unicode.Scalar, _ what: String) throws(JSONError) {
    guard next() == UInt8(ascii: bracket) else { throw unexpected(what) }
    guard depth < Self.maxDepth else { throw error("nested too deeply") }
    depth += 1
    position += 1
  }

  private mutating func close() {
    depth -= 1
    position += 1
  }

  /// Steps over the comma or the bracket after a member; false for the bracket.
  private mutating func continues(before bracket: Unicode.Scalar) throws(JSONError) -> Bool {
    if next() == UInt8(ascii: ",") {
      position += 1
      return true
    }
    guard next() == UInt8(ascii: bracket) else { throw unexpected("',' or '\(bracket)'") }
    close()
    return false
  }

  private mutating func expect(_ mark: Unicode.Scalar) throws(JSONError) {
    guard next() == UInt8(ascii: mark) else { throw unexpected("'\(mark)'") }
    position += 1
  }

  /// The next byte that is no white space, not stepped over; nil at the end.
  mutating func next() -> UInt8? {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte <= 0x20, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 else {
        return byte
      }
      position += 1
    }
    return nil
  }
}
