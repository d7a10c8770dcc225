/// The kind of value that an option takes: its placeholder in help, its completions in shells, and
/// its parser.
package struct Argument<Value>: Sendable {
  /// The placeholder that help shows for the value: `<file>`, or `auto|always|never`.
  package let placeholder: String
  package let completion: Completion
  package let parse: @Sendable (String) throws(UsageError) -> Value

  /// Creates a kind of value.
  ///
  /// The parser's error says only why the text is not accepted, such as `not a percentage`. The
  /// caller of the parser puts the value and the option before it.
  package init(
    _ placeholder: String, completing completion: Completion = .none,
    parse: @escaping @Sendable (String) throws(UsageError) -> Value
  ) {
    self.placeholder = placeholder
    self.completion = completion
    self.parse = parse
  }
}

extension Argument where Value == String {
  /// Accepts any text except the empty one. An empty text comes from an unset variable of a script
  /// more often than from intent.
  package static func text(_ placeholder: String, completing: Completion = .none) -> Self {
    Argument(placeholder, completing: completing) { text throws(UsageError) in
      guard !text.isEmpty else { throw UsageError("it is empty") }
      return text
    }
  }

  package static var file: Self { .text("<file>", completing: .file) }
  package static var directory: Self { .text("<dir>", completing: .directory) }
  package static var revision: Self { .text("<revision>", completing: .revision) }
  package static var revisionOrFile: Self {
    .text("<revision|file>", completing: .revisionOrFile)
  }

  /// Accepts one of the given names.
  package static func word(_ placeholder: String, among words: [String]) -> Self {
    Argument(placeholder, completing: .words(words)) { text throws(UsageError) in
      guard words.contains(text) else { throw notAmong(words, text) }
      return text
    }
  }
}

extension Argument
where Value: CaseIterable & RawRepresentable<String> & Sendable {
  /// Accepts the raw value of a case of an enumeration. If the placeholder is nil, help lists all
  /// of them.
  package static func word(_ placeholder: String? = nil) -> Self {
    let words = Value.allCases.map(\.rawValue)
    return Argument(
      placeholder ?? words.joined(separator: "|"), completing: .words(words)
    ) { text throws(UsageError) in
      guard let value = Value(rawValue: text) else { throw notAmong(words, text) }
      return value
    }
  }
}

extension Argument where Value == Int {
  package static func integer(_ placeholder: String, in range: ClosedRange<Int>) -> Self {
    Argument(placeholder) { text throws(UsageError) in
      guard let value = Int(text), range.contains(value) else {
        throw UsageError("not a whole number\(range.inWords)")
      }
      return value
    }
  }
}

extension Argument where Value == Double {
  /// Reads a percentage: `10%` is 0.1. The sign is required, because 0.1 without it could mean
  /// either.
  package static func percent(_ placeholder: String = "<percent>") -> Self {
    Argument(placeholder) { text throws(UsageError) in
      guard text.hasSuffix("%"), let value = Double(text.dropLast()), value >= 0, value.isFinite
      else { throw UsageError("not a percentage", hint: "write a percentage like '10%'") }
      return value / 100
    }
  }
}

extension ClosedRange<Int> {
  fileprivate var inWords: String {
    switch (lowerBound, upperBound) {
    case (.min, .max): ""
    case (_, .max): ", \(lowerBound) or more"
    default: " from \(lowerBound) to \(upperBound)"
    }
  }
}

private func notAmong(_ words: [String], _ text: String) -> UsageError {
  UsageError(
    "not one of \(words.joined(separator: ", "))", hint: Suggestion.hint(for: text, among: words))
}
