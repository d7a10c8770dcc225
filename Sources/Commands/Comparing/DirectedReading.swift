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
  /// Parsed results with the directions of the policy.
  func directed(_ reading: ParsedResults) -> ParsedResults {
    guard !directions.isEmpty else { return reading }
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
