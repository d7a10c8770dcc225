/// Any JSON value: for preserving fields that this version does not know, and for output.
package enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])
}

extension JSONValue {
  package static func strings(_ texts: [String: String]) -> JSONValue {
    .object(texts.mapValues(string))
  }

  /// An object of those members that are not nil.
  static func members(_ members: [String: JSONValue?]) -> JSONValue {
    .object(members.compactMapValues(\.self))
  }
}
