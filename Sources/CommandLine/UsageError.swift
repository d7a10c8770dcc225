/// A mistake in what the user typed, with a hint on what to type instead.
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
  /// Returns the error for an operand that the program, or its current mode, does not take.
  package static func unexpected(_ operand: String, hint: String) -> UsageError {
    UsageError("unexpected argument '\(operand)'", hint: hint)
  }

  /// Returns the error of a value's parser, together with the option that the value was typed for.
  ///
  /// A parser knows only why the text is no value of its kind ("not a percentage"); the option's
  /// name, as it was typed, is known here.
  package func about(_ value: String, of option: String, see: String) -> UsageError {
    UsageError("invalid value '\(value)' for '\(option)': \(message)", hint: hint ?? see)
  }
}
