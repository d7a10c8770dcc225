/// One walk over a JSON text (RFC 8259), noting its keys and the first thing that is wrong.
struct JSONWalk {
  let bytes: [UInt8]
  var position = 0
  /// Where the walk is; nil in an object whose first key has not come yet.
  private var steps: [JSONStep?] = []
  private var result = JSONOutline()

  /// As deep as Foundation's decoder goes.
  private static let maxDepth = 512
  private static let maxKeys = 10_000

  typealias Offence = JSONOutline.Offence

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func outline() -> JSONOutline {
    do throws(Offence) {
      var values = 0
      while let byte = nextVisible() {
        if values == 1 { result.second = offence("more text after the JSON value") }
        guard byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") || values == 0 else {
          throw offence("more text after the JSON value")
        }
        try value(at: "")
        values += 1
      }
    } catch {
      result.offence = error
    }
    return result
  }

  /// The path is that of the keys so far, in the form of ``JSONOutline/keys``.
  private mutating func value(at path: String) throws(Offence) {
    switch nextVisible() {
    case UInt8(ascii: "{"): try object(at: path)
    case UInt8(ascii: "["): try array(at: path)
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "-") where word().hasPrefix("-I"): nonFinite()
    case UInt8(ascii: "N"), UInt8(ascii: "I"): nonFinite()
    case .some(let byte) where byte == UInt8(ascii: "-") || byte.isDigit: try number()
    case .some: try literal()
    case nil: throw offence("the JSON ends in the middle")
    }
  }

  private mutating func object(at path: String) throws(Offence) {
    try open()
    defer { steps.removeLast() }
    guard nextVisible() != UInt8(ascii: "}") else { return position += 1 }
    while true {
      guard nextVisible() == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
      let key = try string()
      steps[steps.count - 1] = .key(key)
      let keyPath = path.isEmpty ? key : "\(path).\(key)"
      if result.keys.count < Self.maxKeys { result.keys.insert(keyPath) }
      guard nextVisible() == UInt8(ascii: ":") else { throw unexpected("':'") }
      position += 1
      try value(at: keyPath)
      guard try another(before: UInt8(ascii: "}")) else { return }
    }
  }

  private mutating func array(at path: String) throws(Offence) {
    try open()
    defer { steps.removeLast() }
    guard nextVisible() != UInt8(ascii: "]") else { return position += 1 }
    let elements = path + "[]"
    for index in 0... {
      steps[steps.count - 1] = .index(index)
      try value(at: elements)
      guard try another(before: UInt8(ascii: "]")) else { return }
    }
  }

  private mutating func open() throws(Offence) {
    guard steps.count < Self.maxDepth else { throw offence("nested too deeply") }
    position += 1
    steps.append(nil)
  }

  /// Steps over the comma or the end after a member; false for the end.
  private mutating func another(before end: UInt8) throws(Offence) -> Bool {
    let byte = nextVisible()
    guard byte == UInt8(ascii: ",") || byte == end else {
      throw unexpected("',' or '\(Unicode.Scalar(end))'")
    }
    position += 1
    return byte != end
  }

  private mutating func nonFinite() {
    if result.nonFinite == nil {
      result.nonFinite = offence("not a finite number", text: word())
    }
    position += word().utf8.count
  }
}

extension JSONWalk {
  /// The next byte that is no white space, not stepped over; nil at the end.
  mutating func nextVisible() -> UInt8? {
    while position < bytes.count, bytes[position].isJSONSpace { position += 1 }
    return position < bytes.count ? bytes[position] : nil
  }

  /// The offence of finding something else here.
  func unexpected(_ wanted: String) -> Offence {
    position < bytes.count
      ? offence("expected \(wanted)", text: word()) : offence("the JSON ends in the middle")
  }

  func offence(_ problem: String, text: String? = nil) -> Offence {
    let line = 1 + bytes[..<min(position, bytes.count)].count { $0 == UInt8(ascii: "\n") }
    let path = steps.compactMap(\.self)
    return Offence(
      problem: problem, line: line, field: path.isEmpty ? nil : path.field, text: text)
  }

  /// The text from here to the next white space or punctuation, at least one byte.
  func word() -> String {
    let text = bytes[position...].prefix(400)
    let end = text.dropFirst().firstIndex { $0.isJSONSpace || "{}[],:\"".utf8.contains($0) }
    return String(decoding: text[..<(end ?? text.endIndex)], as: UTF8.self)
  }
}
