import Measurements

/// The way a value is written as JSON and read from it.
struct JSONCodec<Value>: Sendable {
  let write: @Sendable (Value) -> JSONValue
  let read: @Sendable (inout JSONReader) throws(JSONError) -> Value
}

extension JSONCodec<String> {
  static var text: Self {
    JSONCodec(
      write: JSONValue.string, read: { (reader) throws(JSONError) in try reader.string() })
  }
}

extension JSONCodec<Double> {
  static var number: Self {
    JSONCodec(
      write: JSONValue.number, read: { (reader) throws(JSONError) in try reader.number() })
  }
}

extension JSONCodec<Bool> {
  static var bool: Self {
    JSONCodec(write: JSONValue.bool, read: { (reader) throws(JSONError) in try reader.bool() })
  }
}

extension JSONCodec<Int> {
  /// A number of things.
  static var count: Self {
    JSONCodec(
      write: { .integer(Int64($0)) }, read: { (reader) throws(JSONError) in try reader.count() })
  }

  /// An index of a list.
  static var index: Self {
    JSONCodec(
      write: { .integer(Int64($0)) },
      read: { (reader) throws(JSONError) in
        let number = try reader.integer()
        guard number >= 0 else { throw reader.error("\(number) is no place of a list") }
        return Int(number)
      })
  }

  /// Any whole number; one that is too large is the largest.
  static var clamped: Self {
    JSONCodec(
      write: { .integer(Int64($0)) },
      read: { (reader) throws(JSONError) in Int(clamping: try reader.integer()) })
  }
}

extension JSONCodec<ClosedRange<Double>> {
  /// A range, written as its two ends.
  static var range: Self {
    JSONCodec(
      write: { .array([.number($0.lowerBound), .number($0.upperBound)]) },
      read: { (reader) throws(JSONError) in
        let ends = try reader.numbers()
        guard ends.count == 2, ends[0] <= ends[1] else {
          throw reader.error("not two numbers in their order")
        }
        return ends[0]...ends[1]
      })
  }
}

extension JSONCodec<[Double]> {
  static var numbers: Self {
    JSONCodec(
      write: { .array($0.map(JSONValue.number)) },
      read: { (reader) throws(JSONError) in try reader.numbers() })
  }
}

extension JSONCodec<[String: String]> {
  /// The values by their names.
  static var texts: Self {
    JSONCodec(
      write: { .strings($0) }, read: { (reader) throws(JSONError) in try reader.strings() })
  }
}

extension JSONCodec<Environment> {
  static var environment: Self { JSONCodec(write: \.json, read: Environment.init) }
}

extension JSONCodec where Value: RawRepresentable<String> & Sendable {
  /// The name of a case of an enumeration.
  static var word: Self {
    JSONCodec(
      write: { .string($0.rawValue) },
      read: { (reader) throws(JSONError) in
        let name = try reader.string()
        guard let value = Value(rawValue: name) else {
          throw reader.error("'\(name.visible(limit: 40))' is not known here")
        }
        return value
      })
  }
}

extension JSONCodec where Value: CustomStringConvertible & Sendable {
  /// A text that represents a value.
  ///
  /// - Parameters:
  ///   - parse: Returns the value; nil for a text that represents none.
  ///   - noun: The word for what the text must be.
  static func parsed(
    _ noun: String, _ parse: @escaping @Sendable (String) -> Value?
  ) -> Self {
    JSONCodec(
      write: { .string($0.description) },
      read: { (reader) throws(JSONError) in
        let text = try reader.string()
        guard let value = parse(text) else {
          throw reader.error("'\(text.visible(limit: 40))' is no \(noun)")
        }
        return value
      })
  }
}

extension JSONCodec<Quantity> {
  static var amount: Self { parsed("amount") { Quantity($0) } }
}

extension JSONCodec {
  /// A value, or null if there is none.
  static func optional<Wrapped>(_ codec: JSONCodec<Wrapped>) -> Self where Value == Wrapped? {
    JSONCodec(
      write: { $0.map(codec.write) ?? .null },
      read: { (reader) throws(JSONError) in try reader.optional(codec.read) })
  }

  static func list<Element>(_ codec: JSONCodec<Element>) -> Self where Value == [Element] {
    JSONCodec(
      write: { .array($0.map(codec.write)) },
      read: { (reader) throws(JSONError) in try reader.list(codec.read) })
  }
}

extension JSONReader {
  fileprivate mutating func count() throws(JSONError) -> Int {
    let number = try integer()
    // Doubles tell whole numbers apart up to here, so nobody has to check again.
    guard 0...1 << 53 ~= number else { throw error("\(number) is no count") }
    return Int(number)
  }
}
