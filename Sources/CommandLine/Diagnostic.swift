import Measurements

/// The reason that a program stops, as it is printed for the user.
package struct Diagnostic: Error {
  package let status: ExitStatus
  /// The action that failed and its object, in lower case and without a full stop.
  package let message: String
  /// The advice on what to do about the failure; nil if there is none.
  package let hint: String?
  /// Lines that other programs printed, such as the last lines of a command that failed.
  package let details: [String]

  package init(
    _ status: ExitStatus, _ message: String, hint: String? = nil, details: [String] = []
  ) {
    self.status = status
    self.message = message
    self.hint = hint
    self.details = details
  }

  /// Returns a copy with another hint.
  package func hinting(_ hint: String) -> Diagnostic {
    Diagnostic(status, message, hint: hint, details: details)
  }

  /// Returns the message, the details and the hint as lines that are harmless to a terminal.
  package func lines(as severity: Severity) -> [String] {
    ["\(severity): \(message.visible(limit: 1000))"]
      + details.map { "  | \($0.visible(limit: 500))" }
      + (hint.map { ["hint: \($0.visible(limit: 1000))"] } ?? [])
  }

  package enum Severity { case error, warning }
}
