import CommandLine
import Git
import History
import Measurements
import Reports

/// An exchange with a remote, as the command line asks for it.
struct Sync {
  let call: CommandContext<SyncSettings>

  enum Action: String, CaseIterable {
    case fetch, push, status, `init`, prune, note, remove, export, `import`

    /// The number of operands that may follow the action.
    func operands(undo: Bool) -> ClosedRange<Int> {
      switch self {
      case .fetch, .push, .status, .`init`, .prune: 0...1
      case .export: 1...2
      case .`import`, .remove: 1...1
      case .note: undo ? 1...1 : 2...2
      }
    }

    /// The operands that an action needs, for the error if they are missing.
    fileprivate var needs: (what: String, hint: String) {
      switch self {
      case .remove: ("a name", "the id of a run, or its beginning")
      case .note:
        ("a run and a text", "such as `perf-sync note 4f2a91 'a backup ran meanwhile'`")
      default: ("a name", "such as main, of baselines/main.json")
      }
    }
  }

  func run() throws -> ExitStatus {
    guard let action = Action(rawValue: call.operands[0]) else {
      throw UsageError(
        "there is no action '\(call.operands[0])'",
        hint: Suggestion.hint(for: call.operands[0], among: Action.allCases.map(\.rawValue)))
    }
    try call.check(UsageRule.sync)
    let operands = Array(call.operands.dropFirst())
    let counts = action.operands(undo: call.settings.undo)
    guard operands.count >= counts.lowerBound else {
      throw UsageError("\(action.rawValue) needs \(action.needs.what)", hint: action.needs.hint)
    }
    guard operands.count <= counts.upperBound else {
      throw UsageError.unexpected(
        operands[counts.upperBound],
        hint: action == .note && !call.settings.undo
          ? "put the text in quotes" : "see `perf-sync --help`")
    }
    let workspace = try Workspace(call)
    func exchange() throws -> Exchange { try Exchange(operands.first, workspace, call) }
    switch action {
    case .fetch: try fetch(exchange())
    case .push: try push(exchange())
    case .status: try SyncStatus(exchange: exchange()).lines().forEach(call.out.line)
    case .`init`: try SyncSetUp(exchange: exchange(), call: call).run()
    case .prune: try Prune(call: call, workspace: workspace).run()
    case .note:
      try RunNote(call: call, workspace: workspace)
        .run(operands[0], operands.count > 1 ? operands[1] : nil)
    case .remove: try Removal(call: call, workspace: workspace).run(operands[0])
    case .export: try export(operands[0], operands.count > 1 ? operands[1] : "HEAD", workspace)
    case .`import`: return try `import`(operands[0], workspace)
    }
    return .success
  }

  private func fetch(_ exchange: Exchange) throws {
    let remote = exchange.remote.label
    guard let joining = try exchange.fetch() else {
      return say("\(remote) has no runs in \(exchange.workspace.notesRef.visible())")
    }
    let (new, pruned) = (joining.onlyTheirs.count, joining.pruned.count)
    if pruned > 0 {
      let verbs = pruned == 1 ? ("was", "is") : ("were", "are")
      say("\(Words.runs(pruned)) that \(verbs.0) pruned elsewhere \(verbs.1) gone here, too")
    }
    let removed = joining.removed.count
    if removed > 0 {
      say(
        "\(Words.runs(removed)) that somebody has removed \(removed == 1 ? "is" : "are") gone here, too"
      )
    }
    let notes = joining.remarks.onlyTheirs
    say(Words.exchanged(new, notes).map { "\($0) from \(remote)" } ?? "nothing new from \(remote)")
  }

  private func push(_ exchange: Exchange) throws {
    call.storeSpooled(in: exchange.workspace)
    guard try exchange.workspace.repository.notes(exchange.workspace.notesRef).commit != nil else {
      return say("no runs here in \(exchange.workspace.notesRef.visible())")
    }
    let pushed = try exchange.push()
    let remote = exchange.remote.destination
    say(
      Words.exchanged(pushed.runs, pushed.notes).map { "\($0) to \(remote)" }
        ?? "\(remote) has all runs")
  }

  func say(_ text: String) {
    if call.settings.common.verbosity != .quiet { call.out.line(text) }
  }
}

extension Sync {
  enum Words {
    static func runs(_ count: Int) -> String { count == 1 ? "1 run" : "\(count) runs" }

    /// The numbers of runs and of people's notes on runs; nil if there are none.
    static func exchanged(_ runs: Int, _ notes: Int) -> String? {
      let words = [
        runs > 0 ? self.runs(runs) : nil,
        notes > 0 ? (notes == 1 ? "1 note" : "\(notes) notes") + " on runs" : nil,
      ].compactMap(\.self)
      return words.isEmpty ? nil : words.joined(separator: " and ")
    }
  }
}

/// The number of runs that only this repository has, that only the remote has, and the size of
/// the notes.
struct SyncStatus {
  let exchange: Exchange

  func lines() throws -> [String] {
    let (remote, repository) = (exchange.remote, exchange.workspace.repository)
    try remote.fetch()
    let joining = try exchange.joining()
    let (here, there) = (joining.onlyOurs.count, joining.onlyTheirs.count)
    let size = try RunStore.Size(
      of: repository.notes(exchange.workspace.notesRef), in: repository)
    return [
      "only here    \(Sync.Words.runs(here))\(here > 0 ? ": `perf-sync push`" : "")",
      "only there   \(Sync.Words.runs(there))\(there > 0 ? ": `perf-sync fetch`" : "")",
      "here         \(Sync.Words.runs(size.runs)) in \(size.notes) notes, \(size.bytes / 1000) kB",
    ]
  }
}
