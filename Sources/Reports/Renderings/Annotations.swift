import Measurements
import Verdicts

extension Rendering {
  package static let github = Rendering(
    name: "github", summary: "annotations of a GitHub workflow, with its summary and outputs",
    files: [.outputs, .summary]
  ) { report, _ in Annotations(report: report).text }
}

extension PipelineFile {
  /// The comment, for the summary of the step.
  fileprivate static let summary = PipelineFile(
    variable: "GITHUB_STEP_SUMMARY",
    limit: Limit(
      bytes: 1_048_576,
      warning: "the summary of this step is full, and the comment is not in it")
  ) { Rendering.markdown.render($0, Style()) + "\n" }

  /// The outputs that later steps may read. They are words and numbers of this program, so that no
  /// name can be taken for an output.
  fileprivate static let outputs = PipelineFile(variable: "GITHUB_OUTPUT", limit: nil) { report in
    let outcome = report.outcome.map { [("outcome", $0.rawValue)] } ?? []
    let counts = Verdict.Kind.allCases.map {
      ($0.rawValue, String(report.counts[$0, default: 0]))
    }
    // A step that asks for the status of a report that judges nobody must fail.
    let status = String(report.status ?? 5)
    return (outcome + counts + [("status", status)]).map { "\($0)=\($1)\n" }.joined()
  }
}

/// The workflow commands that GitHub shows beside a job: failures as errors, other checks that
/// somebody should look at as warnings, and a notice with the outcome.
struct Annotations {
  let report: Report

  /// The number of annotations of each kind that GitHub shows for a step; it drops the rest without
  /// a message.
  private static let most = 10

  var text: String {
    let checks = report.parts.flatMap { part in report.checks(of: part).map { (part, $0) } }
    let foremost = foremost
    let errors = cut(checks.filter { $0.1.level == .error }, "error", most: Self.most)
    let warnings = cut(
      checks.filter { $0.1.level == .warning }, "warning", most: Self.most - foremost.count)
    let outcome = [command("notice", "perf-gate", report.summary)]
    return (foremost + errors + warnings + outcome).joined(
      separator: "\n") + "\n"
  }

  /// The sentences above the verdict, as the first warnings; half of them at the most.
  private var foremost: [String] {
    let (all, most) = (report.foremostOfAll, Self.most / 2)
    let shown = all.count > most ? Array(all.prefix(most - 1)) : all
    let rest = all.count - shown.count
    return (shown + (rest > 0 ? ["and \(rest) more that is told first"] : []))
      .map { command("warning", "perf-gate", $0) }
  }

  /// Returns as many annotations as are shown; the last one has a count of the others.
  private func cut(
    _ checks: [(SuiteReport, Check)], _ kind: String, most: Int
  ) -> [String] {
    func line(_ part: SuiteReport, _ check: Check) -> String {
      command(kind, report.prefix(of: part) + check.subject(in: part), check.text())
    }
    guard checks.count > most else { return checks.map(line) }
    let others = checks.count - most + 1
    return checks.prefix(most - 1).map(line)
      + [command(kind, "perf-gate", "and \(others) more like these")]
  }

  /// Returns a workflow command, as in `::error title=…::…`. Characters that a runner would take
  /// for another command, or for the end of this one, are written by their number.
  private func command(_ kind: String, _ title: String, _ message: String) -> String {
    let title = Self.escaped(title.visible(limit: 120)).replacing(":", with: "%3A")
      .replacing(",", with: "%2C")
    return "::\(kind) title=\(title)::\(Self.escaped(message.visible(limit: 500)))"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }
}
