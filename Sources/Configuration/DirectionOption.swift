package import CommandLine
package import Measurements
package import Verdicts

/// `--better [<metric>=]higher|lower`.
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

/// - Throws: ``UsageError`` for what perf-record measures itself: less of it is better, whatever is launched.
func checkDirection(of metric: String) throws(UsageError) {
  guard Metric.ofLaunches.contains(metric) else { return }
  throw UsageError("less of \(metric) is better, always", hint: "leave it out")
}

extension [Policy.Rule<Direction>] {
  /// With what was typed: it goes before what is written, however specific that is.
  package func overridden(by typed: Self) -> Self {
    filter { rule in !typed.contains { $0.pattern.matches(rule.pattern.text) } } + typed
  }
}
