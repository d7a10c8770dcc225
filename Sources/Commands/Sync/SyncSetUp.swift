import CommandLine
import Git
import Measurements
import Reports
import System

/// Sets the keys of `perf-sync init` in the repository's own configuration, or removes them.
struct SyncSetUp {
  let exchange: Exchange
  let call: CommandContext<SyncSettings>

  private struct Item {
    let key: String
    let value: String
    /// A sentence that says what the setting does.
    let reason: String
  }

  func run() throws {
    guard try exchange.workspace.repository.remotes().contains(exchange.remote.name) else {
      throw Diagnostic(
        .usage, "'\(exchange.remote.label)' is no remote of this repository",
        hint: "add it with `git remote add <name> <url>`")
    }
    for item in items {
      let isSet = try values(of: item.key).contains(item.value)
      if call.settings.undo {
        if isSet { try set(["--unset-all", "--fixed-value", item.key, item.value]) }
        say(isSet ? "removed" : "not set", item)
      } else {
        if !isSet { try set(["--add", item.key, item.value]) }
        say(isSet ? "set before" : "set", item)
      }
    }
  }

  /// The settings. The asterisk keeps `git fetch` from failing if the remote has no runs yet.
  private var items: [Item] {
    let reference = exchange.workspace.notesRef
    let remote = exchange.remote.name
    let mirror = Remote.mirror(of: reference, at: remote)
    return [
      Item(
        key: "remote.\(remote).fetch", value: "+\(reference)*:\(mirror)*",
        reason: "`git fetch` brings the runs, too; `perf-sync fetch` joins them with yours"),
      Item(
        key: "notes.displayRef", value: reference,
        reason: "`git log` shows which commits have runs, and what they say"),
    ]
  }

  private func say(_ what: String, _ item: Item) {
    guard call.settings.common.verbosity != .quiet else { return }
    call.out.line("\(what): \(item.key.visible()) = \(item.value.visible())")
    if !call.settings.undo { call.out.line("  \(item.reason)") }
  }

  private func values(of key: String) throws -> [String] {
    let result = try config(["--get-all", "--null", key])
    // Status 1 means that the key is not set.
    guard result.ending == .exited(0) || result.ending == .exited(1) else { throw failure(result) }
    return result.text.split(separator: "\0").map(String.init)
  }

  private func set(_ arguments: [String]) throws {
    let result = try config(arguments)
    guard result.ending == .exited(0) else { throw failure(result) }
  }

  private func config(_ arguments: [String]) throws -> Launch.Result {
    try GitProgram(call).launch(["config", "--local"] + arguments)
  }

  private func failure(_ result: Launch.Result) -> Diagnostic {
    Diagnostic(
      .failure, "`git config` failed",
      hint: "see whether the repository's configuration can be written",
      details: result.lastWords)
  }
}
