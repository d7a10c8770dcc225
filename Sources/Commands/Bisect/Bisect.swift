import CommandLine
import Configuration
import Git
import Measurements
import Statistics
import System

/// `perf-bisect`, from the command line to the exit status.
struct Bisect {
  let call: CommandContext<BisectSettings>

  func run() throws -> ExitStatus {
    try call.check(UsageRule.begun)
    if !call.isOfBegun { try call.check(UsageRule.bisect) }
    let workspace = try Workspace(call)
    if call.settings.log { return try log(of: workspace) }
    Interrupts.watch()
    let file = try BisectionFile(in: workspace.repository)
    defer { file.release() }
    if call.resets { return try reset(file, workspace) }
    return call.settings.resumes ? try resume(file, workspace) : try begin(file, workspace)
  }

  private func begin(_ file: BisectionFile, _ workspace: Workspace) throws -> ExitStatus {
    if let old = try file.state(), old.end == nil {
      throw Diagnostic(
        .usage,
        "a bisection of \(old.request.goodName.visible())..\(old.request.badName.visible()) was begun and has not ended",
        hint: "`perf-bisect --resume` goes on with it, `perf-bisect reset` forgets it")
    }
    let request = try request(in: workspace)
    let state = BisectionState(request: request, machine: workspace.machine.key)
    return try Bisecting(call, workspace, state, file).run()
  }

  private func resume(_ file: BisectionFile, _ workspace: Workspace) throws -> ExitStatus {
    guard let state = try file.state() else { throw Self.nothingBegun }
    if let end = state.end {
      throw Diagnostic(
        .usage, "the bisection has ended, with status \(end.status)",
        hint: "`perf-bisect --log` prints its answer")
    }
    guard state.machine == workspace.machine.key else {
      throw Diagnostic(
        .usage,
        "the bisection was begun on another machine, whose numbers say nothing about this one",
        hint: "go on there, or forget it with `perf-bisect reset`")
    }
    return try Bisecting(call, workspace, state, file).run()
  }

  private func reset(_ file: BisectionFile, _ workspace: Workspace) throws -> ExitStatus {
    // A state that cannot be read is removed, too.
    if let state = try? file.state(), state.sessions.contains(where: { !$0.isStored }) {
      do {
        try BisectionRuns(call: call, workspace: workspace).store(state)
      } catch {
        call.say(Diagnostic(error), as: .warning)
      }
    }
    file.remove()
    return .success
  }

  private func log(of workspace: Workspace) throws -> ExitStatus {
    guard let state = try BisectionFile.state(of: workspace.repository) else {
      throw Self.nothingBegun
    }
    call.out(try BisectionLog(state: state, repository: workspace.repository).text)
    return .success
  }

  private static let nothingBegun = Diagnostic(
    .usage, "no bisection was begun here", hint: "begin one: `perf-bisect v1.2 main`")

  private func request(in workspace: Workspace) throws -> BisectionRequest {
    let settings = call.settings
    let (good, bad) = (
      try workspace.commit(call.operands[0]), try workspace.commit(call.operands[1])
    )
    try checkEnds(good, bad, in: workspace.repository)
    return BisectionRequest(
      good: good.id, bad: bad.id, goodName: call.operands[0], badName: call.operands[1],
      benchmark: settings.benchmark, metric: settings.metric, suite: settings.suite,
      prepare: settings.prepare, threshold: settings.threshold,
      confidence: settings.confidence ?? UsualLevel.confidence, isSwapped: settings.swaps,
      command: call.command, prefix: call.command == nil ? "" : try call.prefix(in: workspace))
  }

  /// Checks that the good end is an ancestor of the bad end.
  private func checkEnds(_ good: Commit, _ bad: Commit, in repository: Repository) throws {
    let (one, other) = (call.operands[0].visible(), call.operands[1].visible())
    guard good != bad else {
      throw Diagnostic(
        .usage, "'\(one)' and '\(other)' are the same commit \(good.id.short)",
        hint: "name one before the change, and one that has it")
    }
    guard try !repository.isAncestor(good.id, of: bad.id) else { return }
    if try repository.isAncestor(bad.id, of: good.id) {
      throw Diagnostic(
        .usage, "'\(one)' comes after '\(other)'",
        hint: "name the earlier one first: `perf-bisect \(other) \(one)`, with --swap if it is the "
          + "slower one")
    }
    let base = try repository.mergeBase(good.id, bad.id)
    throw Diagnostic(
      .usage, "'\(one)' is no ancestor of '\(other)'",
      hint: base.map {
        "they part at \($0.id.short): `perf-bisect \($0.id.short) \(other)` if that is good"
      }
        ?? (repository.isShallow
          ? "this clone is shallow: `git fetch --unshallow` brings the rest of history"
          : "their histories do not meet"))
  }
}
