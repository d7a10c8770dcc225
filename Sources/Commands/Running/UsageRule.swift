import CommandLine

/// A combination of options and operands that a program refuses, with the message for it.
struct UsageRule<Settings: CommonSettings>: Sendable {
  /// Returns the error for a command line that breaks the rule, and nil for any other.
  let error: @Sendable (CommandContext<Settings>) -> UsageError?

  init(error: @escaping @Sendable (CommandContext<Settings>) -> UsageError?) {
    self.error = error
  }

  /// A rule whose message is the same for every command line that breaks it.
  init(
    _ message: String, hint: String? = nil,
    isBroken: @escaping @Sendable (CommandContext<Settings>) -> Bool
  ) {
    error = { isBroken($0) ? UsageError(message, hint: hint) : nil }
  }
}

extension CommandContext {
  /// Checks the command line against rules, in their order.
  ///
  /// - Throws: The error of the first rule that it breaks.
  func check(_ rules: [UsageRule<Settings>]) throws(UsageError) {
    for rule in rules {
      if let error = rule.error(self) { throw error }
    }
  }
}
