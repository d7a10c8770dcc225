/// Writes JSON, with the keys of objects in order.
///
/// It replaces `JSONEncoder`, which orders keys differently on different systems, throws for a
/// number that is not finite, writes terminal control characters unchanged, and takes at least
/// three times as long for a list of numbers.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private let layout: Layout

  enum Layout {
    /// One line without spaces. Only required escapes are written, so that the same value gives the
    /// same line for every version of Unicode.
    case line
    /// A form that people can read: indented, lists of numbers on one line, all text visible.
    case indented
  }

  init(_ layout: Layout) { self.layout = layout }

  /// Writes a value.
  ///
  /// - Parameter depth: The number of lists and objects around the value.
  mutating func write(_ value: JSONValue, depth: Int = 0) {
    switch value {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += String(value).utf8
    case .number(let value): write(value)
    case .string(let value): write(value)
    case .array(let values):
      let isBlock = layout == .indented && !values.allSatisfy(\.isNumber)
      block("[", values, "]", depth, isBlock) { $0.write($1, depth: depth + 1) }
    case .object(let fields):
      let fields = fields.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      block("{", fields, "}", depth, layout == .indented && !fields.isEmpty) {
        $0.write($1.key)
        $0.bytes += ($0.layout == .indented ? ": " : ":").utf8
        $0.write($1.value, depth: depth + 1)
      }
    }
  }

  private mutating func block<Element>(
    _ open: String, _ elements: [Element], _ close: String, _ depth: Int, _ isBlock: Bool,
    write: (inout JSONWriter, Element) -> Void
  ) {
    let separator = isBlock || layout == .line ? "," : ", "
    bytes += open.utf8
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes += separator.utf8 }
      if isBlock { breakLine(depth + 1) }
      write(&self, element)
    }
    if isBlock { breakLine(depth) }
    bytes += close.utf8
  }

  private mutating func breakLine(_ depth: Int) {
    bytes.append(UInt8(ascii: "\n"))
    bytes += repeatElement(UInt8(ascii: " "), count: depth * 2)
  }

  /// Writes the shortest text that reads back as this number; null for a number that JSON cannot
  /// represent.
  private mutating func write(_ number: Double) {
    guard number.isFinite else { return bytes += "null".utf8 }
    // Beyond this limit not every whole number is a double; minus zero is not an integer.
    if abs(number) < 0x1p53, let whole = Int64(exactly: number), whole != 0 || number.sign == .plus
    {
      bytes += String(whole).utf8
    } else {
      let text = number.description
      bytes += (text.hasSuffix(".0") ? text.dropLast(2) : text[...]).utf8
    }
  }

  /// Writes a string in quotes. Characters that control a terminal, or that are invisible, are
  /// written by their numbers.
  private mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": bytes += "\\\"".utf8
      case "\\": bytes += "\\\\".utf8
      case "\n": bytes += "\\n".utf8
      case "\t": bytes += "\\t".utf8
      case "\r" where layout == .line: bytes += "\\r".utf8
      case "\u{8}" where layout == .line: bytes += "\\b".utf8
      case "\u{c}" where layout == .line: bytes += "\\f".utf8
      case _ where isPlain(scalar): bytes += UTF8.encode(scalar).map(Array.init) ?? []
      default: for unit in scalar.utf16 { write(byNumber: unit) }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    layout == .line ? scalar.value >= 0x20 : scalar.isHarmless
  }

  private mutating func write(byNumber unit: UInt16) {
    let digits = String(unit, radix: 16)
    bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
  }
}

extension JSONValue {
  /// The value in a form that people can read: indented.
  package var text: String {
    var writer = JSONWriter(.indented)
    writer.write(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// The value on one line, always the same for the same value.
  package var line: [UInt8] {
    var writer = JSONWriter(.line)
    writer.write(self)
    return writer.bytes
  }

  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .number: true
    default: false
    }
  }
}
