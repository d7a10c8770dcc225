import Measurements

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Input {
  /// The whole input as one JSON value.
  ///
  /// The text is checked first by ``JSONOutline``: Foundation's decoder does not say where a text
  /// stops being JSON (FoundationEssentials not at all), and takes a trailing comma for JSON.
  package func json<Value: Decodable>(_ type: Value.Type) throws(IntakeError) -> Value {
    _ = try text()
    guard let outline else { throw error("not JSON") }
    if let offence = outline.offence ?? outline.nonFinite ?? outline.second {
      throw error(offence)
    }
    return try decode(type, from: bytes, line: nil)
  }

  /// One line as a JSON value, for files that hold one value per line.
  package func json<Value: Decodable>(
    _ type: Value.Type, on line: Line
  ) throws(IntakeError) -> Value {
    let bytes = Array(line.text.utf8)
    guard let outline = JSONOutline(of: bytes) else {
      throw error("not a JSON object", line: line.number, text: String(line.text))
    }
    if let offence = outline.offence ?? outline.nonFinite ?? outline.second {
      throw error(offence, line: line.number)
    }
    return try decode(type, from: bytes, line: line.number)
  }

  private func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: [UInt8], line: Int?
  ) throws(IntakeError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch let error as DecodingError {
      throw self.error(error.problem, line: line, field: error.field)
    } catch {
      throw self.error("not valid JSON", line: line)
    }
  }

  /// The error of a reader, with the line that it is on.
  func error(_ error: JSONError, line: Int? = nil) -> IntakeError {
    let newlines = bytes.prefix(error.position).count { $0 == UInt8(ascii: "\n") }
    return self.error(error.problem, line: line ?? newlines + 1, field: error.field)
  }
}

extension DecodingError {
  /// The field as a reader would write it, `results[3].times[0]`; nil for the whole text.
  fileprivate var field: String? {
    let path: [any CodingKey]
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context): path = context.codingPath
    case .dataCorrupted(let context): path = context.codingPath
    case .keyNotFound(let key, let context): path = context.codingPath + [key]
    @unknown default: path = []
    }
    return path.isEmpty ? nil : path.map(JSONStep.init).field
  }

  fileprivate var problem: String {
    switch self {
    case .typeMismatch(let type, let context):
      "expected \(Self.noun(type)), found \(Self.found(context.debugDescription))"
    case .valueNotFound(let type, _): "expected \(Self.noun(type)), found null"
    case .keyNotFound: "is missing"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty ? "not valid JSON" : Self.clause(context.debugDescription)
    @unknown default: "not valid JSON"
    }
  }

  private static func noun(_ type: any Any.Type) -> String {
    let name = String(describing: type)
    if name.hasPrefix("Array") { return "an array" }
    if name.hasPrefix("Dictionary") { return "an object" }
    switch name {
    case "String": return "a string"
    case "Bool": return "true or false"
    case "Int", "Int64", "UInt64": return "a whole number"
    case "Double": return "a number"
    default: return "another value"
    }
  }

  /// From "Expected to decode Double but found a string instead." what was found.
  private static func found(_ text: String) -> String {
    let words = text.split(separator: " ").map(String.init)
    guard let found = words.firstIndex(of: "found") else { return "something else" }
    let noun = words[(found + 1)...].prefix { !$0.hasPrefix("instead") }.joined(separator: " ")
    switch noun {
    case "number", "bool", "string": return "a \(noun)"
    case "array", "object": return "an \(noun)"
    default: return noun.isEmpty ? "something else" : noun
    }
  }

  /// A sentence of Foundation or the standard library as a clause of ours.
  private static func clause(_ text: String) -> String {
    let unknownCase = "invalid String value "
    if let range = text.firstRange(of: unknownCase) {
      return "unknown value '\(text[range.upperBound...].shortened(to: 40))'"
    }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}

extension JSONStep {
  fileprivate init(_ key: any CodingKey) {
    self = key.intValue.map(JSONStep.index) ?? .key(key.stringValue)
  }
}
