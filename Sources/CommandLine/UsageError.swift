/// What is wrong with what the user typed, and what to type instead.
///
/// The hint is a field of its own, so that one place decides how both are shown and no message
/// grows a second sentence. Both are lower case, without a full stop, and quote what was typed.
package struct UsageError: Error, Hashable, Sendable {
  package let message: String
  package let hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}

extension UsageError {
  /// One operand more than the program, or the mode it is in, takes.
  package static func unexpected(_ operand: String, hint: String) -> UsageError {
    UsageError("unexpected argument '\(operand)'", hint: hint)
  }

  /// The error of a value's parser, told with the option it was typed for.
  ///
  /// A parser knows only why the text is no value of its kind ("not a percentage"); the option's
  /// name, as it was typed, is known here.
  func about(_ value: String, of option: String, see: String) -> UsageError {
    UsageError("invalid value '\(value)' for '\(option)': \(message)", hint: hint ?? see)
  }
}
