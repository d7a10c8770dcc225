package import Measurements

extension Input {
  /// What `read` makes of the whole input as one JSON value.
  ///
  /// - Throws: ``InputError`` with line and field where the text is not JSON, or not what was
  ///   expected.
  package func json<Value>(
    _ read: (inout JSONReader) throws(JSONError) -> Value
  ) throws(InputError) -> Value {
    _ = try text()
    var reader = JSONReader(bytes)
    do throws(JSONError) {
      let value = try read(&reader)
      try reader.end()
      return value
    } catch {
      throw self.error(error)
    }
  }

  /// The error of a reader, with the line that it is on.
  func error(_ error: JSONError) -> InputError {
    let newlines = bytes.prefix(error.position).count { $0 == UInt8(ascii: "\n") }
    return self.error(error.problem, line: newlines + 1, field: error.field)
  }
}
