import Measurements

/// The JSON values of an input one after the other, each with the line that it begins on.
struct JSONDocuments {
  private let input: Input
  private var reader: JSONReader
  private var line = 1
  /// Up to where lines are counted.
  private var counted = 0

  init(_ input: Input) throws(IntakeError) {
    _ = try input.text()
    self.input = input
    reader = JSONReader(input.bytes)
  }

  /// - Returns: nil at the end.
  /// - Throws: ``IntakeError`` with the line where the text is not JSON; nothing comes after it.
  mutating func next() throws(IntakeError) -> JSONDocument? {
    guard reader.hasMore() else { return nil }
    line += input.bytes[counted..<reader.position].count { $0 == UInt8(ascii: "\n") }
    counted = reader.position
    do throws(JSONError) {
      let value = try reader.value(allowsNonFinite: true)
      return JSONDocument(node: JSONNode(root: value, of: input), line: line)
    } catch {
      throw input.error(error)
    }
  }
}

struct JSONDocument {
  let node: JSONNode
  /// Counted from 1.
  let line: Int
}

extension Harvest {
  /// Gives every JSON value of the input to `read`, and refuses, or leniently passes over, those
  /// that it throws for.
  mutating func eachDocument(
    _ read: (inout Harvest, JSONDocument) throws(IntakeError) -> Void
  ) throws(IntakeError) {
    var documents = try JSONDocuments(input)
    while true {
      let document: JSONDocument?
      do {
        document = try documents.next()
      } catch {
        return try reject(error)
      }
      guard let document else { return }
      try attempt(input.outline?.second == nil ? nil : document.line) {
        (harvest) throws(IntakeError) in
        try read(&harvest, document)
      }
    }
  }

  /// Reads one of many things; where that throws, it is refused, or leniently passed over.
  ///
  /// - Parameter line: Where the error does not say it.
  mutating func attempt(
    _ line: Int?, _ read: (inout Harvest) throws(IntakeError) -> Void
  ) throws(IntakeError) {
    do {
      try read(&self)
    } catch {
      try reject(error, on: line)
    }
  }

  /// Refuses what somebody threw, or leniently passes over it.
  ///
  /// - Parameter line: Where the error does not say it.
  mutating func reject(_ error: IntakeError, on line: Int? = nil) throws(IntakeError) {
    let place = Place(line: error.line ?? line, field: error.field, text: error.text)
    try reject(error.problem, at: place, hint: error.hint)
  }
}
