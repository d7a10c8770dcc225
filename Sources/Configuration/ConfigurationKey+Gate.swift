import CommandLine
import Git
import Measurements
import Verdicts

extension ConfigurationKey {
  static let common: [ConfigurationKey] = [
    .value(
      "perf.notesRef", .notesRef, default: .value("refs/notes/perf"),
      meaning: "The reference of the git notes that hold the runs.",
      .comparison, looser: .anyChange, \.notesRef),
    ConfigurationKey(
      name: "gate.base", .bases, takesPattern: false,
      default: .words("`origin/HEAD`, `main` or `master`"),
      meaning: "The branch that is compared with; of several, or of those that match a pattern "
        + "like `release/*`, the nearest one counts.",
      role: .comparison, looser: .anyChange
    ) {
      // git config contains what a user typed, so its value replaces the others. The nearer of its
      // levels takes precedence.
      $0.bases = $2.isReviewed ? $0.bases + $1 : $1
    },
    ConfigurationKey(
      name: "gate.irrelevant", .patterns, takesPattern: false, default: .nothing,
      meaning: "Files that no number depends on; a commit that changes nothing else is judged by "
        + "the numbers of the commit before.",
      role: .measuring, looser: .anyChange
    ) { configuration, patterns, _ in
      configuration.irrelevant += patterns
    },
    .value(
      "gate.policy", .word(), default: .value("change"),
      meaning: "The rules that judge: those of the change, or those of the base branch.",
      .comparison, looser: .anyChange, \.judge),
    ConfigurationKey(
      name: "gate.by", .groups, takesPattern: false, default: .nothing,
      meaning:
        "A label by whose values the tasks of a suite with outcomes are judged together, besides "
        + "all of them; may be repeated.",
      role: .judging, looser: .anyChange
    ) { configuration, groups, _ in
      configuration.policy.groups += groups.filter { !configuration.policy.groups.contains($0) }
    },
    .value(
      "gate.anchor", .text("<revision|tags|file>"), default: .nothing,
      meaning: "A fixed point that is compared with besides; `v*` is the newest such tag.",
      .judging, looser: .anyChange, \.anchor),
    .value(
      "gate.project", .text("<name>"), default: .nothing,
      meaning: "The name of the project in comments, where several share a pull request.",
      .measuring, looser: .never, \.project),
    .value(
      "gate.suite", .text("<name>"), default: .words("all suites that were recorded"),
      meaning: "The suite that is judged.",
      .judging, looser: .anyChange, \.suite),
    ConfigurationKey(
      name: "gate.threshold", .threshold, takesPattern: false, default: .value("10%"),
      meaning: "The relative change that counts; with `0%` any change counts, and with `300%` one "
        + "to the fourfold or a quarter.",
      role: .judging, looser: .threshold
    ) { configuration, threshold, setting in
      configuration.policy.threshold = Sourced(
        threshold, from: "gate.threshold in \(setting.place)")
    },
    // A smaller value finds less, and a larger one decides more.
    .value(
      "gate.alpha", .alpha, default: .value("0.05"),
      meaning: "The accepted probability of a false alarm, over all series of the gate.",
      .judging, looser: .anyChange, \.policy.alpha),
    .value(
      "gate.maxDistance", .integer("<n>", in: 0...100_000), default: .value("50"),
      meaning: "The number of commits that a baseline may be away.",
      .comparison, looser: .anyChange, \.maxDistance),
    .value(
      "gate.history", .word(), default: .value("fail"),
      meaning:
        "The response of `perf-gate --history` to a regression of the base branch that nobody "
        + "accepted; a failure has status 1.",
      .judging, looser: .words(["fail", "warn"], unset: "fail"),
      \.history),
    .value(
      "gate.historyDays", .integer("<days>", in: 1...100_000), default: .value("30"),
      meaning: "The number of days for which a regression of the base branch is news; after them "
        + "it counts as absorbed.",
      .judging, looser: .anyChange, \.historyDays),
    .value(
      "gate.environment", .word(), default: .value("same"),
      meaning: "The machines whose runs are compared: the same one only, or any.",
      .comparison, looser: .anyChange, \.environmentRule),
    .value(
      "gate.correction", .word(), default: .value("benjamini-hochberg"),
      meaning: "The method by which all series of the gate share the probability of a false alarm.",
      .judging, looser: .anyChange, \.policy.correction),
    .value(
      "gate.inconclusive", .strictness(), default: .value("warn"),
      meaning: "The response to a series that stays undecided; a failure has status 6, and with a "
        + "percentage it fails where a regression of that size is possible.",
      .judging, looser: .strictness, \.policy.strictness),
    .value(
      "gate.requireRounds", .yesOrNo, default: .value("false"),
      meaning: "With `true` repetitions within one process decide nothing.",
      .judging, looser: .anyChange, \.policy.requiresRounds),
    .value(
      "gate.oneProcess", .percent(),
      default: .words(
        "five times the threshold and at least 50 %; for Go's benchmarks the threshold"),
      meaning: "The difference of the two sides that decides, where each is one process.",
      .judging, looser: .anyChange, \.policy.oneProcess),
    .value(
      "gate.summaries", .word(), default: .value("history"),
      meaning:
        "The way in which a number without samples is judged: against the recordings before, of which it "
        + "needs five; against the threshold, without a test; or not at all.",
      .judging, looser: .anyChange, \.policy.summaries),
    .value(
      "gate.guessed", .word(), default: .value("warn"),
      meaning:
        "The response to a change where nobody says which direction of its metric is better; "
        + "a failure has status 6.",
      .judging, looser: .words(["fail", "warn"], unset: "warn"), \.policy.guessed),
    .value(
      "measure.rounds", .rounds,
      default: .words(
        "\(SuiteDefinition.usualRounds); \(SuiteDefinition.usualCountedRounds) with callgrind"),
      meaning: "The number of launches that count.",
      .measuring, looser: .anyChange, \.rounds),
    .value(
      "measure.warmup", .warmups,
      default: .words("\(SuiteDefinition.usualWarmups); 0 with `format`, `output` or callgrind"),
      meaning: "The number of launches that go before and do not count.",
      .measuring, looser: .anyChange, \.warmups),
    .value(
      "measure.unfit", .word(), default: .value("warn"),
      meaning: "The response to a machine under load or on battery, or of a debug build; a failure "
        + "has status 4.",
      .measuring, looser: .anyChange, \.unfit),
    .value(
      "hook.missing", .word(), default: .value("warn"),
      meaning: "The response to a push without results.",
      .judging, looser: .words(["fail", "warn"], unset: "warn"), \.missingResult),
    .value(
      "hook.loosened", .word(), default: .value("warn"),
      meaning: "The response to a push whose rules let more pass than those before.",
      .judging, looser: .words(["fail", "warn"], unset: "warn"), \.loosenedPush),
    .value(
      "prune.keepDays", .integer("<n>", in: 0...100_000), default: .value("90"),
      meaning: "The number of days that all runs stay.",
      .measuring, looser: .never, \.keepDays),
    .value(
      "prune.summarizeDays", .integer("<n>", in: 0...100_000), default: .value("365"),
      meaning: "The number of days that the runs which stay keep their rounds.",
      .measuring, looser: .never, \.summarizeDays),
    .value(
      "environment.key", .text("<key>"),
      default: .words("a hash of processor, system, architecture and labels"),
      meaning: "The name of the machine; runs with the same name are compared.",
      .comparison, looser: .anyChange, \.environmentKey),
    ConfigurationKey(
      name: "environment.labels", .labels, takesPattern: false, default: .nothing,
      meaning: "A part of what makes machines comparable; several labels are separated by spaces.",
      role: .comparison, looser: .anyChange
    ) { configuration, labels, _ in
      configuration.environmentLabels.merge(labels) { $1 }
    },
  ]

