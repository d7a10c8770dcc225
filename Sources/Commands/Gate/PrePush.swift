import Git
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
    let settings = call.settings
    guard settings.explain == nil, settings.accept == nil, !settings.nullCheck, !settings.measure,
      !settings.marks
    else {
      throw UsageError(
        "--pre-push goes with none of --measure, --explain, --accept, --mark and --null-check")
    }
    guard !Platform.isTerminal(Platform.standardInputDescriptor) else {
      throw UsageError(
        "--pre-push reads what git gives a hook, on standard input",
        hint: "install the hook with `ci/install-hook`, or judge a commit with `perf-gate`")
    }
    let input = try String(decoding: Platform.standardInput(), as: UTF8.self)
    let told = PreCommit(call.invocation.environment)
    // Git runs a hook also where there is nothing to push.
    guard !input.isEmpty || told != nil else { return .success }
    let pushes = try Push.read(input)
    guard input.isEmpty || !pushes.isEmpty else { return .success }
    try call.fetchIfAsked()
    let workspace = try Workspace.judging(call)
    let all = try pushes.isEmpty ? told.map { [try $0.push(in: workspace)] } ?? [] : pushes
    return try conclude(
      parcels(all, told?.operands ?? [], workspace).map { judge($0, workspace) })
  }
}

extension PrePush {
  /// What is pushed, each commit once, in the order of git.
  ///
  /// - Parameter operands: What a hook manager says of the remote, where nothing was typed.
  private func parcels(
    _ pushes: [Push], _ operands: [String], _ workspace: Workspace
  ) throws -> [Parcel] {
    let operands = call.operands.isEmpty ? operands : call.operands
    var parcels: [Parcel] = []
    for push in pushes {
      guard let commit = try commit(of: push, workspace) else { continue }
      let parcel = Parcel(
        names: [push.name], commit: commit, base: base(of: push, commit, operands, workspace))
      if let index = parcels.firstIndex(where: parcel.isSame) {
        parcels[index].names.append(push.name)
      } else {
        parcels.append(parcel)
      }
    }
    return parcels
  }

  /// - Returns: nil for a tag of something else.
  private func commit(of push: Push, _ workspace: Workspace) throws -> Commit? {
    do {
      let commit = try workspace.repository.commit(peeling: push.local)
      if commit == nil { speak("\(push.name.visible()): no commit, nothing to judge") }
      return commit
    } catch {
      guard error.kind == .notFound else { throw error }
      throw Complaint(
        .failure, "\(push.local.short), pushed as '\(push.name)', is not in this repository")
    }
  }

  private func base(
    of push: Push, _ commit: Commit, _ operands: [String], _ workspace: Workspace
  ) -> Result<Base?, Complaint> {
    guard call.settings.against == nil else { return .success(nil) }
    return Result {
      try Destination.base(
        of: push, commit, operands, named: call.settings.base, in: workspace)
    }.mapError { Complaint($0) }
  }

  /// A commit without a result or a baseline holds nobody up, unless its rules say so.
  private func judge(_ parcel: Parcel, _ workspace: Workspace) -> Finding {
    let subject = Subject.commit(parcel.commit, name: parcel.names[0])
    do {
      let judged = try Gate(call: call).judged(subject, in: workspace, base: parcel.base.get())
      let isMissing = judged.report.isAlone && judged.report.outcome == .incomparable
      return Finding(
        parcel: parcel, result: .success(judged.report),
        isWaved: isMissing && judged.rules.configuration.missingResult == .warn,
        loosened: judged.loosened,
        refusesLoosened: judged.rules.configuration.loosenedPush == .fail)
    } catch {
      let why = Complaint(error)
      let isMissing = why.status == .nothingToCompare || why.isWithoutResult
      return Finding(
        parcel: parcel, result: .failure(why),
        isWaved: isMissing && wavesMissing(parcel, workspace))
    }
  }

  /// - Returns: false where the rules themselves cannot be read.
  private func wavesMissing(_ parcel: Parcel, _ workspace: Workspace) -> Bool {
    let subject = Subject.commit(parcel.commit, name: parcel.names[0])
    let base = (try? parcel.base.get()) ?? nil
    let ruling = try? Gate(call: call).ruling(on: subject, in: workspace, base: base)
    return ruling?.rules.configuration.missingResult == .warn
  }
}
