extension JSONReader {
  /// Skips a value of any kind by its brackets and quotes. The contents are not checked, because a
  /// value that is not needed need not be valid.
  package mutating func skip() throws(JSONError) {
    guard opensContainer() else { return try skipScalar() }
    let start = position
    let end = unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe Self.end(ofContainerAt: start, in: bytes)
    }
    guard let end else { return try failToSkip() }
    position = end
  }

  /// The index after a value in brackets; nil if the text ends before it, or if a string contains
  /// an invalid byte.
  ///
  /// Most bytes of a run belong to its numbers and are skipped by one comparison: no byte from `#`
  /// to `Z` opens or closes anything.
  @unsafe private static func end(
    ofContainerAt start: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    var (place, open) = (start, 0)
    while place < bytes.count {
      let byte = unsafe bytes[place]
      place += 1
      if byte &- 0x23 < 0x38 { continue }
      switch byte {
      case UInt8(ascii: "\""):
        guard let end = unsafe end(ofStringFrom: place, in: bytes) else { return nil }
        place = end
      case UInt8(ascii: "{"), UInt8(ascii: "["): open += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        open -= 1
        if open == 0 { return place }
      default: break
      }
    }
    return nil
  }

  /// The index after the quote at the end of a string.
  @unsafe private static func end(
    ofStringFrom start: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    var place = start
    while place < bytes.count {
      let byte = unsafe bytes[place]
      place += 1
      if byte > 0x22, byte != UInt8(ascii: "\\") { continue }
      switch byte {
      case UInt8(ascii: "\""): return place
      case UInt8(ascii: "\\"): place += 1
      case ..<0x20: return nil
      default: break
      }
    }
    return nil
  }

  /// Throws the error for a value in brackets that has no end.
  private mutating func failToSkip() throws(JSONError) {
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "\"") { _ = try skipString() } else { position += 1 }
    }
    throw error("the JSON ends in the middle")
  }

  private mutating func skipScalar() throws(JSONError) {
    if opens("\"") { _ = try skipString() } else { _ = try scalar() }
  }

  /// Reads a value of any kind without interpretation.
  ///
  /// - Parameter allowsNonFinite: True if a bare `NaN` or infinity, which is not JSON, becomes a
  ///   string.
  package mutating func value(allowsNonFinite: Bool = false) throws(JSONError) -> JSONValue {
    switch next() {
    case UInt8(ascii: "{"):
      var members: [String: JSONValue] = [:]
      try object { (reader, key) throws(JSONError) in
        let value = try reader.value(allowsNonFinite: allowsNonFinite)
        guard members.updateValue(value, forKey: key) == nil else {
          throw reader.error("stands here twice")
        }
      }
      return .object(members)
    case UInt8(ascii: "["):
      var elements: [JSONValue] = []
      try array { (reader) throws(JSONError) in
        elements.append(try reader.value(allowsNonFinite: allowsNonFinite))
      }
      return .array(elements)
    case let byte? where allowsNonFinite && "NI-".utf8.contains(byte):
      let start = position
      guard takesNonFinite() else { return try scalar() }
      return .string(String(decoding: bytes[start..<position], as: UTF8.self))
    default: return try scalar()
    }
  }

  private mutating func scalar() throws(JSONError) -> JSONValue {
    switch next() {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t") where takes("true"): return .bool(true)
    case UInt8(ascii: "f") where takes("false"): return .bool(false)
    case UInt8(ascii: "n") where isNull(): return .null
    case let byte? where byte.isNumeric: return try numeric()
    default: throw unexpected("a JSON value")
    }
  }

  /// Reads a number. An integer stays an integer, even if a double could not represent it exactly.
  private mutating func numeric() throws(JSONError) -> JSONValue {
    let start = position
    let isWhole = try skipNumber()
    if isWhole, let integer = Int64(digits: bytes[start..<position]) { return .integer(integer) }
    position = start
    return .number(try number())
  }

  /// Skips a string, a number or a word that ``value(allowsNonFinite:)`` accepts, without creating
  /// a value. It fails in the same cases.
  package mutating func check() throws(JSONError) {
    guard let first = next() else { throw unexpected("a JSON value") }
    let start = position
    if first == UInt8(ascii: "\"") {
      guard try !skipString() else { return }
      position = start
      _ = try string()
    } else if first.isNumeric {
      _ = try skipNumber()
      guard mayExceedDoubles(start..<position) else { return }
      position = start
      _ = try number()
    } else {
      _ = try scalar()
    }
  }

  /// True if a number has an exponent, or enough digits to exceed a double without one.
  private func mayExceedDoubles(_ number: Range<Int>) -> Bool {
    number.count > 300 || bytes[number].contains { $0 | 0x20 == UInt8(ascii: "e") }
  }

  /// The kind of the next value, for an error: `a string`.
  private mutating func found() -> String {
    switch next() {
    case UInt8(ascii: "{"): "an object"
    case UInt8(ascii: "["): "an array"
    case UInt8(ascii: "\""): "a string"
    case let byte? where byte.isNumeric: "a number"
    case nil: "the end"
    default: word() == "null" ? "null" : "'\(word())'"
    }
  }

  /// The text from here to the next white space or punctuation, at least one byte.
  private func word() -> String {
    let text = bytes[position...].prefix(40)
    let end = text.dropFirst().firstIndex { $0 <= 0x20 || "{}[],:\"".utf8.contains($0) }
    return String(decoding: text[..<(end ?? text.endIndex)], as: UTF8.self)
  }

  /// The error for an unexpected value at this place.
  mutating func unexpected(_ wanted: String) -> JSONError {
    next() == nil
      ? error("the JSON ends in the middle") : error("expected \(wanted), found \(found())")
  }

  package func error(_ problem: String) -> JSONError { error(problem, at: position) }

  func error(_ problem: String, at position: Int) -> JSONError {
    JSONError(problem: problem, position: position)
  }
}

extension UInt8 {
  fileprivate var isNumeric: Bool { self == UInt8(ascii: "-") || self &- 0x30 < 10 }
}
