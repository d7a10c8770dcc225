import CommandLine

extension UsageRule where Settings == BisectSettings {
  /// The rules of a new bisection, in the order in which they are checked.
  static let bisect: [UsageRule] = [
    UsageRule { call in
      call.operands.count == 2
        ? nil
        : UsageError(
          "\(call.operands.isEmpty ? "no commits" : "only one commit"): a good and a bad one are needed",
          hint: "name the one before the change, then the one that has it: `perf-bisect v1.2 main`")
    },
    UsageRule("the command behind `--` is empty", hint: "name the program to measure") {
      $0.command?.isEmpty ?? false
    },
  ]

  /// The rules of what is done with a bisection that was begun.
  static let begun: [UsageRule] = [
    UsageRule("--resume, --log and `reset` exclude each other") {
      $0.asked.count { $0 } > 1
    },
    UsageRule(
      "--resume goes on with what was asked for", hint: "it takes no option but --time-limit"
    ) {
      $0.settings.resumes && ($0.asksForNew || !$0.operands.isEmpty)
    },
    UsageRule("--log and `reset` take no other option and no commits") {
      ($0.settings.log || $0.resets)
        && ($0.asksForNew || $0.settings.timeLimit != nil
          || $0.operands.count > ($0.resets ? 1 : 0))
    },
  ]
}

extension CommandContext where Settings == BisectSettings {
  /// True for `perf-bisect reset`.
  var resets: Bool { operands == ["reset"] }

  /// True if a bisection that was begun is asked for.
  var isOfBegun: Bool { asked.contains(true) }

  fileprivate var asked: [Bool] { [settings.resumes, settings.log, resets] }

  /// True if anything was typed that describes a new bisection.
  fileprivate var asksForNew: Bool {
    [settings.benchmark, settings.metric, settings.suite, settings.prepare].contains { $0 != nil }
      || settings.confidence != nil || settings.threshold != nil || settings.swaps || command != nil
  }
}
