import CommandLine
import Verdicts

extension UsageRule where Settings == GateSettings {
  /// The rules of a judgement, in the order in which they are checked.
  static let gate: [UsageRule] = [
    UsageRule { call in
      call.operands.count > 1
        ? .unexpected(call.operands[1], hint: "one revision or file is judged at a time") : nil
    },
    UsageRule(
      "--reason goes with --accept and --unmark"
    ) {
      $0.settings.accept == nil && ($0.settings.reason != nil && $0.settings.unmark == nil)
    },
    UsageRule(
      "--expires and --ceiling go with --accept"
    ) {
      $0.settings.accept == nil && ($0.settings.expires != nil || $0.settings.ceiling != nil)
    },
    UsageRule(
      "--accept needs a reason",
      hint: "say why with `--reason <text>`"
    ) {
      $0.settings.accept != nil && $0.settings.reason == nil
    },
    UsageRule(
      "--measure goes with neither --no-baseline nor --accept nor --null-check"
    ) {
      $0.settings.measure
        && ($0.settings.noBaseline || $0.settings.accept != nil || $0.settings.nullCheck)
    },
    UsageRule(
      "--time-limit, --keep-builds and --keep-output go with --measure",
      hint: "otherwise what was recorded is judged, and nothing is launched"
    ) {
      !$0.settings.measure
        && ($0.settings.timeLimit != nil || $0.settings.keepBuilds || $0.settings.keepOutput != nil)
    },
    UsageRule(
      "--against and --no-baseline exclude each other"
    ) {
      $0.settings.noBaseline && $0.settings.against != nil
    },
    UsageRule(
      "--accept, --explain, --history, --null-check, --plan, --marks and --unmark exclude each other"
    ) {
      $0.settings.modes > 1
    },
    UsageRule(
      "--history judges the changes of a branch",
      hint:
        "leave --measure, --against, --anchor, --strict, --only, --no-baseline, --pre-push, --rules, "
        + "--environment, --max-distance, --alpha, --by and --report out; "
        + "`perf-log changes --report json` is for programs"
    ) {
      let settings = $0.settings
      return settings.history
        && (settings.measure || settings.against != nil || settings.anchor != nil
          || settings.strict != nil || settings.noBaseline || settings.only != nil
          || settings.prePush || settings.rules != .commit || settings.maxDistance != nil
          || settings.comparing.environment != nil || settings.comparing.alpha != nil
          || !settings.by.isEmpty || !settings.comparing.reports.isEmpty)
    },
    UsageRule(
      "--bisect goes with none of --accept, --explain, --history, --null-check, --plan, --marks and --unmark"
    ) {
      $0.settings.bisects && $0.settings.modes > 0
    },
    UsageRule(
      "--null-check compares a commit with itself",
      hint: "leave --against, --anchor, --strict and --no-baseline out"
    ) {
      $0.settings.nullCheck
        && ($0.settings.against != nil || $0.settings.anchor != nil || $0.settings.strict != nil
          || $0.settings.noBaseline)
    },
    UsageRule(
      "--mark goes with none of --accept, --explain, --null-check, --plan, --marks and --unmark"
    ) {
      $0.settings.marks && $0.settings.modes > 0
    },
    UsageRule(
      "--report goes with none of --explain, --null-check, --plan, --marks and --unmark"
    ) {
      ($0.settings.nullCheck || $0.settings.plan || $0.settings.explain != nil
        || $0.settings.listsMarks || $0.settings.unmark != nil)
        && !$0.settings.comparing.reports.isEmpty
    },
  ]

  /// The rules of `--pre-push`, in the order in which they are checked.
  static let prePush: [UsageRule] = [
    UsageRule("--report does not go with --pre-push", hint: "run `perf-gate --report` apart") {
      !$0.settings.comparing.reports.isEmpty
    },
    UsageRule(
      "--pre-push goes with none of --measure, --explain, --accept, --mark and --null-check"
    ) {
      let settings = $0.settings
      return settings.explain != nil || settings.accept != nil || settings.nullCheck
        || settings.measure || settings.marks
    },
    UsageRule("--bisect does not go with --pre-push") { $0.settings.bisects },
  ]
}

extension GateSettings {
  /// The number of options that ask for something else than a judgement.
  fileprivate var modes: Int {
    [accept != nil, nullCheck, explain != nil, plan, history, listsMarks, unmark != nil].count {
      $0
    }
  }
}
