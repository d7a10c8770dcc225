/// Reads a JSON text (RFC 8259) from the beginning to the end, each value as the type that the
/// caller expects.
///
/// It is made for the stored form of runs, of which every gate reads thousands of numbers.
/// Foundation's decoder takes ten times as long for it, does not report the place of an error if
/// only FoundationEssentials is available, and accepts a superfluous comma. The reader creates only
/// values that are requested.
package struct JSONReader: Sendable {
  let bytes: [UInt8]
  /// The offset of the next byte to read.
  package internal(set) var position: Int
  private var depth = 0

  /// The depth limit of Foundation: malicious input with many brackets must not exhaust the stack.
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

  /// Throws an error if more text follows.
  package mutating func end() throws(JSONError) {
    guard next() == nil else { throw error("more text after the JSON value") }
  }

  /// True if a value follows; for texts that contain several.
  package mutating func hasMore() -> Bool { next() != nil }

  /// True if the next value begins with this bracket.
  package mutating func opens(_ bracket: Unicode.Scalar) -> Bool {
    next() == UInt8(ascii: bracket)
  }

  /// True if an object or an array follows.
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

  /// Skips the comma or the bracket after a member; false for the bracket.
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

  /// The next byte that is not white space, without moving past it; nil at the end.
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
