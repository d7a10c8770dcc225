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
    return conclude(
      try call.reporting {
        let workspace = try Workspace(call)
        return try report(on: subject(in: workspace), in: workspace)
      })
  }

  /// HEAD where nothing is named, whatever files there are.
  private func subject(in workspace: Workspace) throws -> Subject {
    if let typed = call.operands.first { return try Subject(typed, in: call, workspace) }
    let head = try workspace.commit("HEAD")
    return .commit(head, name: "HEAD")
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
      tool: call.tool, suite: call.suite(workspace.configuration), policy: policy, isGate: true,
      warnings: finder.warnings)
  }

  /// Names the outcome on the last line of standard error, for whoever reads only that.
  private func conclude(_ report: Report) -> ExitStatus {
    let status = ExitStatus(report)
    if status != .success || call.settings.common.verbosity != .quiet {
      call.err.line(
        "perf-gate: \(ExitStatus.words(for: report)): \(report.assessment.summary)")
    }
    return status
  }
}
