import Measurements
import Verdicts

/// What to type to see it for oneself, and to decide otherwise.
///
/// Commands are for copying, and names are somebody's text: a name stands in them only where no
/// shell and no pattern makes anything else of it.
struct CommentCommands {
  let report: SuiteReport
  let worst: SeriesResult?
  /// The worst, too, or the worst since the anchor; nil where nothing can be accepted.
  let regression: SeriesResult?
  /// Whether there are other parts, of which a command is not to speak.
  let isOneOfSeveral: Bool

  /// For a shell; none where the two sides are no commits.
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

  /// What a row was compared with, which need not be what most were.
  private func baseline(of seriesResult: SeriesResult?) -> String? {
    (seriesResult.map { report.baseline(of: $0).party } ?? report.baseline).commitID
  }

  private func argument(_ seriesResult: SeriesResult?) -> String {
    seriesResult?.id.benchmark.name.quotedArgument ?? "'<benchmark>'"
  }

  /// What it takes to have the same runs compared.
  private var options: String {
    suite + (report.machineDifferences == nil ? "" : " --environment any")
  }

  private var suite: String {
    guard isOneOfSeveral || report.suite != Run.defaultSuite else { return "" }
    return " --suite \(report.suite.quotedArgument ?? "'<suite>'")"
  }
}

extension String {
  /// In quotation marks, if it is the same to every shell, as a pattern, and as no option.
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
