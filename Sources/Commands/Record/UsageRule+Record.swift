import CommandLine
import Formats

extension UsageRule where Settings == RecordSettings {
  /// The rules of a recording, in the order in which they are checked.
  static let record: [UsageRule] = [
    UsageRule("--pin is for what is launched", hint: "a file was measured already") {
      $0.settings.processors != nil && !$0.measures
    },
    UsageRule("--keep-output is for what is launched", hint: "a file prints nothing") {
      $0.settings.keepOutput != nil && !$0.measures
    },
    UsageRule(
      "a command and --import exclude each other",
      hint: "measure with `perf-record -- <command>`, or read with `perf-record --import <file>`"
    ) { $0.command != nil && !$0.measures },
    UsageRule(
      "--compare goes with neither a command after '--' nor a file",
      hint: "name the commands in the variants"
    ) { !$0.settings.variants.isEmpty && ($0.command != nil || !$0.measures) },
    UsageRule(
      "--compare and --paired exclude each other", hint: "measure the variants of each commit"
    ) { !$0.settings.variants.isEmpty && $0.settings.paired != nil },
    UsageRule(
      "--compare and --format exclude each other",
      hint: "what a harness prints has names of its own: let it add the labels"
    ) { !$0.settings.variants.isEmpty && $0.settings.format?.namesBenchmarks == true },
    UsageRule(
      "--shard goes with --session, and not with --paired",
      hint: "give all jobs one id, such as that of the pipeline"
    ) { $0.settings.shard != nil && ($0.settings.session == nil || $0.settings.paired != nil) },
    UsageRule(
      "--push and --baseline go with what is stored", hint: "--output writes a file instead"
    ) { $0.settings.output != nil && ($0.settings.pushes || $0.settings.baseline != nil) },
    UsageRule(
      "--baseline is for the runs of one commit", hint: "write others with `perf-sync export`"
    ) {
      $0.settings.baseline != nil && ($0.settings.paired != nil || $0.settings.readsHistory)
    },
    UsageRule(
      "--paired goes with neither --import nor --output",
      hint: "it measures, and stores both sides"
    ) { $0.settings.paired != nil && (!$0.measures || $0.settings.output != nil) },
    UsageRule("--keep-builds goes with --paired or --backfill") {
      $0.settings.keepBuilds && $0.settings.paired == nil && $0.settings.backfill == nil
    },
    UsageRule(
      "--every and --changes exclude each other", hint: "a change lies in all commits of its gap"
    ) { $0.settings.every != nil && $0.settings.changes },
    UsageRule("--every, --changes and --time-limit go with --backfill") {
      let settings = $0.settings
      return settings.backfill == nil
        && (settings.every != nil || settings.changes || settings.timeLimit != nil)
    },
    UsageRule { call in
      guard call.settings.backfill != nil, let option = call.settings.optionsBesideBackfill.first
      else { return nil }
      return UsageError(
        "--backfill and \(option) exclude each other",
        hint: "it launches one suite or command on many commits in turns, and stores their runs")
    },
    UsageRule(
      "--format without a command or a file", hint: "a suite has a `format` of its own"
    ) { $0.settings.format != nil && !$0.typesCommands && $0.measures },
    UsageRule(
      "--name and --label are for a command, and for files that name no benchmarks",
      hint: "what a harness wrote has names of its own"
    ) {
      let names = $0.settings.name != nil || !$0.settings.labels.isEmpty
      return names
        && ($0.settings.format?.namesBenchmarks ?? ($0.measures && !$0.typesCommands)
          || $0.settings.readsHistory)
    },
    UsageRule(
      "--per is for the usage of language models",
      hint: "other formats have rounds of their own"
    ) { $0.settings.per != nil && ($0.settings.format?.subject ?? .modelCalls) != .modelCalls },
    UsageRule(
      "--rounds and --warmup are for a command", hint: "a file has the rounds that it has"
    ) { !$0.measures && ($0.settings.rounds != nil || $0.settings.warmups != nil) },
    UsageRule(
      "--concurrency, --duration and --requests are for a command",
      hint: "a file has the rounds that it has"
    ) { !$0.measures && $0.settings.sizesLoad },
    UsageRule(
      "--parallel, --resume and --log are for tasks that are launched",
      hint: "a file has the rounds that it has"
    ) {
      let settings = $0.settings
      return !$0.measures && (settings.parallel != nil || settings.resumes || settings.log != nil)
    },
    UsageRule(
      "--paired goes with neither --parallel nor --resume nor --log",
      hint: "both sides are measured in turns, one launch at a time"
    ) {
      let settings = $0.settings
      return settings.paired != nil
        && (settings.parallel != nil || settings.resumes || settings.log != nil)
    },
    UsageRule(
      "--metric is for a command that is timed", hint: "a file has the metrics that it has"
    ) { !$0.measures && !$0.settings.metrics.isEmpty },
    UsageRule("--history goes with --import", hint: "name the file with `--import <file>`") {
      $0.settings.readsHistory && $0.measures
    },
    UsageRule(
      "--history goes with neither --commit nor --session", hint: "each result has its own"
    ) {
      $0.settings.readsHistory && ($0.settings.commit != nil || $0.settings.session != nil)
    },
    UsageRule(
      "--lenient and --max-size go with --import", hint: "what is launched has a limit of its own"
    ) { $0.measures && ($0.settings.isLenient || $0.settings.maxSize != nil) },
    UsageRule("--again goes with --import", hint: "what is launched is always measured anew") {
      $0.settings.isAgain && ($0.measures || $0.settings.readsHistory)
    },
    UsageRule(
      "--spool is for what is imported",
      hint: "measure into a file with `--output <file>`, and import that"
    ) { $0.settings.spool != nil && $0.measures },
    UsageRule { call in
      guard call.settings.spool != nil, let option = call.settings.optionsBesideSpool.first else {
        return nil
      }
      return UsageError(
        "--spool and \(option) exclude each other",
        hint: "a spooled run is stored later, by the next recording, gate or `perf-sync push`")
    },
    UsageRule(
      "--commit goes with --import", hint: "a command measures what is checked out"
    ) { $0.settings.commit != nil && $0.measures },
  ]
}

extension RecordSettings {
  /// The options that say something about storing now.
  fileprivate var optionsBesideSpool: [String] {
    [
      commit.map { _ in "--commit" }, output.map { _ in "--output" },
      baseline.map { _ in "--baseline" }, pushes ? "--push" : nil,
      readsHistory ? "--history" : nil, directions.isEmpty ? nil : "--better",
      common.notesRef.map { _ in "--notes-ref" },
    ].compactMap(\.self)
  }

  /// The options that make no sense for many commits.
  fileprivate var optionsBesideBackfill: [String] {
    [
      paired.map { _ in "--paired" }, imports.isEmpty ? nil : "--import",
      variants.isEmpty ? nil : "--compare", output.map { _ in "--output" },
      commit.map { _ in "--commit" }, baseline.map { _ in "--baseline" },
      session.map { _ in "--session" }, shard.map { _ in "--shard" },
      parallel.map { _ in "--parallel" }, resumes ? "--resume" : nil, log.map { _ in "--log" },
      readsHistory ? "--history" : nil, isAgain ? "--again" : nil,
    ].compactMap(\.self)
  }

  /// True if an option says how much is launched at once, for how long, or how often in all.
  fileprivate var sizesLoad: Bool {
    !concurrency.isEmpty || duration != nil || requests != nil
  }
}
