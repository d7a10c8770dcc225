import Measurements

/// An object of a report that is read, whose members may stand in any order; members that nobody
/// asks for are stepped over.
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

  /// Reads a member, as `read` takes it.
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

  /// Reads a member that is left out if there is no value.
  func present<Value>(
    _ key: String, _ read: (inout JSONReader) throws(JSONError) -> Value
  ) throws(JSONError) -> Value? {
    has(key) ? try member(key, read) : nil
  }

  func has(_ key: String) -> Bool { members[key] != nil }

  /// Reads the elements of a list.
  func list<Element>(
    _ key: String, _ element: (inout JSONReader) throws(JSONError) -> Element
  ) throws(JSONError) -> [Element] {
    try member(key) { (reader) throws(JSONError) in try reader.list(element) }
  }
}
