import Measurements

/// A member of an object of the report: its key, and the way it is written and read.
///
/// Each object has a table of its fields, so that a key is spelled in one place.
struct Field<Object, Value>: Sendable {
  let key: String
  /// Returns nil if the member is left out.
  let write: @Sendable (Object) -> JSONValue?
  let read: @Sendable (ReportObject) throws(JSONError) -> Value
}

extension Field {
  /// Creates a member that is always there.
  init(
    _ key: String, _ codec: JSONCodec<Value>, _ value: @escaping @Sendable (Object) -> Value
  ) {
    self.init(
      key: key, write: { codec.write(value($0)) },
      read: { (object) throws(JSONError) in try object.member(key, codec.read) })
  }

  /// Creates a member that is left out if there is no value.
  init<Wrapped>(
    _ key: String, whereThere codec: JSONCodec<Wrapped>,
    _ value: @escaping @Sendable (Object) -> Wrapped?
  ) where Value == Wrapped? {
    self.init(
      key: key, write: { value($0).map(codec.write) },
      read: { (object) throws(JSONError) in try object.present(key, codec.read) })
  }

  /// Creates a member that is left out if it has its usual value.
  init(
    _ key: String, _ codec: JSONCodec<Value>, unless usual: Value,
    _ value: @escaping @Sendable (Object) -> Value
  ) where Value: Equatable & Sendable {
    self.init(
      key: key,
      write: { object in
        let value = value(object)
        return value == usual ? nil : codec.write(value)
      }, read: { (object) throws(JSONError) in try object.present(key, codec.read) ?? usual })
  }

  /// Creates a member that is always written, and that older versions leave out.
  ///
  /// - Parameter absent: The value that a missing member means.
  init(
    _ key: String, _ codec: JSONCodec<Value>, absent: Value,
    _ value: @escaping @Sendable (Object) -> Value
  ) where Value: Sendable {
    self.init(
      key: key, write: { codec.write(value($0)) },
      read: { (object) throws(JSONError) in try object.present(key, codec.read) ?? absent })
  }

  /// Creates a member that is not read as one value: it is worked out from others, or its rows are
  /// read one by one.
  ///
  /// - Parameter write: Returns nil if the member is left out.
  init(
    _ key: String, write: @escaping @Sendable (Object) -> JSONValue?
  ) where Value == Void {
    self.init(key: key, write: write, read: { (_) throws(JSONError) in () })
  }

  /// Creates a member that is written in more detail than it is read.
  init(
    _ key: String, write: @escaping @Sendable (Object) -> JSONValue?,
    read: @escaping @Sendable (inout JSONReader) throws(JSONError) -> Value
  ) {
    self.init(
      key: key, write: write,
      read: { (object) throws(JSONError) in try object.member(key, read) })
  }

  /// Reads the member if its value must have another form, as one that may be null elsewhere.
  func read<Other>(
    _ object: ReportObject, as codec: JSONCodec<Other>
  ) throws(JSONError) -> Other {
    try object.member(key, codec.read)
  }
}

/// The fields of an object, for writing all of them.
struct FieldTable<Object>: Sendable {
  private typealias Writer = @Sendable (Object, inout [String: JSONValue]) -> Void

  private let writers: [Writer]
  /// The largest number of members.
  private let count: Int

  private init(_ writers: [Writer], count: Int) { (self.writers, self.count) = (writers, count) }

  init<each Value>(_ fields: repeat Field<Object, each Value>) {
    var writers: [Writer] = []
    for field in repeat each fields {
      let (key, write) = (field.key, field.write)
      writers.append { object, members in
        if let value = write(object) { members[key] = value }
      }
    }
    self.init(writers, count: writers.count)
  }

  /// Returns the fields of both tables; if both have a key, that of the second is written.
  static func + (first: FieldTable, second: FieldTable) -> FieldTable {
    FieldTable(first.writers + second.writers, count: first.count + second.count)
  }

  /// Returns the fields as members of another object; none if `part` returns nil for it.
  func of<Outer>(_ part: @escaping @Sendable (Outer) -> Object?) -> FieldTable<Outer> {
    FieldTable<Outer>(
      [{ outer, members in if let object = part(outer) { write(object, to: &members) } }],
      count: count)
  }

  private func write(_ object: Object, to members: inout [String: JSONValue]) {
    for writer in writers { writer(object, &members) }
  }

  func json(_ object: Object) -> JSONValue {
    var members = Dictionary<String, JSONValue>(minimumCapacity: count)
    write(object, to: &members)
    return .object(members)
  }

  /// Returns a codec for the object as the value of a member.
  func codec(
    _ read: @escaping @Sendable (ReportObject) throws(JSONError) -> Object
  ) -> JSONCodec<Object> {
    JSONCodec(
      write: { json($0) },
      read: { (reader) throws(JSONError) in try read(ReportObject(from: &reader)) })
  }
}
