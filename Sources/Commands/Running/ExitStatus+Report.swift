import CommandLine
import Reports
package import Verdicts

extension ExitStatus {
  package init(_ outcome: Outcome) { self = ExitStatus(rawValue: outcome.status) ?? .failure }

  /// The status of a gate's report. A report without an outcome did not judge, which is a failure.
  init(_ report: Report) { self = report.outcome.map(ExitStatus.init) ?? .failure }

  /// The result of a gate's report for the last line on standard error. It says "passed" only if
  /// everything was decided.
  static func words(for report: Report) -> String {
    switch report.outcome {
    case .undecided?: "undecided"
    case .noBaseline?: "no baseline yet"
    case .overBudget?: "over budget"
    case .goalNotMet?: "goal not met"
    case .improvement?: "unexpected improvement"
    case .pass? where report.hasDoubts: "no regression shown"
    default: ExitStatus(report).words
    }
  }
}
