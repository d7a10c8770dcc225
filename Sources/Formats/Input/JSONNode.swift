import Measurements

/// A value of a JSON input with its place, so that an error names the field.
struct JSONNode {
  let value: JSONValue
  /// The steps from the outermost value to this one.
  let steps: [JSONStep]
  let input: Input
  /// The line on which the outermost value begins, if it is one of several; else nil.
  let line: Int?

  /// Makes a node of an outermost value.
  init(root value: JSONValue, of input: Input, line: Int? = nil) {
    self.init(value, [], input, line)
  }

  private init(_ value: JSONValue, _ steps: [JSONStep], _ input: Input, _ line: Int?) {
    self.value = value
    self.steps = steps
    self.input = input
    self.line = line
  }

  private func inner(_ value: JSONValue, _ step: JSONStep) -> JSONNode {
    JSONNode(value, steps + [step], input, line)
  }

  /// The path of the field, such as `benchmarks[3].real_time`; empty for the outermost value.
  var field: String { steps.field }
  var place: ResultBuilder.Place {
    ResultBuilder.Place(line: line, field: steps.isEmpty ? nil : field)
  }
}

extension Input {
  /// Reads the whole input as one JSON value. A bare `NaN` or `Infinity`, which some tools write,
  /// becomes a string.
  ///
  /// - Throws: ``InputError`` with the line if the text is not JSON.
  func jsonNode() throws(InputError) -> JSONNode {
    JSONNode(
      root: try json { (reader) throws(JSONError) in try reader.value(allowsNonFinite: true) },
      of: self)
  }

  /// Reads a line as one JSON value.
  func jsonNode(on line: Line) throws(InputError) -> JSONNode {
    try jsonNode(of: line.text, on: line.number)
  }

  /// Reads a part of the input, which begins on a line, as one JSON value.
  ///
  /// - Throws: ``InputError`` with the line if the text is not JSON.
  func jsonNode(of text: some StringProtocol, on line: Int) throws(InputError) -> JSONNode {
    let bytes = Array(text.utf8)
    var reader = JSONReader(bytes)
    do throws(JSONError) {
      let value = try reader.value(allowsNonFinite: true)
      try reader.end()
      return JSONNode(root: value, of: self, line: line)
    } catch {
      let before = bytes.prefix(error.position).count { $0 == UInt8(ascii: "\n") }
      throw self.error(error.problem, line: line + before, field: error.field)
    }
  }
}

extension JSONNode {
  /// A member of an object; nil if it is missing or null, or if this is no object.
  subscript(key: String) -> JSONNode? {
    guard case .object(let members) = value, let member = members[key], member != .null else {
      return nil
    }
    return inner(member, .key(key))
  }

  /// A member that must be there.
  func member(_ key: String) throws(InputError) -> JSONNode {
    guard case .object(let members) = value else { throw expected("an object") }
    guard let member = members[key], member != .null else {
      throw inner(.null, .key(key)).error("is missing")
    }
    return inner(member, .key(key))
  }

  /// All members of an object, in the order of their keys.
  func members() throws(InputError) -> [(key: String, node: JSONNode)] {
    guard case .object(let members) = value else { throw expected("an object") }
    return members.sorted { $0.key < $1.key }
      .map { ($0.key, inner($0.value, .key($0.key))) }
  }

  func elements() throws(InputError) -> [JSONNode] {
    guard case .array(let elements) = value else { throw expected("an array") }
    return elements.enumerated().map { inner($1, .index($0)) }
  }

  func string() throws(InputError) -> String {
    guard case .string(let string) = value else { throw expected("a string") }
    return string
  }

  func integer() throws(InputError) -> Int64 {
    switch value {
    case .integer(let integer): return integer
    case .number(let number):
      guard let integer = Int64(exactly: number) else { throw expected("a whole number") }
      return integer
    default: throw expected("a whole number")
    }
  }

  /// A finite number.
  func number() throws(InputError) -> Double {
    guard let number = try numberIfFinite() else { throw error("not a finite number") }
    return number
  }

  /// A number; nil for `NaN` and infinities in any of their spellings.
  func numberIfFinite() throws(InputError) -> Double? {
    switch value {
    case .integer(let integer): return Double(integer)
    case .number(let number): return number
    case .string(let text) where Self.nonFinite.contains(text.lowercased()): return nil
    default: throw expected("a number")
    }
  }

  private static let nonFinite: Set = [
    "nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "",
  ]

  /// An array of finite numbers.
  func numbers() throws(InputError) -> [Double] {
    guard case .array(let elements) = value else { throw expected("an array") }
    var numbers: [Double] = []
    numbers.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      switch element {
      case .integer(let integer): numbers.append(Double(integer))
      case .number(let number): numbers.append(number)
      default: numbers.append(try inner(element, .index(index)).number())
      }
    }
    return numbers
  }

  func bool() throws(InputError) -> Bool {
    guard case .bool(let bool) = value else { throw expected("true or false") }
    return bool
  }

  /// The text of a string, a number or a truth value, for a label; nil for any other value.
  var label: String? {
    switch value {
    case .string(let text): text
    case .integer(let integer): "\(integer)"
    case .number(let number): "\(number)"
    case .bool(let bool): "\(bool)"
    case .null, .array, .object: nil
    }
  }

  func error(_ problem: String, hint: String? = nil) -> InputError {
    input.error(problem, line: line, field: steps.isEmpty ? nil : field, hint: hint)
  }

  func expected(_ what: String) -> InputError {
    error("expected \(what), found \(found)")
  }

  private var found: String {
    switch value {
    case .null: "null"
    case .bool(let bool): "\(bool)"
    case .integer, .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
