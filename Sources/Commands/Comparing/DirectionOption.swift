import Intake
import Measurements
import Reports
import Verdicts

/// `--better [<metric>=]higher|lower`.
extension Argument where Value == Policy.Rule<Direction> {
  static var direction: Self {
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
  func overridden(by typed: Self) -> Self {
    filter { rule in !typed.contains { $0.pattern.matches(rule.pattern.text) } } + typed
  }
}

extension Call where Settings == RecordSettings {
  /// A reading with the directions that were typed, or are configured.
  func directed(_ reading: Reading, _ configuration: Configuration) throws -> Reading {
    var policy = try configuration.policy(for: suite(configuration))
    policy.directions = policy.directions.overridden(by: settings.directions)
    return policy.directed(reading)
  }

  /// Says of which metrics nobody says what is better.
  func tellGuesses(in series: [Series]) {
    let names = Set(series.filter(\.metric.isGuessed).map(\.metric.name)).sorted()
    guard let first = names.first, settings.common.verbosity != .quiet else { return }
    err.line(
      "nobody says which direction of \(names.listed) is better: `--better \(first.visible())=higher` or "
        + "lower does, or `better` below `[metric \"\(first.visible())\"]` in .perfconfig")
  }
}

extension Policy {
  /// Readings with the directions that the policy has.
  func directed(_ reading: Reading) -> Reading {
    guard !directions.isEmpty else { return reading }
    return Reading(
      series: directed(reading.series), records: reading.records, failures: reading.failures,
      context: reading.context, remarks: reading.remarks,
      audits: reading.audits.map {
        $0.directed(
          { name, isGuess in direction(for: Metric(name, .one, isGuessed: isGuess)) },
          by: "--better or [metric] in .perfconfig")
      })
  }
}
