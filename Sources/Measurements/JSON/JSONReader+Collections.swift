extension JSONReader {
  /// Reads an object whose values are strings.
  package mutating func strings() throws(JSONError) -> [String: String] {
    var strings: [String: String] = [:]
    try object { (reader, key) throws(JSONError) in strings[key] = try reader.string() }
    return strings
  }

  /// Reads an array of numbers.
  package mutating func numbers() throws(JSONError) -> [Double] {
    var numbers: [Double] = []
    try array { (reader) throws(JSONError) in numbers.append(try reader.number()) }
    return numbers
  }

  /// An array of what one of its elements is read as.
  package mutating func list<Element>(
    _ element: (inout JSONReader) throws(JSONError) -> Element
  ) throws(JSONError) -> [Element] {
    var list: [Element] = []
    try array { (reader) throws(JSONError) in list.append(try element(&reader)) }
    return list
  }
}
