import Measurements
import Verdicts

/// The commands to reproduce a result, and to decide otherwise.
///
/// Commands are for copying, and names are somebody's text: a name stands in a command only if no
/// shell and no pattern gives it another meaning.
struct CommentCommands {
  let report: SuiteReport
  let worst: SeriesResult?
  /// The series that can be accepted: the worst one, or the worst since the anchor; nil if nothing
  /// can be accepted.
  let regression: SeriesResult?
  /// True if there are other parts, which a command must not include.
  let isOneOfSeveral: Bool

  /// The commands for a shell; none if the two sides are not commits.
  var lines: [String] {
    guard let old = baseline(of: worst), let new = report.candidate.commitID else { return [] }
    let against = "--against \(old) \(new)"
    let benchmark = argument(worst)
    let accept = [
      "# accept: a permission in .perfconfig that ends, to be committed",
      "perf-gate --accept \(argument(regression)) --reason '<why>'\(options) "
        + "--against \(baseline(of: regression) ?? old) \(new)",
    ]
    return
      [
        "# bring what was recorded",
        "perf-sync fetch",
        "# reproduce: measure both commits in turns, where .perfconfig has a suite",
        "perf-gate --measure\(suite) \(against)",
        "# explain: every row, and every number of one verdict",
        "perf-diff --verbose\(options) \(old) \(new)",
        "perf-gate --explain \(benchmark)\(options) \(against)",
      ] + (regression == nil ? [] : accept)
  }

  var title: String {
    regression == nil ? "reproduce, explain" : "reproduce, explain, accept"
  }

  /// Returns the baseline of a row, which need not be that of most rows.
  private func baseline(of seriesResult: SeriesResult?) -> String? {
    (seriesResult.map { report.baseline(of: $0).party } ?? report.baseline).commitID
  }

  private func argument(_ seriesResult: SeriesResult?) -> String {
    seriesResult?.id.benchmark.name.quotedArgument ?? "'<benchmark>'"
  }

  /// The options that make the command compare the same runs.
  private var options: String {
    suite + (report.machineDifferences == nil ? "" : " --environment any")
  }

  private var suite: String {
    guard isOneOfSeveral || report.suite != Run.defaultSuite else { return "" }
    return " --suite \(report.suite.quotedArgument ?? "'<suite>'")"
  }
}

extension String {
  /// The text in quotation marks, if every shell reads it the same, and it is neither a pattern nor
  /// an option.
  var quotedArgument: String? {
    let isPlain = unicodeScalars.allSatisfy { scalar in
      scalar.isAlphanumeric || " ./_:=,+-".unicodeScalars.contains(scalar)
    }
    guard isPlain, unicodeScalars.first?.isAlphanumeric ?? false, utf8.count <= 100 else {
      return nil
    }
    return "'\(self)'"
  }
}
