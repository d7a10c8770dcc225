import Measurements

extension JSONNode {
  /// A finite number that is not below zero, as times, sizes and counts are.
  func amount() throws(InputError) -> Double {
    let number = try number()
    guard number >= 0 else { throw error("negative: \(number)") }
    return number
  }

  /// An array of finite numbers, none of them below zero.
  func amounts() throws(InputError) -> [Double] {
    let numbers = try numbers()
    if let index = numbers.firstIndex(where: { $0 < 0 }) {
      throw input.error(
        "negative", line: line, field: "\(field)[\(index)]", text: "\(numbers[index])")
    }
    return numbers
  }

  /// A number of seconds, or of parts of them, since the beginning of 1970.
  ///
  /// Before 2000 nobody measured what is kept today: such a number counts something else.
  func timestamp(perSecond parts: Double = 1) throws(InputError) -> Timestamp {
    let seconds = try number() / parts
    guard seconds >= 946_684_800, let time = Timestamp(secondsSince1970: seconds) else {
      throw error(
        "no time between 2000 and 9999",
        hint: "it counts \(parts == 1 ? "seconds" : "milliseconds") from the beginning of 1970")
    }
    return time
  }

  /// How many elements an array has.
  func count() throws(InputError) -> Int {
    guard case .array(let elements) = value else { throw expected("an array") }
    return elements.count
  }

  /// Those of some members that are plain values, as context or labels.
  func labels(_ keys: [String]) -> [String: String] {
    keys.reduce(into: [:]) { labels, key in labels[key] = self[key]?.label }
  }

  /// The members of an object as labels, whatever they are: `null`, lists and objects as JSON.
  func parameters() throws(InputError) -> [String: String] {
    var labels: [String: String] = [:]
    for (key, node) in try members() {
      labels[key] =
        node.label ?? node.value.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    return labels
  }
}
