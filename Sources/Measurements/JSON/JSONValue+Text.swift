/// JSON as text, for people as well: indented, keys in order, lists of numbers on one line.
///
/// Our own and not `JSONEncoder`, which throws for a number that is none, and writes what a terminal
/// takes for a command as it is. Here every value has a text, and every text is plain.
extension JSONValue {
  package var text: String { text(indent: "") }

  private func text(indent: String) -> String {
    let inner = indent + "  "
    switch self {
    case .null: return "null"
    case .bool(let value): return "\(value)"
    case .integer(let value): return "\(value)"
    case .number(let value): return value.json
    case .string(let value): return value.json
    case .array(let values):
      let lines = values.map { $0.text(indent: inner) }
      return values.allSatisfy(\.isNumber)
        ? "[\(lines.joined(separator: ", "))]" : Self.block("[", lines, "]", indent)
    case .object(let fields):
      let lines = fields.sorted { $0.key < $1.key }
        .map { "\($0.key.json): \($0.value.text(indent: inner))" }
      return fields.isEmpty ? "{}" : Self.block("{", lines, "}", indent)
    }
  }

  private static func block(
    _ open: String, _ lines: [String], _ close: String, _ indent: String
  ) -> String {
    open + "\n" + lines.map { indent + "  " + $0 }.joined(separator: ",\n") + "\n" + indent + close
  }

  private var isNumber: Bool {
    switch self {
    case .integer, .number: true
    default: false
    }
  }
}

extension Double {
  /// The shortest text that reads back as this number; null for what JSON has no number for.
  fileprivate var json: String {
    guard isFinite else { return "null" }
    return Int64(exactly: self).map(String.init) ?? description
  }
}

extension String {
  /// In quotes; what a terminal would act upon, or nobody would see, by its number.
  fileprivate var json: String {
    "\"" + unicodeScalars.map(\.json).joined() + "\""
  }
}

extension Unicode.Scalar {
  fileprivate var json: String {
    switch self {
    case "\"": "\\\""
    case "\\": "\\\\"
    case "\n": "\\n"
    case "\t": "\\t"
    default: isHarmless ? String(self) : utf16.map(\.json).joined()
    }
  }
}

extension UInt16 {
  fileprivate var json: String {
    let digits = String(self, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
