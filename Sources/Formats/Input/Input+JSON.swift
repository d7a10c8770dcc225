package import Measurements

extension Input {
  /// Reads the whole input as one JSON value with `read`.
  ///
  /// - Throws: ``InputError`` with line and field if the text is not JSON, or not as expected.
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

  /// The error of a JSON reader, with its line.
  func error(_ error: JSONError) -> InputError {
    let newlines = bytes.prefix(error.position).count { $0 == UInt8(ascii: "\n") }
    return self.error(error.problem, line: newlines + 1, field: error.field)
  }
}
