import CommandLine
import Configuration
import Git
import History
import Measurements
import System
import Trends

/// `perf-record --backfill`: measures the commits of a range that have no numbers, from coarse to
/// fine, a group at a time. Each group is stored before the next one begins.
struct Backfilling {
  let call: CommandContext<RecordSettings>
  let range: String

  /// The number of commits that are measured in turns. Four folders with a build each are not too
  /// much for a disk, and a mood of the machine that lasts for minutes is shared by four commits,
  /// which lie far apart, and so does not look like a step.
  static let groupSize = 4

  private var isQuiet: Bool { call.settings.common.verbosity == .quiet }

  func run() throws -> ExitStatus {
    let workspace = try Workspace(call)
    let configuration = workspace.configuration
    try refuseTasks(configuration)
    let plan = try call.plan(configuration, in: workspace.repository.workTree)
    let folders = MeasuredFolders(
      workspace: workspace, plan: plan,
      prefix: try call.command == nil ? "" : call.prefix(in: workspace),
      keepsBuilds: call.settings.keepBuilds)
    try folders.checkPaths("for all commits")
    let line = try BackfillLine(range, every: call.settings.every ?? 1, in: workspace)
    call.storeSpooled(in: workspace)
    let suite = call.suite(configuration)
    let recorded = try RecordedCommits(of: plan, suite: suite, in: workspace, call)
    let known = Set(try line.commits.indices.filter { try recorded.have(line.commits[$0]) })
    let missing = try order(of: line.commits, known, suite: suite, in: workspace)
    guard !missing.isEmpty else {
      if !isQuiet, call.settings.changes {
        call.out.line("no change of '\(range.visible())' lies in a gap: nothing is to be measured")
      } else if !isQuiet {
        call.out.line(
          "\(Self.commits(known.count)) of '\(range.visible())' measured already: nothing is left")
      }
      try call.pushIfAsked()
      return .success
    }
    try warn(of: plan, in: workspace)
    try Preflight(
      call: call, configuration: configuration, commands: plan.definition.commands
    ).check()
    if !isQuiet, !known.isEmpty {
      call.err.line("\(known.count) of \(Self.commits(line.commits.count)) have numbers already")
    }
    Interrupts.watch()
    let locks = try PairingLocks(in: workspace.repository, keepsBuilds: folders.keepsBuilds)
    defer { locks.release() }
    return try conclude(measure(missing, in: folders, suite: suite), of: missing.count)
  }

  /// The commits to measure, in their order: first those in the gaps in which changes lie, which are
  /// all with `--changes`. Those that could not be measured before come last.
  private func order(
    of line: [Commit], _ known: Set<Int>, suite: String, in workspace: Workspace
  ) throws -> [Commit] {
    let gaps = try ChangeGaps(in: line, call, workspace).ranges
    let unmeasurable = UnmeasurableCommits(of: suite, in: workspace.repository)
    let last = Set(line.indices.filter { !known.contains($0) && unmeasurable.contains(line[$0]) })
    let first = BackfillOrder.places(
      count: line.count, measured: known.union(last), interest: gaps)
    let all = first + last.sorted()
    guard call.settings.changes else { return all.map { line[$0] } }
    return all.filter { place in gaps.contains { $0.contains(place) } }.map { line[$0] }
  }

  /// The result of all groups.
  private struct Outcome {
    var pace: BackfillPace
    var failures: [(side: Side, reason: String)] = []
    var sessions = 0
    var stored = 0
  }

