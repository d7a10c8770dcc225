/// A fact about the machine or the program that makes measured numbers less trustworthy.
package struct PreflightWarning: Hashable, Sendable, CustomStringConvertible {
  package let severity: Severity
  /// The observation, such as `load average 3.1 on 2 cores`.
  package let sight: String
  /// The reason why it matters.
  package let reason: String
  /// A sentence that says what to do.
  package let advice: String

  package enum Severity: String, Hashable, Sendable {
    /// A fact worth knowing, and no reason against measuring.
    case note
    /// Numbers are likely to be wrong, or to differ from launch to launch.
    case warning
  }

  init(_ severity: Severity, _ sight: String, because reason: String, advice: String) {
    self.severity = severity
    self.sight = sight
    self.reason = reason
    self.advice = advice
  }

  package var description: String { "\(sight): \(reason) (\(advice))" }
}
