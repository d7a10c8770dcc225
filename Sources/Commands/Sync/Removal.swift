import CommandLine
import Git
import History
import Measurements
import Reports

/// `perf-sync remove`: removes a run with wrong numbers from the notes, here and in all
/// other clones.
struct Removal {
  let call: CommandContext<SyncSettings>
  let workspace: Workspace

  /// Removes a run, or puts it back.
  ///
  /// - Parameter typed: The id of a run, or its first digits.
  func run(_ typed: String) throws {
    let lookup = try RunLookup(typed, in: workspace)
    let removals = try lookup.store.removals()
    removals.damage.forEach(call.warn)
    let gone = removals.runs.filter { lookup.fits($0.id) }
    try call.settings.undo ? undo(typed, gone, lookup.store) : remove(lookup, gone)
    guard call.settings.common.verbosity != .quiet,
      try !workspace.repository.remotes().isEmpty
    else { return }
    call.out.line("others follow after `perf-sync push`")
  }

  private func remove(_ lookup: RunLookup, _ gone: [RemovedRun]) throws {
    guard let reason else {
      throw UsageError("remove needs a reason", hint: "say why with `--reason <text>`")
    }
    let noted = try lookup.only(
      otherwise: gone.first.map { "\($0.id.short) was removed on \($0.day): \($0.reason)" })
    guard let header = noted.header else {
      throw Diagnostic(
        .usage, "\(noted.id.short) is a line that is not understood here",
        hint: "a newer version may know what it is")
    }
    guard !noted.isMark else {
      throw Diagnostic(
        .usage, "\(noted.id.short) is a mark and no run", hint: "lift it with `perf-gate --unmark`")
    }
    try checkMachine(of: header, noted)
    try lookup.store.remove(noted, because: reason, on: .ago(0), pause: Pause.afterLostRace)
    say(
      "removed \(noted.words); `perf-sync remove --undo \(noted.id.short)` puts it back"
    )
  }

  /// The reason on one line of at most 500 characters, as it is stored beside the notes; nil if
  /// there is none.
  private var reason: String? {
    let words = call.settings.reason?.split { $0.isWhitespace || $0.isNewline }.joined(
      separator: " ")
    return words.flatMap { $0.isEmpty ? nil : String($0.prefix(500)) }
  }

  /// Refuses to remove the numbers of another machine without `--force`: whoever knows that machine
  /// should decide.
  private func checkMachine(of header: RunHeader, _ noted: NotedLine) throws {
    guard let environment = header.environment, environment.key != workspace.machine.key,
      !call.settings.isForced
    else { return }
    throw Diagnostic(
      .usage,
      "\(noted.id.short) was measured by another machine (\(environment.cpu), \(environment.key))",
      hint: "`--force` removes it all the same")
  }

  private func undo(_ typed: String, _ gone: [RemovedRun], _ store: RunStore) throws {
    guard let run = gone.first, gone.count == 1 else {
      throw Diagnostic(
        .usage, "\(gone.isEmpty ? "no" : "more than one") removed run begins with '\(typed)'",
        hint: gone.isEmpty ? nil : "write more of the id",
        details: gone.prefix(5).map { "\($0.id.short), removed on \($0.day): \($0.reason)" })
    }
    do {
      try store.restore(run, on: .ago(0), pause: Pause.afterLostRace)
    } catch let error as HistoryError {
      guard case .git(let cause) = error, [.missing, .notFound].contains(cause.kind) else {
        throw error
      }
      throw Diagnostic(
        .failure, "\(run.id.short) is gone: git has cleaned up what nothing refers to",
        hint: "undo it in another clone where it was removed, or measure again")
    }
    say("put back \(run.id.short)")
  }

  private func say(_ text: String) {
    if call.settings.common.verbosity != .quiet { call.out.line(text) }
  }
}
