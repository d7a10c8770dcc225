/// Something about a machine, or about what is to be measured, that speaks against trusting numbers.
package struct PreflightWarning: Hashable, Sendable, CustomStringConvertible {
  package let severity: Severity
  /// What was seen: `load average 3.1 on 2 cores`.
  package let sight: String
  /// Why it matters.
  package let reason: String
  /// What to do about it.
  package let advice: String

  package enum Severity: String, Hashable, Sendable {
    /// Worth knowing, and no reason not to measure.
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
