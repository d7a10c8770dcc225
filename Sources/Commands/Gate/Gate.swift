import Git
import Reports
import Verdicts

/// The judgement of one commit or file.
struct Gate {
  let call: Call<GateSettings>

  func run() throws -> ExitStatus {
    if call.operands.count > 1 {
      throw UsageError.unexpected(
        call.operands[1], hint: "one revision or file is judged at a time")
    }
    try call.checkReports()
    let workspace = try Workspace(call)
    let subject = try Subject(call.operands.first ?? "HEAD", in: call, workspace)
    let report = try report(on: subject, in: workspace)
    try call.publish(report)
    return conclude(report)
  }

  /// - Parameter base: What to compare with instead of the usual base branch, as for a push to that
  ///   branch itself.
  func report(on subject: Subject, in workspace: Workspace, base: Base? = nil) throws -> Report {
    let settings = call.settings
    var finder = try Finder(call, workspace, maxDistance: settings.maxDistance)
    let match: Match
    if let against = settings.against {
      match = try finder.match(Subject(against, in: call, workspace), subject)
    } else {
      let base = try base ?? Base(settings.base ?? workspace.configuration.base, in: workspace)
      match = try finder.match(subject, base: base)
    }
    var policy = call.policy(workspace.configuration)
    policy.failsInconclusive = settings.strict || policy.failsInconclusive
    return match.report(
      tool: call.tool, suite: call.suite, policy: policy, isGate: true, warnings: finder.warnings)
  }

  /// Names the outcome on the last line of standard error, for whoever reads only that.
  private func conclude(_ report: Report) -> ExitStatus {
    let status = ExitStatus(report)
    if status != .success || call.settings.common.verbosity != .quiet {
      call.err.line("perf-gate: \(status.words): \(report.assessment.summary)")
    }
    return status
  }
}
