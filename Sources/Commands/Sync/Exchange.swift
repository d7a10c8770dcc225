import CommandLine
import Formats
import Git
import History

/// Exchanges runs between this repository and a remote.
struct Exchange {
  let workspace: Workspace
  let remote: Remote
  private let warn: (String) -> Void

  /// Prepares an exchange.
  ///
  /// - Parameter remote: The name, as ``Remote/init(_:_:_:)`` takes it.
  init(_ remote: String?, _ workspace: Workspace, _ call: CommandContext<some CommonSettings>)
    throws
  {
    self.workspace = workspace
    self.remote = try Remote(remote, workspace, call)
    warn = call.warn
  }

  /// The numbers of runs, and of people's notes on runs, that a push brought.
  struct Pushed {
    let runs: Int
    let notes: Int
  }

  private var repository: Repository { workspace.repository }

  /// Fetches the runs that only the remote has.
  ///
  /// - Returns: The merge, which says what each side had before; nil if the remote has no notes.
  func fetch() throws -> NotesMerge? {
    try remote.fetch()
    return try reading {
      guard let theirs = try remote.seen().commit else { return nil }
      let joining = try workspace.store().merge(
        theirs, from: remote.label, on: .ago(0), pause: Pause.afterLostRace)
      joining.damage.forEach(warn)
      return joining
    }
  }

  /// The merge of this repository's notes with the remote's notes as they were last fetched.
  func joining() throws -> NotesMerge {
    try reading { try NotesMerge(ours(), remote.seen(), on: .ago(0)) }
  }

  /// Reads the fetched notes of the remote. If objects are missing, as after a plain `git fetch` in
  /// a partial clone, all are fetched and the body is called once more.
  private func reading<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error where Self.isOfMissingObject(error) {
      try remote.fetch(again: true)
      return try body()
    }
  }

  private static func isOfMissingObject(_ error: any Error) -> Bool {
    if case HistoryError.git(let error) = error { return error.kind == .missing }
    return (error as? GitError)?.kind == .missing
  }

  /// The merge after which this repository has all runs of the remote's fetched notes.
  private func settledJoining() throws -> NotesMerge {
    let joining = try joining()
    return try joining.isSettled ? joining : fetchedJoining()
  }

  private func fetchedJoining() throws -> NotesMerge { try fetch() ?? joining() }

  private func ours() throws -> Notes { try repository.notes(workspace.notesRef) }

  /// Pushes the runs that only this repository has, until the remote confirms that it has them.
  ///
  /// If others pushed meanwhile, their runs are fetched and merged, never overwritten. A lost race
  /// is no error, because another writer succeeded. Repeated refusals while the remote's notes stay
  /// unchanged are an error.
  ///
  /// - Returns: What the remote did not have.
  func push() throws -> Pushed {
    var attempt = 0
    // The refusals since the remote's notes last changed.
    var refusals: [Remote.Refusal] = []
    let isKnown = try remote.seen().commit != nil
    while true {
      let before = try remote.seen().commit
      let joining = try attempt > 0 ? fetchedJoining() : settledJoining()
      let theirs = try remote.seen().commit
      guard let commit = try ours().commit else { return Pushed(runs: 0, notes: 0) }
      if theirs != before { refusals = [] }
      guard case .refused(let refusal) = try remote.push(commit) else {
        if isKnown, theirs == nil {
          warn(
            "'\(remote.label)' had lost its notes: this restores "
              + Sync.Words.runs(joining.onlyOurs.count))
        }
        return Pushed(runs: joining.onlyOurs.count, notes: joining.remarks.onlyOurs)
      }
      attempt += 1
      refusals.append(refusal)
      guard !Self.areFinal(refusals) else { throw diagnostic(of: refusal, times: refusals.count) }
      // A rule or a hook of the remote refuses that history is replaced, in whatever words.
      if joining.replacesHistory, refusals.count == 3, let theirs {
        warn("'\(remote.label)' lets no history be replaced: what was pruned keeps its space there")
        try workspace.store().keepHistory(
          of: theirs, from: remote.label, pause: Pause.afterLostRace)
      }
      Pause.afterRefusal(attempt)
    }
  }

  /// True if another attempt makes no sense: after twenty refusals in a row, or after eight with
  /// the same reason that is a rule of the remote's own. A reason that only git gives means that
  /// others were faster.
  private static func areFinal(_ refusals: [Remote.Refusal]) -> Bool {
    let last = Set(refusals.suffix(8))
    let isRule = last.first?.reason == .rule
    return refusals.count == 20 || refusals.count >= 8 && last.count == 1 && isRule
  }

  private func diagnostic(of refusal: Remote.Refusal, times: Int) -> Diagnostic {
    let diagnostic = Diagnostic(
      .failure, "'\(remote.label)' refused the runs \(times) times",
      hint: "they are kept here: try again with `perf-sync push`", details: refusal.words)
    guard let addresses = remote.addresses, refusal.reason == .stale else {
      return diagnostic
    }
    let pushed = addresses.pushed.joined(separator: "' and '")
    return diagnostic.hinting(
      "it is fetched from '\(addresses.fetched)', but pushed to '\(pushed)', which has other runs: "
        + "name that one with `perf-sync push <address>`")
  }
}
