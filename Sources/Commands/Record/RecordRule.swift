import CommandLine

/// Options of `perf-record` that do not go together.
struct RecordRule: Sendable {
  /// What is wrong, and what to do instead.
  let error: UsageError
  let isBroken: @Sendable (CommandContext<RecordSettings>) -> Bool

  init(
    _ message: String, hint: String? = nil,
    isBroken: @escaping @Sendable (CommandContext<RecordSettings>) -> Bool
  ) {
    error = UsageError(message, hint: hint)
    self.isBroken = isBroken
  }
}

extension CommandContext where Settings == RecordSettings {
  /// Refuses what makes no sense, by the first rule that says so.
  func checkUsage() throws(UsageError) {
    if let rule = RecordRule.all.first(where: { $0.isBroken(self) }) { throw rule.error }
  }
}

extension RecordRule {
  /// In the order in which they are asked.
  static let all = [
    RecordRule("--pin is for what is launched", hint: "a file was measured already") {
      $0.settings.processors != nil && !$0.measures
    },
    RecordRule("--keep-output is for what is launched", hint: "a file prints nothing") {
      $0.settings.keepOutput != nil && !$0.measures
    },
    RecordRule(
      "a command and --import exclude each other",
      hint: "measure with `perf-record -- <command>`, or read with `perf-record --import <file>`"
    ) { $0.command != nil && !$0.measures },
    RecordRule(
      "--shard goes with --session, and not with --paired",
      hint: "give all jobs one id, such as that of the pipeline"
    ) { $0.settings.shard != nil && ($0.settings.session == nil || $0.settings.paired != nil) },
    RecordRule(
      "--push and --baseline go with what is stored", hint: "--output writes a file instead"
    ) { $0.settings.output != nil && ($0.settings.pushes || $0.settings.baseline != nil) },
    RecordRule(
      "--baseline is for the runs of one commit", hint: "write others with `perf-sync export`"
    ) {
      $0.settings.baseline != nil && ($0.settings.paired != nil || $0.settings.readsHistory)
    },
    RecordRule(
      "--paired goes with neither --import nor --output",
      hint: "it measures, and stores both sides"
    ) { $0.settings.paired != nil && (!$0.measures || $0.settings.output != nil) },
    RecordRule("--keep-builds goes with --paired") {
      $0.settings.keepBuilds && $0.settings.paired == nil
    },
    RecordRule(
      "--format without a command or a file", hint: "a suite has a `format` of its own"
    ) { $0.settings.format != nil && $0.command == nil && $0.measures },
    RecordRule(
      "--name and --label are for a command that is timed",
      hint: "what a tool wrote has names of its own"
    ) {
      let names = $0.settings.name != nil || !$0.settings.labels.isEmpty
      return names && ($0.command == nil || $0.settings.format != nil)
    },
    RecordRule(
      "--rounds and --warmup are for a command", hint: "a file has the rounds that it has"
    ) { !$0.measures && ($0.settings.rounds != nil || $0.settings.warmups != nil) },
    RecordRule(
      "--concurrency, --duration and --requests are for a command",
      hint: "a file has the rounds that it has"
    ) { !$0.measures && $0.settings.sizesLoad },
    RecordRule(
      "--metric is for a command that is timed", hint: "a file has the metrics that it has"
    ) { !$0.measures && !$0.settings.metrics.isEmpty },
    RecordRule("--history goes with --import", hint: "name the file with `--import <file>`") {
      $0.settings.readsHistory && $0.measures
    },
    RecordRule(
      "--history goes with neither --commit nor --session", hint: "each result has its own"
    ) {
      $0.settings.readsHistory && ($0.settings.commit != nil || $0.settings.session != nil)
    },
    RecordRule(
      "--lenient and --max-size go with --import", hint: "what is launched has a limit of its own"
    ) { $0.measures && ($0.settings.isLenient || $0.settings.maxSize != nil) },
    RecordRule("--again goes with --import", hint: "what is launched is always measured anew") {
      $0.settings.isAgain && ($0.measures || $0.settings.readsHistory)
    },
    RecordRule(
      "--commit goes with --import", hint: "a command measures what is checked out"
    ) { $0.settings.commit != nil && $0.measures },
  ]
}

extension RecordSettings {
  /// Whether it says how much is launched at once, or for how long.
  fileprivate var sizesLoad: Bool {
    concurrency != nil || duration != nil || requests != nil
  }
}
