import Git
import History
import Intake
import Reports
import Verdicts

/// The gate as git's pre-push hook: one judgement for each commit that is about to be pushed.
///
/// It looks at results that exist and measures nothing, because git holds the connection open.
struct PrePush {
  let call: Call<GateSettings>

  func run() throws -> ExitStatus {
    guard call.invocation.environment["PERF_GATE"] != "off" else {
      call.err.line("perf-gate: skipped, because PERF_GATE=off")
      return .success
    }
    guard call.settings.comparing.reports.isEmpty else {
      throw UsageError(
        "--report does not go with --pre-push", hint: "run `perf-gate --report` apart")
    }
    let pushes = try Push.read(String(decoding: Platform.standardInput(), as: UTF8.self))
    guard !pushes.isEmpty else { return .success }
    let workspace = try Workspace(call)
    var seen: Set<ObjectID> = []
    var statuses: [ExitStatus] = []
    for push in pushes where seen.insert(push.local).inserted {
      statuses.append(try judge(push, workspace))
    }
    return .mostUrgent(statuses)
  }

  private func judge(_ push: Push, _ workspace: Workspace) throws -> ExitStatus {
    guard let commit = try workspace.repository.commit(peeling: push.local) else {
      call.err.line("perf-gate: \(push.name): no commit, nothing to judge")
      return .success
    }
    do {
      let report = try Gate(call: call).report(
        on: .commit(commit, name: push.name), in: workspace, base: try base(of: push, workspace))
      return try conclude(report, push)
    } catch {
      return missing(Complaint(error), push, workspace)
    }
  }

  /// A push to the base branch itself is compared with what the remote has there.
  private func base(of push: Push, _ workspace: Workspace) throws -> Base? {
    let remote = call.operands.first ?? "origin"
    let named = call.settings.base ?? workspace.configuration.base
    guard call.settings.against == nil else { return nil }
    let base = try Base(named, in: workspace, remote: remote)
    guard push.remoteRef == "refs/heads/\(base.branch(of: remote))", let old = push.remote,
      let commit = try workspace.repository.commitIfPresent(old.description)
    else { return base }
    return Base(name: "\(remote)/\(base.branch(of: remote))", commit: commit)
  }

  private func conclude(_ report: Report, _ push: Push) throws -> ExitStatus {
    let status = report.outcome.map(ExitStatus.init) ?? .success
    if status != .success || call.settings.common.verbosity == .verbose { try call.publish(report) }
    let refusal = status == .success ? "" : ", push refused (PERF_GATE=off skips the gate)"
    call.err.line(
      "perf-gate: \(push.name): \(status.words): \(report.assessment.summary)\(refusal)")
    return status
  }

  /// A commit without a result or a baseline holds nobody up, unless the configuration says so.
  private func missing(
    _ complaint: Complaint, _ push: Push, _ workspace: Workspace
  ) -> ExitStatus {
    let isMissing = complaint.status == .nothingToCompare || complaint.isWithoutResult
    guard isMissing, workspace.configuration.missingResult == .warn else {
      call.say(complaint, as: .error)
      call.err.line("perf-gate: \(push.name): \(complaint.status.words), push refused")
      return complaint.status
    }
    call.say(complaint, as: .warning)
    call.err.line("perf-gate: \(push.name): not judged, the push goes through")
    return .success
  }
}

/// One line that git writes to a pre-push hook.
struct Push {
  /// As the user knows it: `topic`, `v1.0`; for an id what it was pushed as.
  let name: String
  let local: ObjectID
  let remoteRef: String
  /// nil for a new reference.
  let remote: ObjectID?

  /// The lines that push something; deletions push nothing.
  ///
  /// - Throws: ``UsageError`` for a line that git would not write.
  static func read(_ text: String) throws -> [Push] {
    try text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ").map(String.init)
      guard fields.count == 4, isID(fields[1]), isID(fields[3]) else {
        throw UsageError(
          "not a line of git's pre-push hook: '\(line)'",
          hint: "--pre-push reads what git gives a hook, on standard input")
      }
      return Push(fields)
    }
  }

  private init?(_ fields: [String]) {
    guard let local = ObjectID(fields[1]) else { return nil }
    self.local = local
    name = Self.short(fields[0].hasPrefix("refs/") ? fields[0] : fields[2])
    remoteRef = fields[2]
    remote = ObjectID(fields[3])
  }

  private static func isID(_ text: String) -> Bool {
    ObjectID(text) != nil || text.allSatisfy { $0 == "0" } && text.count == 40
  }

  private static func short(_ reference: String) -> String {
    for prefix in ["refs/heads/", "refs/tags/"] where reference.hasPrefix(prefix) {
      return String(reference.dropFirst(prefix.count))
    }
    return reference
  }
}
