import Measurements

/// An object of a report that is read, whose members may stand in any order; those that nobody asks
/// for are stepped over.
struct ReportObject {
  private let members: [String: JSONReader]
  private let end: Int

  init(from reader: inout JSONReader) throws(JSONError) {
    var members: [String: JSONReader] = [:]
    try reader.object { (reader, key) throws(JSONError) in
      members[key] = reader
      try reader.skip()
    }
    self.members = members
    end = reader.position
  }

  /// A member, as `read` takes it.
  func member<Value>(
    _ key: String, _ read: (inout JSONReader) throws(JSONError) -> Value
  ) throws(JSONError) -> Value {
    guard var reader = members[key] else { throw JSONError.missing(key, at: end) }
    do throws(JSONError) {
      return try read(&reader)
    } catch {
      throw error.inside(.key(key))
    }
  }

  /// The same of one that is null where there is none.
  func optional<Value>(
    _ key: String, _ read: (inout JSONReader) throws(JSONError) -> Value
  ) throws(JSONError) -> Value? {
    try member(key) { (reader) throws(JSONError) in try reader.optional(read) }
  }

  /// The same of one that is left out where there is none.
  func present<Value>(
    _ key: String, _ read: (inout JSONReader) throws(JSONError) -> Value
  ) throws(JSONError) -> Value? {
    has(key) ? try member(key, read) : nil
  }

  /// The same of a list.
  func presentList<Element>(
    _ key: String, _ element: (inout JSONReader) throws(JSONError) -> Element
  ) throws(JSONError) -> [Element] {
    has(key) ? try list(key, element) : []
  }

  /// Where it may be null, too.
  func presentText(_ key: String) throws(JSONError) -> String? {
    has(key) ? try optionalText(key) : nil
  }

  /// nil where the key is not there.
  func presentNumber(_ key: String) throws(JSONError) -> Double? {
    has(key) ? try number(key) : nil
  }

  func has(_ key: String) -> Bool { members[key] != nil }
}

extension ReportObject {
  func text(_ key: String) throws(JSONError) -> String {
    try member(key) { (reader) throws(JSONError) in try reader.string() }
  }

  func optionalText(_ key: String) throws(JSONError) -> String? {
    try optional(key) { (reader) throws(JSONError) in try reader.string() }
  }

  func number(_ key: String) throws(JSONError) -> Double {
    try member(key) { (reader) throws(JSONError) in try reader.number() }
  }

  func optionalNumber(_ key: String) throws(JSONError) -> Double? {
    try optional(key) { (reader) throws(JSONError) in try reader.number() }
  }

  func bool(_ key: String) throws(JSONError) -> Bool {
    try member(key) { (reader) throws(JSONError) in try reader.bool() }
  }

  /// How many there are of something.
  func count(_ key: String) throws(JSONError) -> Int {
    try member(key) { (reader) throws(JSONError) in try reader.count() }
  }

  func optionalCount(_ key: String) throws(JSONError) -> Int? {
    try optional(key) { (reader) throws(JSONError) in try reader.count() }
  }

  /// The two ends.
  func range(_ key: String) throws(JSONError) -> ClosedRange<Double>? {
    try optional(key) { (reader) throws(JSONError) in
      let ends = try reader.numbers()
      guard ends.count == 2, ends[0] <= ends[1] else {
        throw reader.error("not two numbers in their order")
      }
      return ends[0]...ends[1]
    }
  }

  func texts(_ key: String) throws(JSONError) -> [String] {
    try list(key) { (reader) throws(JSONError) in try reader.string() }
  }

  func list<Element>(
    _ key: String, _ element: (inout JSONReader) throws(JSONError) -> Element
  ) throws(JSONError) -> [Element] {
    try member(key) { (reader) throws(JSONError) in
      var list: [Element] = []
      try reader.array { (reader) throws(JSONError) in list.append(try element(&reader)) }
      return list
    }
  }

  /// One of the names of an enumeration.
  func word<Value: RawRepresentable<String> & Sendable>(
    _ key: String, _ type: Value.Type = Value.self
  ) throws(JSONError) -> Value {
    try member(key, Self.word)
  }

  func optionalWord<Value: RawRepresentable<String> & Sendable>(
    _ key: String, _ type: Value.Type = Value.self
  ) throws(JSONError) -> Value? {
    try optional(key, Self.word)
  }

  private static func word<Value: RawRepresentable<String> & Sendable>(
    from reader: inout JSONReader
  ) throws(JSONError) -> Value {
    let name = try reader.string()
    guard let value = Value(rawValue: name) else {
      throw reader.error("'\(name.visible(limit: 40))' is not known here")
    }
    return value
  }

  /// What a text stands for, where it stands for something.
  func parsed<Value>(
    _ key: String, _ parse: (String) -> Value?, _ wanted: String
  ) throws(JSONError) -> Value {
    try member(key) { (reader) throws(JSONError) in
      let text = try reader.string()
      guard let value = parse(text) else {
        throw reader.error("'\(text.visible(limit: 40))' is no \(wanted)")
      }
      return value
    }
  }
}

extension JSONReader {
  fileprivate mutating func count() throws(JSONError) -> Int {
    let number = try integer()
    // As far as doubles tell whole numbers apart, so that nobody has to ask again.
    guard 0...1 << 53 ~= number else { throw error("\(number) is no count") }
    return Int(number)
  }
}
