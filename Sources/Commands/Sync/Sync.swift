import CommandLine
import Git
import History
import Measurements
import Reports

/// An exchange with a remote, as the command line asks for it.
struct Sync {
  let call: CommandContext<SyncSettings>

  enum Action: String, CaseIterable {
    case fetch, push, status, `init`, prune, remove, export, `import`

    /// The number of operands that may follow the action.
    var operands: ClosedRange<Int> {
      switch self {
      case .fetch, .push, .status, .`init`, .prune: 0...1
      case .export: 1...2
      case .`import`, .remove: 1...1
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
    guard operands.count >= action.operands.lowerBound else {
      throw UsageError(
        "\(action.rawValue) needs a name",
        hint: action == .remove
          ? "the id of a run, or its beginning" : "such as main, of baselines/main.json")
    }
    guard operands.count <= action.operands.upperBound else {
      throw UsageError.unexpected(
        operands[action.operands.upperBound], hint: "see `perf-sync --help`")
    }
    let workspace = try Workspace(call)
    func exchange() throws -> Exchange { try Exchange(operands.first, workspace, call) }
    switch action {
    case .fetch: try fetch(exchange())
    case .push: try push(exchange())
    case .status: try SyncStatus(exchange: exchange()).lines().forEach(call.out.line)
    case .`init`: try SyncSetUp(exchange: exchange(), call: call).run()
    case .prune: try Prune(call: call, workspace: workspace).run()
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
    say(new == 0 ? "nothing new from \(remote)" : "\(Words.runs(new)) from \(remote)")
  }

  private func push(_ exchange: Exchange) throws {
    guard try exchange.workspace.repository.notes(exchange.workspace.notesRef).commit != nil else {
      return say("no runs here in \(exchange.workspace.notesRef.visible())")
    }
    let count = try exchange.push()
    let remote = exchange.remote.destination
    say(count == 0 ? "\(remote) has all runs" : "\(Words.runs(count)) to \(remote)")
  }

  func say(_ text: String) {
    if call.settings.common.verbosity != .quiet { call.out.line(text) }
  }
}

extension Sync {
  enum Words {
    static func runs(_ count: Int) -> String { count == 1 ? "1 run" : "\(count) runs" }
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
