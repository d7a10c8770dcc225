import Measurements

extension JSONNode {
  /// A finite number that is not negative, as times, sizes and counts are.
  func amount() throws(InputError) -> Double {
    let number = try number()
    guard number >= 0 else { throw error("negative: \(number)") }
    return number
  }

  /// An array of finite numbers, none of them negative.
  func amounts() throws(InputError) -> [Double] {
    let numbers = try numbers()
    if let index = numbers.firstIndex(where: { $0 < 0 }) {
      throw input.error(
        "negative", line: line, field: "\(field)[\(index)]", text: "\(numbers[index])")
    }
    return numbers
  }

  /// A time from a number of seconds, or parts of seconds, since the beginning of 1970.
  ///
  /// A number before the year 2000 is an error: no such result is kept today, so it counts
  /// something else.
  func timestamp(perSecond parts: Double = 1) throws(InputError) -> Timestamp {
    let seconds = try number() / parts
    guard seconds >= 946_684_800, let time = Timestamp(secondsSince1970: seconds) else {
      throw error(
        "no time between 2000 and 9999",
        hint: "it counts \(parts == 1 ? "seconds" : "milliseconds") from the beginning of 1970")
    }
    return time
  }

  /// The number of elements of an array.
  func count() throws(InputError) -> Int {
    guard case .array(let elements) = value else { throw expected("an array") }
    return elements.count
  }

  /// The given members as labels or context. Members that are not plain values are left out.
  func labels(_ keys: [String]) -> [String: String] {
    keys.reduce(into: [:]) { labels, key in labels[key] = self[key]?.label }
  }

  /// All members of an object as labels. `null`, lists and objects become JSON text.
  func parameters() throws(InputError) -> [String: String] {
    var labels: [String: String] = [:]
    for (key, node) in try members() {
      labels[key] =
        node.label ?? node.value.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    return labels
  }
}
