import CommandLine
import Reports
package import Verdicts

extension ExitStatus {
  package init(_ outcome: Outcome) { self = ExitStatus(rawValue: outcome.status) ?? .failure }

  /// Of a gate's report; one without an outcome did not judge.
  init(_ report: Report) { self = report.outcome.map(ExitStatus.init) ?? .failure }

  /// What a gate's report comes to, for the last line on standard error: nothing that was not
  /// decided is called passed.
  static func words(for report: Report) -> String {
    switch report.outcome {
    case .undecided?: "undecided"
    case .noBaseline?: "no baseline yet"
    case .overBudget?: "over budget"
    case .improvement?: "unexpected improvement"
    case .pass? where report.hasDoubts: "no regression shown"
    default: ExitStatus(report).words
    }
  }
}
