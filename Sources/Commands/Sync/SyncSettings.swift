/// What `perf-sync` can be told.
package struct SyncSettings: CommonSettings {
  package var common = Common()
  var undo = false

  package init() {}
}

extension Program where Settings == SyncSettings {
  package static let sync = Program(
    interface: Interface(
      program: "perf-sync", version: version,
      abstract: "Bring runs from and to other repositories, without losing any.",
      usage: [
        "fetch [<remote>]", "push [<remote>]", "status [<remote>]", "init [--undo] [<remote>]",
        "export <name> [<revision>]", "import <name>",
      ],
      operands: Operands(
        "<action>", completing: .words(Sync.Action.allCases.map(\.rawValue)), count: 1...3,
        help:
          "fetch, push, status or init, then a remote (the one that the branch follows, or origin); "
          + "export or import, then the name of a baseline"),
      groups: [
        FlagGroup(
          "Setting up",
          [.switch("undo", sets: \.undo, help: "with init: take back what it has set")]),
        .common,
      ],
      examples: [
        Example("perf-sync fetch", "bring the runs that others have recorded"),
        Example("perf-sync push", "bring them yours; when they were faster, join and try again"),
        Example("perf-sync status", "what is only here, what only there"),
        Example("perf-sync export main", "write the runs of HEAD to baselines/main.json"),
        Example("perf-sync init", "have `git fetch` bring runs, and `git log` show them"),
      ],
      sections: [ExitStatus.help]),
    defaults: SyncSettings(),
    body: { try Sync(call: $0).run() })
}
