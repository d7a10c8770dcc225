/// The kind of value that an option takes: what help calls it, what shells offer, how it is read.
package struct Argument<Value>: Sendable {
  /// How help shows the value: `<file>`, or `auto|always|never`.
  package let placeholder: String
  package let completion: Completion
  package let parse: @Sendable (String) throws(UsageError) -> Value

  /// The parser's error says only why the text will not do, `not a percentage`; value and option
  /// are put before it.
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
  /// Any text but the empty one, which is a script's unset variable more often than a wish.
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

  /// One of the names of a table.
  package static func word(_ placeholder: String, among words: [String]) -> Self {
    Argument(placeholder, completing: .words(words)) { text throws(UsageError) in
      guard words.contains(text) else { throw notAmong(words, text) }
      return text
    }
  }
}

extension Argument
where Value: CaseIterable & RawRepresentable<String> & Sendable {
  /// One of the cases of an enumeration; a nil placeholder lists them all.
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
  /// A share of a hundred, `10%` for 0.1; the sign is required, since 0.1 could mean either.
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
