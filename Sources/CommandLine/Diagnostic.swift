import Measurements

/// Why a program stops, as it is told to the user.
package struct Diagnostic: Error {
  package let status: ExitStatus
  /// What failed, on what; lower case, no full stop.
  package let message: String
  /// What to do about it.
  package let hint: String?
  /// Lines of others, such as the last words of a command that failed.
  package let details: [String]
  /// Whether it is only that nothing was recorded yet.
  package let isWithoutResult: Bool

  package init(
    _ status: ExitStatus, _ message: String, hint: String? = nil, details: [String] = [],
    isWithoutResult: Bool = false
  ) {
    self.status = status
    self.message = message
    self.hint = hint
    self.details = details
    self.isWithoutResult = isWithoutResult
  }

  /// The same with another hint.
  package func hinting(_ hint: String) -> Diagnostic {
    Diagnostic(status, message, hint: hint, details: details, isWithoutResult: isWithoutResult)
  }

  /// The same with more details.
  package func detailed(by details: [String]) -> Diagnostic {
    Diagnostic(
      status, message, hint: hint, details: self.details + details, isWithoutResult: isWithoutResult
    )
  }

  /// Everything on lines of their own, harmless to a terminal.
  package func lines(as severity: Severity) -> [String] {
    ["\(severity): \(message.visible(limit: 1000))"]
      + details.map { "  | \($0.visible(limit: 500))" }
      + (hint.map { ["hint: \($0.visible(limit: 1000))"] } ?? [])
  }

  package enum Severity { case error, warning }
}
