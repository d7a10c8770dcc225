/// The reason why an input cannot be read.
package struct InputError: Error, Hashable, Sendable {
  /// The problem without the place, such as `expected a number, found a string`.
  package let problem: String
  /// The name of the input, such as a path or `standard input`.
  package let input: String
  /// The number of the line, counted from 1.
  package let line: Int?
  /// The JSON field, such as `results[3].times[0]`.
  package let field: String?
  /// The offending text, shortened to a line that fits a terminal.
  package let text: String?
  /// A sentence that says what to do.
  package let hint: String?

  package init(
    _ problem: String, input: String, line: Int? = nil, field: String? = nil,
    text: String? = nil, hint: String? = nil
  ) {
    self.problem = problem
    self.input = input
    self.line = line
    self.field = field
    self.text = text?.shortened()
    self.hint = hint
  }
}

extension InputError: CustomStringConvertible {
  /// The whole message, such as `bench.json:12: field 'results[3].times[0]': expected a number,
  /// found a string`.
  package var description: String {
    var parts = [line.map { "\(input):\($0)" } ?? input]
    if let field { parts.append("field '\(field)'") }
    parts.append(problem)
    if let text { parts.append("'\(text)'") }
    return parts.joined(separator: ": ")
  }
}

extension StringProtocol {
  /// The text with at most `limit` characters. Tabs and line breaks become spaces; an ellipsis
  /// marks a cut.
  package func shortened(to limit: Int = 80) -> String {
    let words = prefix(limit * 4).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.count <= limit ? words : String(words.prefix(limit - 1)) + "…"
  }
}
