import CommandLine
import Configuration
import Git
import Measurements
import Reports
import System
import Verdicts

/// The gate as git's pre-push hook: one judgement for each commit that is about to be pushed.
///
/// It judges runs that exist and measures nothing, because git keeps the connection open meanwhile.
struct PrePush {
  let call: CommandContext<GateSettings>

  func run() throws -> ExitStatus {
    guard call.process.environment["PERF_GATE"] != "off" else {
      call.err.line("perf-gate: skipped, because PERF_GATE=off")
      return .success
    }
    try call.check(UsageRule.prePush)
    guard !Platform.isTerminal(Platform.standardInputDescriptor) else {
      throw UsageError(
        "--pre-push reads what git gives a hook, on standard input",
        hint: "install the hook with `ci/install-hook`, or judge a commit with `perf-gate`")
    }
    let input = try String(decoding: Platform.standardInput(), as: UTF8.self)
    let told = PreCommit(call.process.environment)
    guard !input.isEmpty || told != nil else {
      speak("nothing is pushed, so nothing was judged")
      return .success
    }
    let read = try RefUpdate.read(input)
    guard input.isEmpty || !read.isEmpty else { return .success }
    try call.fetchIfAsked()
    let workspace = try Workspace.judging(call)
    call.storeSpooled(in: workspace, isRuled: false)
    let pushes = try read.isEmpty ? told.map { [try $0.push(in: workspace)] } ?? [] : read
    let operands = call.operands.isEmpty ? told?.operands ?? [] : call.operands
    let target = PushTarget(operands, pushes, in: workspace.repository)
    return try conclude(parcels(pushes, target, workspace).map { judge($0, workspace) })
  }
}

extension PrePush {
  /// The pushed commits, each once, in the order of git.
  private func parcels(
    _ pushes: [RefUpdate], _ target: PushTarget, _ workspace: Workspace
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

  /// The commit that is pushed.
  ///
  /// - Returns: nil for a tag of another object.
  private func commit(of push: RefUpdate, _ workspace: Workspace) throws -> Commit? {
    do {
      let commit = try workspace.repository.commit(peeling: push.local)
      if commit == nil { speak("\(push.name.visible()): no commit, nothing to judge") }
      return commit
    } catch {
      guard error.kind == .notFound else { throw error }
      throw Diagnostic(
        .failure, "\(push.local.short), pushed as '\(push.name)', is not in this repository")
    }
  }

  private func standard(
    of push: RefUpdate, _ commit: Commit, _ target: PushTarget, _ workspace: Workspace
  ) -> Result<PushTarget.Standard?, Diagnostic> {
    guard call.settings.against == nil else { return .success(nil) }
    return Result {
      let search = try BaseSearch(
        workspace.repository, judged: commit, branch: push.source, preferring: target.remote,
        pushedTo: push.remoteRef)
      let base = try Base(
        typed: call.settings.base, for: search, configured: workspace.configuration.bases,
        in: workspace, call)
      return try target.standard(of: push, commit, base: base)
    }.mapError { Diagnostic($0) }
  }

  private func judge(_ parcel: PushedCommit, _ workspace: Workspace) -> PushedCommitResult {
    do {
      if case .judgedBefore(let why)? = try parcel.standard.get() {
        return PushedCommitResult(parcel: parcel, result: .judgedBefore(why))
      }
      let gate = Gate(call: call)
      let ruling = try gate.ruling(
        on: .commit(parcel.commit, name: parcel.names[0]), in: workspace, base: parcel.base)
      let rules = ruling.rules.configuration
      do {
        let judged = try gate.judged(ruling)
        return try finding(parcel, judged, ruling)
      } catch let error as NoResultError where rules.missingResult == .warn {
        return try unjudged(
          parcel, .withoutResult(error.diagnostic, nearest: nearest(to: parcel, workspace)), ruling)
      }
    } catch {
      return PushedCommitResult(parcel: parcel, result: .failed(Diagnostic(error)))
    }
  }

  private func finding(
    _ parcel: PushedCommit, _ judged: Judged, _ ruling: Ruling
  ) throws -> PushedCommitResult {
    let (report, rules) = (judged.report, ruling.rules.configuration)
    let isOverBudget = report.parts.contains {
      $0.decision.budgets.contains { $0.state == .broken && !$0.budget.isWarning }
    }
    if rules.missingResult == .warn, report.outcome == .incomparable, !isOverBudget,
      let without = judged.withoutMachine
    {
      return try unjudged(parcel, .otherMachines(without), ruling)
    }
    return PushedCommitResult(
      parcel: parcel, result: .judged(report), loosened: report.loosened,
      refusesLoosened: rules.loosenedPush == .fail && !report.loosened.isEmpty)
  }

  /// The finding for a commit without a verdict. Its rules may still be looser than before.
  private func unjudged(
    _ parcel: PushedCommit, _ result: PushedCommitResult.Result, _ ruling: Ruling
  ) throws -> PushedCommitResult {
    let measured = try ruling.measured(ruling.workspace.store())
    let loosened = try ruling.rules.loosened(measured)
    let apart = try ruling.rules.pending(measured)
    let isLooser = !loosened.isEmpty || !apart.isEmpty
    return PushedCommitResult(
      parcel: parcel, result: result, loosened: loosened, apart: apart,
      refusesLoosened: isLooser && ruling.rules.configuration.loosenedPush == .fail)
  }

  /// A sentence with the nearest earlier commit of the push that has a result, and its result. It
  /// changes no exit status.
  private func nearest(to parcel: PushedCommit, _ workspace: Workspace) -> String? {
    guard let base = parcel.base else { return nil }
    var next = try? workspace.repository.firstParent(of: parcel.commit.id)
    for _ in 0..<Self.mostLookedAt {
      guard let commit = next,
        (try? workspace.repository.mergeBase(commit.id, base.commit.id)) != commit
      else { return nil }
      if let judged = try? Gate(call: call).judged(
        .commit(commit, name: commit.id.short), in: workspace, base: base)
      {
        return "\(commit.id.short) before it: \(ExitStatus.words(for: judged.report))"
      }
      next = try? workspace.repository.firstParent(of: commit.id)
    }
    return nil
  }

  private static let mostLookedAt = 20
}
