import CommandLine
import Git
import Measurements
import Verdicts

/// A key that the configuration knows: a row of the table that reads it.
package struct ConfigurationKey: Sendable {
  /// The name of the key in documentation: `gate.maxDistance`.
  package let name: String
  /// The placeholder of the value in documentation: `<percent>`, or `fail|warn|ignore`.
  package let argument: String
  /// True if the key stands below a subsection, `[benchmark "parse/*"]`.
  package let takesPattern: Bool
  package let defaultValue: Default
  /// The meaning of the key, as one sentence with a full stop.
  package let meaning: String
  /// The role of the key, which decides whose file it is read from.
  package let role: Role
  /// The values of the key that let more pass than others.
  ///
  /// There is no default: whoever adds a key decides here how a change can use it. A direction,
  /// ``Looseness/larger(_:unset:)`` or ``Looseness/words(_:unset:)``, is for a value that counts
  /// for each series by itself. ``Looseness/anyChange`` is never wrong.
  package let looser: Looseness
  let apply: @Sendable (inout ProjectConfiguration, Setting) throws -> Void

  init(
    name: String, argument: String, takesPattern: Bool, default: Default, meaning: String,
    role: Role, looser: Looseness,
    apply: @escaping @Sendable (inout ProjectConfiguration, Setting) throws -> Void
  ) {
    self.name = name
    self.argument = argument
    self.takesPattern = takesPattern
    self.defaultValue = `default`
    self.meaning = meaning
    self.role = role
    self.looser = looser
    self.apply = apply
  }

  /// Creates a key whose value an argument reads.
  init<Value>(
    name: String, _ argument: Argument<Value>, takesPattern: Bool, default: Default,
    meaning: String, role: Role, looser: Looseness,
    set: @escaping @Sendable (inout ProjectConfiguration, Value, Setting) throws -> Void
  ) {
    self.init(
      name: name, argument: argument.placeholder, takesPattern: takesPattern, default: `default`,
      meaning: meaning, role: role, looser: looser
    ) { configuration, setting in
      try set(&configuration, try argument.parse(setting.value), setting)
    }
  }

  func matches(_ setting: Setting) -> Bool { takesPattern == (setting.subsection != nil) }

  /// The value that counts if nobody writes the key.
  package enum Default: Hashable, Sendable {
    /// A value, as a user would write it.
    case value(String)
    /// A description in words, for a default that no single value of the key stands for.
    case words(String)
    case nothing
  }

  /// The purpose of a key, which decides whose file it is read from.
  package enum Role: Hashable, Sendable {
    /// The key decides what is compared with what. A change never decides that.
    case comparison
    /// The key decides how a change is judged. The change decides that, unless `gate.policy` leaves
    /// it to the base.
    case judging
    /// The key decides what is measured, and how. The change always decides that.
    case measuring
    /// The key decides what the other keys of its section apply to.
    case section
  }
}

extension ConfigurationKey {
  /// All keys by their names in lower case.
  package static let named = Dictionary(
    uniqueKeysWithValues: all.map { ($0.name.lowercased(), $0) })

  /// Returns the key of a setting; nil if the key is unknown, or stands where it cannot.
  package static func of(_ setting: Setting) -> ConfigurationKey? {
    named[setting.name.lowercased()].flatMap { $0.matches(setting) ? $0 : nil }
  }
}

extension ConfigurationKey {
  package static let all =
    common + ledger + severities + benchmarks + metrics + waivers + suites + prices

