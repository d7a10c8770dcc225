import CommandLine
import Configuration

/// The values of the options of `perf-sync`.
package struct SyncSettings: CommonSettings {
  package var common = Common()
  var undo = false
  var isDryRun = false
  var keepDays: Int?
  var summarizeDays: Int?
  var reason: String?
  var isForced = false

  package init() {}
}

extension Program where Settings == SyncSettings {
  package static let sync = Program(
    spec: CommandSpec(
      program: "perf-sync", version: version,
      abstract: "Bring runs from and to other repositories, without losing any.",
      usage: [
        "fetch [<remote>]", "push [<remote>]", "status [<remote>]", "init [--undo] [<remote>]",
        "prune [--dry-run] [--keep-days <n>] [--summarize-days <n>] [<remote>]",
        "note <run> <text>", "note --undo <run>",
        "remove <run> --reason <text>", "remove --undo <run>",
        "export <name> [<revision>]", "import <name>",
      ],
      operands: Operands(
        "<action>", completing: .words(Sync.Action.allCases.map(\.rawValue)), count: 1...3,
        help:
          "fetch, push, status, init or prune, then a remote (the one that the branch follows, or origin); "
          + "note or remove, then the id of a run or its beginning; export or import, then the name of a "
          + "baseline"
      ),
      groups: [
        FlagGroup(
          "Setting up",
          [
            .switch(
              "undo", sets: \.undo,
              help:
                "with init: remove these settings, whoever made them; with note: take your last one "
                + "back; with remove: put it back")
          ]),
        FlagGroup(
          "Removing a wrong run",
          [
            .option("reason", .words, sets: \.reason, help: "why; others will read it"),
            .switch(
              "force", sets: \.isForced, help: "also where another machine has measured it"),
          ]),
        FlagGroup(
          "Pruning",
          [
            .switch("dry-run", sets: \.isDryRun, help: "print what would go, and change nothing"),
            .option(
              "keep-days", .integer("<n>", in: 0...100_000), sets: \.keepDays,
              help: "how long all runs stay (prune.keepDays, else "
                + "\(ConfigurationReference.defaultValue(of: "prune.keepDays")))"),
            .option(
              "summarize-days", .integer("<n>", in: 0...100_000), sets: \.summarizeDays,
              help: "how long they keep their rounds (prune.summarizeDays, else "
                + "\(ConfigurationReference.defaultValue(of: "prune.summarizeDays")))"),
          ]),
        .common,
      ],
      examples: [
        Example("perf-sync fetch", "bring the runs that others have recorded"),
        Example("perf-sync push", "bring them yours; when they were faster, join and try again"),
        Example("perf-sync status", "what is only here, what only there"),
        Example("perf-sync prune --dry-run", "what is so old that it may go"),
        Example(
          "perf-sync note 4f2a91 'a backup ran meanwhile'",
          "tell everybody who looks at a run what you know of it"),
        Example(
          "perf-sync remove 4f2a91 --reason 'the wrong branch was built'",
          "take a wrong run out, here and everywhere"),
        Example("perf-sync export main", "write the runs of HEAD to baselines/main.json"),
        Example("perf-sync init", "have `git fetch` bring runs, and `git log` show them"),
      ],
      sections: [ExitStatus.help]),
    defaults: SyncSettings(),
    body: { try Sync(call: $0).run() })
}
