import Measurements

/// The JSON values of an input, one after the other. If there are several, each has the line that
/// it begins on.
struct JSONDocuments {
  private let input: Input
  private var reader: JSONReader
  private var line = 1
  /// The offset up to which lines were counted.
  private var counted = 0

  init(_ input: Input) throws(InputError) {
    _ = try input.text()
    self.input = input
    reader = JSONReader(input.bytes)
  }

  /// Reads the next value.
  ///
  /// - Returns: nil at the end.
  /// - Throws: ``InputError`` with the line if the text is not JSON. No value can be read
  ///   after that.
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
  /// Passes every JSON value of the input to `read`. Values for which it throws are refused, or
  /// skipped if the input is read leniently.
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

  /// Reads one of many parts. If that fails, the part is refused, or skipped if the input is
  /// read leniently.
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
