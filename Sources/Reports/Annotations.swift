extension Rendering {
  package static let github = Rendering(
    name: "github", summary: "annotations of a GitHub workflow, with its summary and outputs"
  ) { report, _ in Annotations(report: report).text }
}

/// Workflow commands that GitHub shows beside a job: what fails as errors, what somebody should look at
/// besides as warnings, and a notice with the outcome.
struct Annotations {
  let report: Report

  /// GitHub shows ten of each kind of a step, and drops the rest without a word.
  private static let most = 10

  var text: String {
    let checks = report.parts.flatMap { part in report.checks(of: part).map { (part, $0) } }
    let lines = [Check.Level.error, .warning].flatMap { level in
      cut(checks.filter { $0.1.level == level }, level.rawValue)
    }
    let foremost = report.foremost.map { command("warning", "perf-gate", $0) }
    return (foremost + lines + [command("notice", "perf-gate", report.summary)]).joined(
      separator: "\n") + "\n"
  }

  /// As many as are shown, the last one with a count of the others.
  private func cut(_ checks: [(SuiteReport, Check)], _ kind: String) -> [String] {
    func line(_ part: SuiteReport, _ check: Check) -> String {
      command(kind, report.prefix(of: part) + check.subject(in: part), check.text())
    }
    guard checks.count > Self.most else { return checks.map(line) }
    let others = checks.count - Self.most + 1
    return checks.prefix(Self.most - 1).map(line)
      + [command(kind, "perf-gate", "and \(others) more like these")]
  }

  /// `::error title=…::…`; what a runner would take for another command, or for the end of this one, is
  /// written by its number.
  private func command(_ kind: String, _ title: String, _ message: String) -> String {
    let title = Self.escaped(title.visible(limit: 120)).replacing(":", with: "%3A")
      .replacing(",", with: "%2C")
    return "::\(kind) title=\(title)::\(Self.escaped(message.visible(limit: 500)))"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }
}
