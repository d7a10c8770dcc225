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
    guard !input.isEmpty || told != nil else {
      speak("nothing is pushed, so nothing was judged")
      return .success
    }
    let read = try Push.read(input)
    guard input.isEmpty || !read.isEmpty else { return .success }
    try call.fetchIfAsked()
    let workspace = try Workspace.judging(call)
    let pushes = try read.isEmpty ? told.map { [try $0.push(in: workspace)] } ?? [] : read
    let operands = call.operands.isEmpty ? told?.operands ?? [] : call.operands
    let target = PushTarget(operands, pushes, in: workspace.repository)
    return try conclude(parcels(pushes, target, workspace).map { judge($0, workspace) })
  }
}

extension PrePush {
  /// What is pushed, each commit once, in the order of git.
  private func parcels(
    _ pushes: [Push], _ target: PushTarget, _ workspace: Workspace
  ) throws -> [PushedCommit] {
    var parcels: [PushedCommit] = []
    var places: [PushedCommit.Key: Int] = [:]
    for push in pushes {
      guard let commit = try commit(of: push, workspace) else { continue }
      let parcel = PushedCommit(
        names: [push.name], commit: commit, standard: standard(of: push, commit, target, workspace))
      if let place = places[parcel.key] {
        parcels[place].names.append(push.name)
      } else {
        places[parcel.key] = parcels.count
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

  private func standard(
    of push: Push, _ commit: Commit, _ target: PushTarget, _ workspace: Workspace
  ) -> Result<PushTarget.Standard?, Complaint> {
    guard call.settings.against == nil else { return .success(nil) }
    return Result {
      let search = try BaseSearch(
        workspace.repository, judged: commit, branch: push.source, preferring: target.remote,
        pushedTo: push.remoteRef)
      let base = try Base(
        typed: call.settings.base, for: search, configured: workspace.configuration.bases,
        in: workspace, call)
      return try target.standard(of: push, commit, base: base)
    }.mapError { Complaint($0) }
  }

  private func judge(_ parcel: PushedCommit, _ workspace: Workspace) -> Finding {
    do {
      if case .judgedBefore(let why)? = try parcel.standard.get() {
        return Finding(parcel: parcel, result: .judgedBefore(why))
      }
      let base = parcel.base
      let gate = Gate(call: call)
      let report = try gate.report(
        on: .commit(parcel.commit, name: parcel.names[0]), in: workspace, base: base)
      let rules = try rules(for: parcel, base, workspace)
      let isAllowed = rules.missingResult == .warn && report.isWithoutMachine
      return Finding(
        parcel: parcel, result: isAllowed ? .allowed(report) : .judged(report),
        refusesLoosened: rules.loosenedPush == .fail && !report.loosened.isEmpty)
    } catch {
      let why = Complaint(error)
      guard why.isWithoutResult else { return Finding(parcel: parcel, result: .failed(why)) }
      // Where the rules themselves cannot be read, nothing is allowed.
      let rules = try? rules(for: parcel, parcel.base, workspace)
      let isAllowed = rules?.missingResult == .warn
      return Finding(parcel: parcel, result: isAllowed ? .withoutResult(why) : .failed(why))
    }
  }

  private func rules(
    for parcel: PushedCommit, _ base: Base?, _ workspace: Workspace
  ) throws -> Configuration {
    try Gate(call: call).ruling(
      on: .commit(parcel.commit, name: parcel.names[0]), in: workspace, base: base
    ).rules.configuration
  }
}

extension Report {
  /// Whether it fails only because this machine has no number of the suite to compare with.
  fileprivate var isWithoutMachine: Bool {
    outcome == .incomparable
      && judgements.allSatisfy { judgement in
        if case .incomparable(.history) = judgement.verdict { return true }
        return judgement.verdict.kind == .new
      }
      && parts.allSatisfy { !$0.decision.budgets.contains { $0.state == .broken } }
  }
}
