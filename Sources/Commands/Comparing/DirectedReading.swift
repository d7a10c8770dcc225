import CommandLine
import Configuration
import Formats
import Measurements
import Reports
import Verdicts

extension CommandContext where Settings == RecordSettings {
  /// Parsed results with the directions that were typed or, where none was, configured.
  func directed(_ reading: ParsedResults, _ configuration: ProjectConfiguration) throws
    -> ParsedResults
  {
    var policy = try configuration.policy(for: suite(configuration))
    policy.directions = policy.directions.overridden(by: settings.directions)
    try policy.checkOutcomes(reading.series)
    return policy.directed(reading)
  }

  /// Names the metrics whose direction is only guessed, on standard error.
  func tellGuesses(in series: [Series]) {
    let names = Set(series.filter(\.metric.isGuessed).map(\.metric.name)).sorted()
    guard let first = names.first, settings.common.verbosity != .quiet else { return }
    err.line(
      "nobody says which direction of \(names.listed) is better: `--better \(first.visible())=higher` or "
        + "lower does, or `better` below `[metric \"\(first.visible())\"]` in .perfconfig")
  }
}

extension Policy {
  /// - Throws: ``Diagnostic`` for a metric that `.perfconfig` calls an outcome and that has a value
  ///   besides 0 and 1.
  fileprivate func checkOutcomes(_ series: [Series]) throws {
    guard !outcomes.isEmpty else { return }
    for series in series where isOutcome(series.metric) == true && !series.rounds.areOutcomes {
      let values = series.rounds.flatMap(\.samples)
      let value = values.first { $0 != 0 && $0 != 1 } ?? 0
      let metric = series.metric.name.visible(limit: 60)
      let benchmark = series.benchmark.description.visible(limit: 60)
      throw Diagnostic(
        .unusable, "\(metric) of '\(benchmark)' is \(value), and an outcome is 1 or 0",
        hint:
          "take `outcome = true` below `[metric \"\(metric)\"]` out of .perfconfig, if its numbers "
          + "say more than solved or not")
    }
  }

  /// Parsed results with the directions and the outcomes of the policy.
  func directed(_ reading: ParsedResults) -> ParsedResults {
    guard !directions.isEmpty || !outcomes.isEmpty else { return reading }
    return ParsedResults(
      series: directed(reading.series), records: reading.records, failures: reading.failures,
      context: reading.context, parseNotes: reading.parseNotes,
      importSummaries: reading.importSummaries.map {
        $0.directed(
          { name, isGuess in direction(for: Metric(name, .one, isGuessed: isGuess)) },
          by: "--better or [metric] in .perfconfig")
      })
  }
}
