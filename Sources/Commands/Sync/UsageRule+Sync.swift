import CommandLine

extension UsageRule where Settings == SyncSettings {
  /// The rules of all actions, in the order in which they are checked.
  static let sync: [UsageRule] = [
    UsageRule(
      "--undo goes with init, note and remove",
      hint: "`perf-sync init --undo` takes back what init has set"
    ) { $0.settings.undo && !$0.isAction(.`init`, .note, .remove) },
    UsageRule("--reason and --force go with remove") {
      ($0.settings.reason != nil || $0.settings.isForced) && !$0.isAction(.remove)
    },
    UsageRule(
      "--dry-run, --keep-days and --summarize-days go with prune",
      hint: "`perf-sync status` tells what an exchange would bring"
    ) {
      let settings = $0.settings
      return (settings.isDryRun || settings.keepDays != nil || settings.summarizeDays != nil)
        && !$0.isAction(.prune)
    },
  ]
}

extension CommandContext where Settings == SyncSettings {
  /// Returns true if the first operand is one of these actions.
  fileprivate func isAction(_ actions: Sync.Action...) -> Bool {
    actions.contains { $0.rawValue == operands.first }
  }
}