  private func measure(
    _ commits: [Commit], in folders: MeasuredFolders, suite: String
  ) throws -> Outcome {
    let progress = ProgressLine(call)
    defer { progress.clear() }
    let start = SuspendingClock.now
    var outcome = Outcome(pace: BackfillPace(count: commits.count))
    var pending = commits
    while true {
      let group = try nextGroup(of: &pending, &outcome.pace, in: folders, suite: suite)
      guard !group.isEmpty else { return outcome }
      guard
        outcome.pace.fits(
          group.count, after: SuspendingClock.now - start, limit: call.settings.timeLimit)
      else { return outcome }
      let begin = SuspendingClock.now
      let pace = outcome.pace
      func state() -> String { pace.text(after: SuspendingClock.now - begin) }
      let measured: BackfillGroup.Result
      do {
        measured = try BackfillGroup(
          call: call, folders: folders, suite: suite,
          tell: { progress.show("\(state()): \($0)", isStep: true) },
          tick: { progress.show(state()) }, clear: progress.clear
        ).measure(group)
      } catch {
        progress.clear()
        tellStored(outcome)
        throw error
      }
      progress.clear()
      outcome.pace.note(group.count, in: SuspendingClock.now - begin)
      if outcome.sessions == 0 { call.tellGuesses(in: measured.series) }
      outcome.failures += measured.failures
      outcome.stored += measured.stored.count
      var unmeasurable = UnmeasurableCommits(of: suite, in: folders.workspace.repository)
      unmeasurable.note(
        measured.failures.map(\.side.commit).filter { !measured.stored.contains($0) },
        measured: measured.stored)
      guard !measured.stored.isEmpty else { continue }
      outcome.sessions += 1
      if !isQuiet {
        let ids = measured.stored.map(\.id.short).joined(separator: ", ")
        call.out.line("stored on \(ids) in \(folders.workspace.notesRef.visible())")
      }
    }
  }

  /// Takes the next commits that have no numbers by now. Of those with the same content one is
  /// measured, and the others have its numbers then.
  private func nextGroup(
    of pending: inout [Commit], _ pace: inout BackfillPace, in folders: MeasuredFolders,
    suite: String
  ) throws -> [Commit] {
    let recorded = try RecordedCommits(of: folders.plan, suite: suite, in: folders.workspace, call)
    var (group, later): ([Commit], [Commit]) = ([], [])
    // The last commit is not left alone, where no other would share its mood of the machine.
    let size = pending.count == Self.groupSize + 1 ? Self.groupSize - 1 : Self.groupSize
    while group.count < size, !pending.isEmpty {
      let next = pending.removeFirst()
      if try recorded.have(next) {
        pace.pass(1)
      } else if group.contains(where: { $0.tree == next.tree }) {
        later.append(next)
      } else {
        group.append(next)
      }
    }
    pending = later + pending
    return group
  }
}

extension Backfilling {
  /// Refuses tasks: a launch may cost money, and tasks run at the same time rather than in turns.
  private func refuseTasks(_ configuration: ProjectConfiguration) throws {
    guard !call.typesCommands else { return }
    let definition = try configuration.definition(of: call.settings.suite)
    guard !definition.isOfTasks else {
      throw UsageError(
        "--backfill measures no tasks, as \(definition.place) has them",
        hint: "each launch may cost money: carry them out on the commits that you choose")
    }
  }

  private func warn(of plan: Plan, in workspace: Workspace) throws {
    guard let top = workspace.repository.workTree else { return }
    if try !workspace.modifiedFiles(call).isEmpty {
      call.warn("uncommitted changes are not measured: each commit is checked out on its own")
    }
    if let path = plan.fixedArgument(inside: top) {
      call.warn(
        "'\(path)' is the same for all commits: it lies in this work tree",
        hint: "write it as it stands from the top of the work tree, where it belongs to a commit")
    }
  }

  /// Says what is kept of a backfill that is ended.
  private func tellStored(_ outcome: Outcome) {
    guard outcome.stored > 0, !isQuiet else { return }
    call.err.line(
      "what was measured is stored, on \(Self.commits(outcome.stored)): the same command does the rest"
    )
  }

  private func conclude(_ outcome: Outcome, of count: Int) throws -> ExitStatus {
    let left = count - outcome.pace.done
    if !isQuiet {
      if outcome.stored > 0 {
        let sessions = outcome.sessions == 1 ? "1 session" : "\(outcome.sessions) sessions"
        call.out.line("\(Self.commits(outcome.stored)) measured, in \(sessions)")
      }
      if left > 0 {
        call.out.line(
          "\(left) of \(Self.commits(count)) \(left == 1 ? "is" : "are") left: run it again")
      }
    }
    try call.pushIfAsked()
    guard !outcome.failures.isEmpty else { return .success }
    let failed = outcome.failures.count
    let shown = outcome.failures.prefix(20).map { "\($0.side): \($0.reason)" }
    throw Diagnostic(
      .unusable,
      "\(Self.commits(failed)) of \(count) could not be measured, or not as a whole",
      hint: "nothing is kept of what failed; a commit without any number is tried again next time",
      details: failed > shown.count ? shown + ["and \(failed - shown.count) more"] : shown)
  }

  private static func commits(_ count: Int) -> String {
    count == 1 ? "1 commit" : "\(count) commits"
  }
}
