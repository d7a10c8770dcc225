import CommandLine
import Configuration
import Git
import History
import Measurements
import Reports
import Trends
import Verdicts

/// `perf-gate --history`: judges the base branch itself by its changes of level.
///
/// The gate compares a change with the commit before it. What slipped into the branch is what later
/// changes are compared with, so that nothing fails for it any more; this does, for as long as it is
/// news and nobody has accepted it.
struct TrunkGate {
  let gate: Gate

  private var call: CommandContext<GateSettings> { gate.call }

  func run() throws -> ExitStatus {
    let judging = try Workspace.judging(call)
    let trunk = try self.trunk(in: judging)
    let workspace = try self.workspace(judging, under: trunk.tip)
    let store = try workspace.store()
    guard !store.isEmpty else {
      throw Diagnostic(
        .nothingToCompare, "no run is recorded in \(workspace.notesRef.visible())",
        hint: "`perf-gate --history --fetch` brings those of others")
    }
    let index = try HistoryIndex.open(store, branch: trunk.tip, usesFile: true, warn: call.warn)
    let log = try logContext(days: workspace.configuration.historyDays)
    let question = try LogQuestion(log)
    let branch = try LogBranch(trunk, index, workspace)
    let session = LogSession(
      call: log, question: question, workspace: workspace, store: store, range: trunk,
      scope: try LogScope(index, branch, log, workspace, verb: .changes), remarks: [:])
    var rules = TrunkRules(gate, workspace, index)
    let answer = try session.changesAnswer { try rules.isConcern($0) }
    try log.publish(answer)
    return conclude(
      answer.concerns, isComplete: answer.isComplete, on: trunk.name,
      fails: workspace.configuration.history == .fail)
  }

  /// The branch that is judged: the one that was typed, else the base branch.
  private func trunk(in workspace: Workspace) throws -> LogRange {
    if let typed = call.operands.first {
      return LogRange(name: typed, tip: try workspace.commit(typed), excluded: nil)
    }
    let head = try workspace.commit("HEAD")
    let ruling = try gate.ruling(on: .commit(head, name: "HEAD"), in: workspace)
    guard let base = try ruling.base?.get() else {
      throw UsageError("there is no base branch to judge", hint: "name one: `--history <branch>`")
    }
    return LogRange(name: base.name, tip: base.commit, excluded: nil)
  }

  /// The workspace with the branch's own rules.
  private func workspace(_ judging: Workspace, under tip: Commit) throws -> Workspace {
    let file = try judging.files.file(of: tip.tree, revision: tip.id.short)
    let rules = try ProjectConfiguration.saying(file.settings + judging.gitSettings)
    return judging.under(rules, call)
  }

  /// The context of the question that `perf-log changes` would be asked.
  private func logContext(days: Int) throws -> CommandContext<LogSettings> {
    var settings = LogSettings()
    settings.common = call.settings.common
    settings.machine = call.settings.machine ?? "any"
    settings.suites = call.settings.comparing.suites
    let oldest = Timestamp.now.secondsSince1970 - Int64(days) * 86_400
    settings.since = Timestamp(secondsSince1970: oldest)?.description
    return CommandContext(
      settings: settings, operands: [LogVerb.changes.rawValue], command: nil,
      process: call.process, tool: call.tool)
  }

  private func conclude(
    _ open: Int, isComplete: Bool, on branch: String, fails: Bool
  ) -> ExitStatus {
    let name = branch.visible(limit: 100)
    let words =
      open == 0
      ? "no regression of \(name) is open"
      : "\(open == 1 ? "a regression" : "\(open) regressions") of \(name) that nobody accepted"
    let status: ExitStatus =
      open > 0 && fails ? .regression : isComplete ? .success : .unusable
    if open > 0, !fails {
      call.err.line("perf-gate: \(words), and gate.history = warn")
      return status
    }
    if !isComplete { call.err.line("perf-gate: a part could not be read") }
    if status != .success || call.settings.common.verbosity != .quiet {
      if open > 0 {
        call.err.line(
          "hint: `perf-log changes --bisect <id>` finds the commit, `--accept <id>` accepts it")
      }
      call.err.line("perf-gate: \(status.words): \(words)")
    }
    return status
  }
}

/// The rules of the gate for changes of a branch.
private struct TrunkRules {
  let gate: Gate
  let workspace: Workspace
  /// The names of the metrics of each benchmark.
  private let measured: [Benchmark: Set<String>]
  private var policies: [String: Policy] = [:]

  init(_ gate: Gate, _ workspace: Workspace, _ index: HistoryIndex) {
    self.gate = gate
    self.workspace = workspace
    measured = Dictionary(grouping: index.series, by: \.benchmark)
      .mapValues { Set($0.map(\.metric.name)) }
  }

  /// True for an event that nobody answered for, with a change that would fail the gate.
  mutating func isConcern(_ event: ChangeEvent) throws -> Bool {
    guard event.state == .new, event.kind != .environment else { return false }
    for change in event.changes {
      let suite = change.series.suite
      let policy = try policies[suite] ?? gate.policy(for: suite, in: workspace)
      policies[suite] = policy
      let metrics = measured[change.series.benchmark] ?? []
      if policy.fails(change.level(isSum: event.kind == .creep, metrics)) { return true }
    }
    return false
  }
}

extension SeriesChange {
  fileprivate func level(isSum: Bool, _ measured: Set<String>) -> LevelChange {
    LevelChange(
      id: series.id, metric: series.metric, old: size.levels.old, new: size.levels.new,
      change: size.change, isOfRates: size.isOfRates, isSum: isSum, measured: measured)
  }
}
