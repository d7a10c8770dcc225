import Measurements

/// The JSON values of an input one after the other; of several, each knows the line that it begins
/// on.
struct JSONDocuments {
  private let input: Input
  private var reader: JSONReader
  private var line = 1
  /// Up to where lines are counted.
  private var counted = 0

  init(_ input: Input) throws(InputError) {
    _ = try input.text()
    self.input = input
    reader = JSONReader(input.bytes)
  }

  /// - Returns: nil at the end.
  /// - Throws: ``InputError`` with the line where the text is not JSON; nothing comes after it.
  mutating func next() throws(InputError) -> JSONNode? {
    guard reader.hasMore() else { return nil }
    line += input.bytes[counted..<reader.position].count { $0 == UInt8(ascii: "\n") }
    counted = reader.position
    do throws(JSONError) {
      let value = try reader.value(allowsNonFinite: true)
      let isOnly = input.outline?.second == nil
      return JSONNode(root: value, of: input, line: isOnly ? nil : line)
    } catch {
      throw input.error(error)
    }
  }
}

extension ResultBuilder {
  /// Gives every JSON value of the input to `read`, and refuses, or leniently passes over, those
  /// that it throws for.
  mutating func eachDocument(
    _ read: (inout ResultBuilder, JSONNode) throws(InputError) -> Void
  ) throws(InputError) {
    var documents = try JSONDocuments(input)
    while true {
      let document: JSONNode?
      do {
        document = try documents.next()
      } catch {
        return try reject(error)
      }
      guard let document else { return }
      try attempt { (builder) throws(InputError) in try read(&builder, document) }
    }
  }

  /// Reads one of many things; where that throws, it is refused, or leniently passed over.
  mutating func attempt(
    _ read: (inout ResultBuilder) throws(InputError) -> Void
  ) throws(InputError) {
    do {
      try read(&self)
    } catch {
      try reject(error)
    }
  }
}