  private static let common: [ConfigurationKey] = [
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
      meaning: "Whose rules judge: those of the change, or those of the base branch.",
      .comparison, looser: .anyChange, \.judge),
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
      meaning: "How many commits back a baseline may be.",
      .comparison, looser: .anyChange, \.maxDistance),
    .value(
      "gate.environment", .word(), default: .value("same"),
      meaning: "Whether only runs of the same machine are compared, or those of any machine.",
      .comparison, looser: .anyChange, \.environmentRule),
    .value(
      "gate.correction", .word(), default: .value("benjamini-hochberg"),
      meaning: "How all series of the gate share the probability of a false alarm.",
      .judging, looser: .anyChange, \.policy.correction),
    .value(
      "gate.inconclusive", .strictness(), default: .value("warn"),
      meaning: "Whether a series that stays undecided fails with status 6; with a percentage it "
        + "fails where a regression of that size is possible.",
      .judging, looser: .strictness, \.policy.strictness),
    .value(
      "gate.requireRounds", .yesOrNo, default: .value("false"),
      meaning: "Whether repetitions within one process decide nothing.",
      .judging, looser: .anyChange, \.policy.requiresRounds),
    .value(
      "gate.oneProcess", .percent(),
      default: .words(
        "five times the threshold and at least 50 %; for Go's benchmarks the threshold"),
      meaning: "By how much the two sides must differ to decide, where each is one process.",
      .judging, looser: .anyChange, \.policy.oneProcess),
    .value(
      "gate.summaries", .word(), default: .value("history"),
      meaning: "How a number without samples is judged: against the recordings before, of which it "
        + "needs five; against the threshold, without a test; or not at all.",
      .judging, looser: .anyChange, \.policy.summaries),
    .value(
      "gate.guessed", .word(), default: .value("warn"),
      meaning: "Whether a change fails with status 6 where nobody says which direction of its "
        + "metric is better.",
      .judging, looser: .words(["fail", "warn"], unset: "warn"), \.policy.guessed),
    .value(
      "measure.rounds", .rounds,
      default: .words(
        "\(SuiteDefinition.usualRounds); \(SuiteDefinition.usualCountedRounds) with callgrind"),
      meaning: "How many launches count.",
      .measuring, looser: .anyChange, \.rounds),
    .value(
      "measure.warmup", .warmups,
      default: .words("\(SuiteDefinition.usualWarmups); 0 with `format`, `output` or callgrind"),
      meaning: "How many launches go before and do not count.",
      .measuring, looser: .anyChange, \.warmups),
    .value(
      "measure.unfit", .word(), default: .value("warn"),
      meaning: "What becomes of a machine under load or on battery, or of a debug build; a failure "
        + "has status 4.",
      .measuring, looser: .anyChange, \.unfit),
    .value(
      "hook.missing", .word(), default: .value("warn"),
      meaning: "Whether a push without results is refused.",
      .judging, looser: .words(["fail", "warn"], unset: "warn"), \.missingResult),
    .value(
      "hook.loosened", .word(), default: .value("warn"),
      meaning: "Whether a push is refused whose rules let more pass than those before.",
      .judging, looser: .words(["fail", "warn"], unset: "warn"), \.loosenedPush),
    .value(
      "prune.keepDays", .integer("<n>", in: 0...100_000), default: .value("90"),
      meaning: "How many days all runs stay.",
      .measuring, looser: .never, \.keepDays),
    .value(
      "prune.summarizeDays", .integer("<n>", in: 0...100_000), default: .value("365"),
      meaning: "How many days the runs that stay keep their rounds.",
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
  private static let ledger = CoverageState.allCases.flatMap { state in
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

  private static let benchmarks: [ConfigurationKey] = [
    .rule(
      "benchmark.threshold", .threshold,
      default: .words("that of the metric, else `gate.threshold`"),
      meaning: "The relative change of these benchmarks that counts.",
      looser: .threshold, \.policy.benchmarks),
    ConfigurationKey(
      name: "benchmark.budget", .budget, takesPattern: true, default: .nothing,
      meaning: "The absolute limit of these benchmarks, for a metric by name or for the one with "
        + "that unit.",
      role: .judging, looser: .limit
    ) { configuration, budget, setting in
      try configuration.add(
        Budget(
          benchmark: setting.pattern, metric: budget.metric, limit: budget.limit,
          place: setting.place),
        setting)
    },
    ConfigurationKey(
      name: "benchmark.alias", .text("<name>"), takesPattern: true, default: .nothing,
      meaning: "The name that the benchmark had before.",
      role: .measuring, looser: .rename
    ) { configuration, old, setting in
      guard let new = setting.pattern.literal, old != new else {
        throw UsageError(
          "an alias is another name of one benchmark", hint: "write both names out, in full")
      }
      configuration.policy.aliases.append(Alias(old: old, new: new, place: setting.place))
    },
    .suite(of: "benchmark"),
  ]

  private static let metrics: [ConfigurationKey] = [
    .rule(
      "metric.threshold", .threshold, default: .words("that of `gate.threshold`"),
      meaning: "The relative change of these metrics that counts.",
      looser: .threshold, \.policy.metrics),
    .rule(
      "metric.exact", .yesOrNo, default: .words("what the recorder of the metric says"),
      meaning: "Whether these metrics are without chance, so that any change beyond the threshold "
        + "counts without a test.",
      looser: .anyChange, \.policy.exactness),
    ConfigurationKey(
      name: "metric.better", .word(), takesPattern: true,
      default: .words("what the recorder, the name or the unit of the metric says"),
      meaning: "Which direction of these metrics is better.",
      role: .judging, looser: .anyChange
    ) { (configuration, direction: Direction, setting) in
      try checkDirection(of: setting.pattern.text)
      configuration.policy.directions.append(
        Policy.Rule(pattern: setting.pattern, value: direction, place: setting.place))
    },
    .rule(
      "metric.ignoreBelow", .amount,
      default: .words("nothing; a few ticks of the clock for processor times of launches"),
      meaning: "The amount below which no change of these metrics counts.",
      looser: .floor, \.policy.floors),
    ConfigurationKey(
      name: "metric.budget", .quantity, takesPattern: true, default: .nothing,
      meaning: "The absolute limit of these metrics, for every benchmark.",
      role: .judging, looser: .limit
    ) { configuration, limit, setting in
      try configuration.add(
        Budget(metric: setting.pattern, limit: limit, place: setting.place), setting)
    },
  ]

  private static let waivers: [ConfigurationKey] =
    [
      .waiver(
        "metric", "<metric>", default: .words("all metrics"),
        meaning: "The metric that the permission is for."),
      .waiver(
        "ceiling", Argument.ceiling.placeholder,
        default: .words("required, unless the section permits a state"),
        meaning: "The most that these benchmarks may be worse."),
      .waiver(
        "expires", Argument.day.placeholder, default: .words("required"),
        meaning: "The last day on which the permission holds."),
      .waiver(
        "reason", Argument.words.placeholder, default: .words("required"),
        meaning: "Why these benchmarks may be worse."),
    ]
    + Waiver.State.allCases.map {
      .waiver(
        $0.rawValue, Argument.yesOrNo.placeholder, default: .value("false"),
        meaning: "Whether the section permits a benchmark \($0.coverage.clause).")
    } + [.suite(of: "waiver")]

  private static let suites: [ConfigurationKey] = [
    .suite(
      "command", .typedCommand, default: .words("required"),
      meaning: "A command that is measured, under its name or called after itself; the key may "
        + "stand several times.",
      looser: .anyChange
    ) { $0.commands.append($1) },
    .suite(
      "prepare", .text("<script>"), default: .nothing,
      meaning: "What a shell runs once, before anything is launched.",
      looser: .anyChange
    ) { $0.prepare = $1 },
    .suite(
      "setup", .text("<script>"), default: .nothing,
      meaning: "What a shell runs before every launch, without being measured.",
      looser: .anyChange
    ) { $0.setup = $1 },
    .suite(
      "cleanup", .text("<script>"), default: .nothing,
      meaning: "What a shell runs after every launch, without being measured.",
      looser: .anyChange
    ) { $0.cleanup = $1 },
    .suite(
      "format", .format, default: .words("the commands are timed"),
      meaning: "The format of the results that the commands write.",
      looser: .anyChange
    ) { $0.format = $1 },
    .suite(
      "output", .file, default: .words("standard output"),
      meaning: "The file that the commands write their results to.",
      looser: .anyChange
    ) { $0.output = $1 },
    .suite(
      "rounds", .rounds, default: .words("that of `measure.rounds`"),
      meaning: "How many launches of each command count.",
      looser: .anyChange
    ) { $0.rounds = $1 },
    .suite(
      "warmup", .warmups, default: .words("that of `measure.warmup`"),
      meaning: "How many launches of each command go before and do not count.",
      looser: .anyChange
    ) { $0.warmups = $1 },
    .suite(
      "timeout", .duration, default: .nothing,
      meaning: "How long a launch may take before it is ended with its children.",
      looser: .anyChange
    ) { $0.timeout = $1 },
    .suite(
      "workingDirectory", .directory, default: .words("the top of the work tree"),
      meaning: "The folder in which the commands are launched, from the top of the work tree.",
      looser: .anyChange
    ) { $0.workingDirectory = $1 },
    .suite(
      "environment", .variable, default: .nothing,
      meaning: "A variable of the commands, whose value may hold spaces; the key may stand several "
        + "times.",
      looser: .anyChange
    ) { $0.environment[$1.name] = $1.value },
    .suite(
      "exitCodes", .statuses, default: .value("0"),
      meaning: "The exit statuses that are no failure, separated by spaces.",
      looser: .anyChange
    ) { $0.allowed = $1 },
    .suite(
      "retries", .integer("<n>", in: 0...100), default: .value("0"),
      meaning: "How often a launch that failed is tried again.",
      looser: .anyChange
    ) { $0.retries = $1 },
    .suite(
      "concurrency", .workers, default: .words("one launch is one round"),
      meaning: "How many launches run at once, again and again, as one round.",
      looser: .anyChange
    ) { $0.concurrency = $1 },
    .suite(
      "duration", .duration, default: .value("1s"),
      meaning: "How long a round with `concurrency` goes on.",
      looser: .anyChange
    ) { $0.duration = $1 },
    .suite(
      "requests", .requests, default: .words("`duration` counts"),
      meaning: "How many launches a round with `concurrency` has in all.",
      looser: .anyChange
    ) { $0.requests = $1 },
    .suite(
      "metric", .launchMetric, default: .nothing,
      meaning: "A metric that is recorded besides times and memory, or a number that the program "
        + "prints; the key may stand several times.",
      looser: .anyChange
    ) { $0.metrics.append($1) },
    ConfigurationKey(
      name: "suite.decide", .metrics, takesPattern: true, default: .words("all metrics"),
      meaning: "The metrics that can fail the gate, separated by spaces.",
      role: .judging, looser: .anyChange
    ) { configuration, metrics, setting in
      configuration.deciding[setting.subsection ?? ""] = metrics
    },
    .suite(
      "paths", .text("<pattern> ..."), default: .words("all files"),
      meaning: "The files that the numbers of the suite depend on.",
      looser: .anyChange
    ) { $0.paths += $1.split(separator: " ").map(String.init) },
    .suite(
      "required", .yesOrNo, default: .words("neither"),
      meaning: "With `true` the gate fails without the suite; with `false` `perf-gate --measure` "
        + "leaves it out unless `--suite` names it.",
      looser: .words(["true", "not set", "false"], unset: "not set")
    ) { $0.required = $1 },
  ]

  /// The keys `price.input` and so on, for every kind of price.
  private static let prices = Prices.Kind.allCases.map { kind in
    ConfigurationKey(
      name: "price.\(kind.rawValue)", .price, takesPattern: true, default: .nothing,
      meaning: kind.meaning,
      role: .measuring, looser: .anyChange
    ) {
      $0.prices.set($1, of: kind, $2)
    }
  }

  private static func suite<Value>(
    _ key: String, _ argument: Argument<Value>, default: Default, meaning: String,
    looser: Looseness, _ set: @escaping @Sendable (inout SuiteDefinition, Value) -> Void
  ) -> ConfigurationKey {
    ConfigurationKey(
      name: "suite.\(key)", argument, takesPattern: true, default: `default`, meaning: meaning,
      role: .measuring, looser: looser
    ) { configuration, value, setting in
      set(
        &configuration.suites[setting.subsection ?? "", default: SuiteDefinition(setting.place)],
        value)
    }
  }

  /// Returns the key that names the suite of a section. Its loosenings show in the other keys of
  /// the section.
  private static func suite(of section: String) -> ConfigurationKey {
    ConfigurationKey(
      name: "\(section).suite", .text("<name>"), takesPattern: true,
      default: .words("all suites"), meaning: "The suite that the section counts for.",
      role: .section, looser: .never
    ) { _, _, _ in
    }
  }

  /// Returns a key of a `[waiver]` section, which permits something.
  private static func waiver(
    _ key: String, _ argument: String, default: Default, meaning: String
  ) -> ConfigurationKey {
    ConfigurationKey(
      name: "waiver.\(key)", argument: argument, takesPattern: true, default: `default`,
      meaning: meaning, role: .judging, looser: .permission
    ) {
      try WaiverDraft.read($1, into: &$0)
    }
  }

  private static func value<Value>(
    _ name: String, _ argument: Argument<Value>, default: Default, meaning: String, _ role: Role,
    looser: Looseness, _ field: any Field<ProjectConfiguration, Value>
  ) -> ConfigurationKey {
    ConfigurationKey(
      name: name, argument, takesPattern: false, default: `default`, meaning: meaning, role: role,
      looser: looser
    ) { configuration, value, _ in
      configuration[keyPath: field] = value
    }
  }

  private static func value<Value>(
    _ name: String, _ argument: Argument<Value>, default: Default, meaning: String, _ role: Role,
    looser: Looseness, _ field: any Field<ProjectConfiguration, Value?>
  ) -> ConfigurationKey {
    ConfigurationKey(
      name: name, argument, takesPattern: false, default: `default`, meaning: meaning, role: role,
      looser: looser
    ) { configuration, value, _ in
      configuration[keyPath: field] = value
    }
  }

  private static func rule<Value>(
    _ name: String, _ argument: Argument<Value>, default: Default, meaning: String,
    looser: Looseness, _ field: any Field<ProjectConfiguration, [Policy.Rule<Value>]>
  ) -> ConfigurationKey {
    ConfigurationKey(
      name: name, argument, takesPattern: true, default: `default`, meaning: meaning,
      role: .judging, looser: looser
    ) { configuration, value, setting in
      configuration[keyPath: field].append(
        Policy.Rule(pattern: setting.pattern, value: value, place: setting.place))
    }
  }
}

extension CoverageState {
  /// A description of a benchmark in this state, as a part of a sentence.
  fileprivate var clause: String {
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

extension Waiver.State {
  fileprivate var coverage: CoverageState {
    switch self {
    case .missing: .missing
    case .failed: .failed
    case .renamed: .renamed
    case .redefined: .redefined
    }
  }
}

extension Prices.Kind {
  fileprivate var meaning: String {
    switch self {
    case .input:
      "The price in USD of a million input tokens that are neither read from a cache nor written "
        + "to one."
    case .output: "The price in USD of a million output tokens, thoughts included."
    case .cacheRead: "The price in USD of a million tokens that are read from a cache."
    case .cacheWrite: "The price in USD of a million tokens that are written to a cache."
    }
  }
}

/// The series that a budget is for, and the section that sets it.
struct BudgetSubject: Hashable {
  let benchmark: Pattern
  let metric: Pattern?
  let unit: Unit
  let section: String

  init(_ budget: Budget) {
    benchmark = budget.benchmark
    metric = budget.metric
    unit = budget.limit.unit
    section = budget.section
  }
}

extension ProjectConfiguration {
  /// Adds a budget to the policy.
  ///
  /// - Throws: ``UsageError`` if the same file has two different limits. git config takes
  ///   precedence over a file, and the nearer of its own levels over the others.
  fileprivate mutating func add(_ budget: Budget, _ setting: Setting) throws(UsageError) {
    policy.budgets.append(budget)
    guard setting.isReviewed,
      let other = budgetLimits.updateValue(budget, forKey: BudgetSubject(budget)),
      other.limit.value != budget.limit.value
    else { return }
    throw UsageError(
      "\(other.place) says \(other.limit)", hint: "a benchmark has one budget for each metric")
  }
}