  /// The keys `gate.missing`, `benchmark.missing` and so on, for every coverage state.
  static let ledger = CoverageState.allCases.flatMap { state in
    let words = Response.allCases.map(\.rawValue)
    let unset = CoveragePolicy().response(to: state, of: "").rawValue
    let looser = Looseness.words(words, unset: unset)
    return [
      ConfigurationKey(
        name: "gate.\(state.rawValue)", .word(), takesPattern: false,
        default: state == .renamed ? .words("that of `gate.missing`") : .value(unset),
        meaning: "The response to a benchmark \(state.clause).", role: .judging, looser: looser
      ) { (configuration, response: Response, _) in
        configuration.policy.ledger.common[state] = response
      },
      ConfigurationKey(
        name: "benchmark.\(state.rawValue)", .word(), takesPattern: true,
        default: .words("that of `gate.\(state.rawValue)`"),
        meaning: "The response to one of these benchmarks \(state.clause).", role: .judging,
        looser: looser
      ) {
        $0.policy.ledger.rules[state, default: []].append(
          Policy.Rule(pattern: $2.pattern, value: $1, place: $2.place))
      },
    ]
  }
}

extension CoverageState {
  /// A description of a benchmark in this state, as a part of a sentence.
  var clause: String {
    switch self {
    case .missing: "that the candidate no longer has"
    case .failed: "whose command or import failed"
    case .renamed: "that seems to go on under a new name"
    case .notMeasured: "that was left out where only a part of the suite was recorded"
    case .inherited: "that has the regression of a marked base and adds nothing to it"
    case .new: "that the baseline does not have"
    case .collapsed: "with less than a tenth left of what it cost"
    case .redefined: "that is measured with other work: another command, setup or load"
    }
  }
}
