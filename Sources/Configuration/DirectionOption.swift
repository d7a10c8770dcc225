package import CommandLine
package import Measurements
package import Verdicts

/// The value of `--better [<metric>=]higher|lower`.
extension Argument where Value == Policy.Rule<Direction> {
  package static var direction: Argument<Policy.Rule<Direction>> {
    Argument("[<metric>=]higher|lower", completing: .words(["higher", "lower"])) {
      text throws(UsageError) in
      let parts = text.split(separator: "=", omittingEmptySubsequences: false)
      guard let word = parts.last, let direction = Direction(rawValue: String(word)),
        parts.count == 1 || parts.dropLast().contains(where: { !$0.isEmpty })
      else {
        throw UsageError(
          "neither a direction nor a metric with one", hint: "write `--better points=higher`")
      }
      let metric = parts.count == 1 ? "*" : parts.dropLast().joined(separator: "=")
      try checkDirection(of: metric)
      return Policy.Rule(pattern: Pattern(metric), value: direction, place: "--better")
    }
  }
}

/// Checks that a metric may have a direction of its own.
///
/// - Throws: ``UsageError`` for metrics that perf-record itself measures: less of them is better,
///   whatever is launched.
func checkDirection(of metric: String) throws(UsageError) {
  guard Metric.ofLaunches.contains(metric) else { return }
  throw UsageError("less of \(metric) is better, always", hint: "leave it out")
}

extension [Policy.Rule<Direction>] {
  /// Returns the rules together with those that were typed. A typed rule takes precedence over a
  /// written one, however specific that is.
  package func overridden(by typed: Self) -> Self {
    filter { rule in !typed.contains { $0.pattern.matches(rule.pattern.text) } } + typed
  }
}
