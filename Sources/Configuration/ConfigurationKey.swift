import CommandLine
import Git
import Measurements
import Verdicts

/// One key that the configuration knows: a row of the table that reads it.
package struct ConfigurationKey: Sendable {
  /// As documentation writes it: `gate.maxDistance`.
  package let name: String
  /// Whether it stands below a subsection, `[benchmark "parse/*"]`.
  package let takesPattern: Bool
  /// Whose file it is read from.
  package let role: Role
  /// Which of its values let more pass than others.
  ///
  /// There is no default: whoever adds a key says here what a change can do with it. A direction,
  /// ``Looseness/larger(_:unset:)`` or ``Looseness/words(_:unset:)``, is for a value that counts for a
  /// series by itself; ``Looseness/anyChange`` is never wrong.
  package let looser: Looseness
  let apply: @Sendable (inout ProjectConfiguration, Setting) throws -> Void

  func matches(_ setting: Setting) -> Bool { takesPattern == (setting.subsection != nil) }

  /// What a key is for, which decides from whose file it is read.
  package enum Role: Hashable, Sendable {
    /// What is compared with what: never the change's to say.
    case comparison
    /// How it is judged: the change's to say, unless `gate.policy` leaves it to the base.
    case judging
    /// What is measured, and how: always the change's to say.
    case measuring
    /// For what the other keys of its section count.
    case section
  }
}

extension ConfigurationKey {
  /// By name, in lower case.
  package static let named = Dictionary(
    uniqueKeysWithValues: all.map { ($0.name.lowercased(), $0) })

  /// The key that somebody wrote; nil for one that nobody knows, or that stands where it cannot.
  package static func of(_ setting: Setting) -> ConfigurationKey? {
    named[setting.name.lowercased()].flatMap { $0.matches(setting) ? $0 : nil }
  }
}

extension ConfigurationKey {
  package static let all =
    common + ledger + severities + benchmarks + metrics + waivers + suites + prices

  private static let common: [ConfigurationKey] = [
    .value("perf.notesRef", .notesRef, .comparison, looser: .anyChange, \.notesRef),
    ConfigurationKey(
      name: "gate.base", takesPattern: false, role: .comparison, looser: .anyChange
    ) {
      let names = try Argument.bases.parse($1.value)
      // git config names what somebody types; the nearer of its levels goes first.
      $0.bases = $1.isReviewed ? $0.bases + names : names
    },
    ConfigurationKey(
      name: "gate.irrelevant", takesPattern: false, role: .measuring, looser: .anyChange
    ) { configuration, setting in
      configuration.irrelevant += setting.value.split(separator: " ").map(String.init)
    },
    .value("gate.policy", .word(), .comparison, looser: .anyChange, \.judge),
    .value("gate.anchor", .text("<revision|tags|file>"), .judging, looser: .anyChange, \.anchor),
    .value("gate.project", .text("<name>"), .measuring, looser: .never, \.project),
    .value("gate.suite", .text("<name>"), .judging, looser: .anyChange, \.suite),
    ConfigurationKey(
      name: "gate.threshold", takesPattern: false, role: .judging, looser: .threshold
    ) { configuration, setting in
      configuration.policy.threshold = Sourced(
        try Argument.threshold.parse(setting.value), from: "gate.threshold in \(setting.place)")
    },
    // A smaller one finds less, a larger one decides more.
    .value("gate.alpha", .alpha, .judging, looser: .anyChange, \.policy.alpha),
    .value(
      "gate.maxDistance", .integer("<n>", in: 0...100_000), .comparison, looser: .anyChange,
      \.maxDistance),
    .value("gate.environment", .word(), .comparison, looser: .anyChange, \.environmentRule),
    .value("gate.correction", .word(), .judging, looser: .anyChange, \.policy.correction),
    .value(
      "gate.inconclusive", .strictness(), .judging, looser: .strictness, \.policy.strictness),
    .value("gate.requireRounds", .yesOrNo, .judging, looser: .anyChange, \.policy.requiresRounds),
    .value(
      "gate.oneProcess", .percent(), .judging, looser: .anyChange, \.policy.oneProcess),
    .value(
      "gate.summaries", .word(), .judging, looser: .anyChange, \.policy.summaries),
    .value(
      "gate.guessed", .word(), .judging, looser: .words(["fail", "warn"], unset: "warn"),
      \.policy.guessed),
    .value("measure.rounds", .rounds, .measuring, looser: .anyChange, \.rounds),
    .value("measure.warmup", .warmups, .measuring, looser: .anyChange, \.warmups),
    .value("measure.unfit", .word(), .measuring, looser: .anyChange, \.unfit),
    .value(
      "hook.missing", .word(), .judging, looser: .words(["fail", "warn"], unset: "warn"),
      \.missingResult),
    .value(
      "hook.loosened", .word(), .judging, looser: .words(["fail", "warn"], unset: "warn"),
      \.loosenedPush),
    .value(
      "prune.keepDays", .integer("<n>", in: 0...100_000), .measuring, looser: .never, \.keepDays),
    .value(
      "prune.summarizeDays", .integer("<n>", in: 0...100_000), .measuring, looser: .never,
      \.summarizeDays),
    .value(
      "environment.key", .text("<key>"), .comparison, looser: .anyChange, \.environmentKey),
    ConfigurationKey(
      name: "environment.labels", takesPattern: false, role: .comparison, looser: .anyChange
    ) { configuration, setting in
      let labels = try Argument.labels.parse(setting.value)
      configuration.environmentLabels.merge(labels) { $1 }
    },
  ]

  /// `gate.missing`, `benchmark.missing` and the like.
  private static let ledger = CoverageState.allCases.flatMap { state in
    let words = Response.allCases.map(\.rawValue)
    let looser = Looseness.words(
      words, unset: CoveragePolicy().response(to: state, of: "").rawValue)
    return [
      ConfigurationKey(
        name: "gate.\(state.rawValue)", takesPattern: false, role: .judging, looser: looser
      ) {
        $0.policy.ledger.common[state] = try Argument<Response>.word().parse($1.value)
      },
      ConfigurationKey(
        name: "benchmark.\(state.rawValue)", takesPattern: true, role: .judging, looser: looser
      ) {
        let response = try Argument<Response>.word().parse($1.value)
        $0.policy.ledger.rules[state, default: []].append(
          Policy.Rule(pattern: $1.pattern, value: response, place: $1.place))
      },
    ]
  }

  private static let benchmarks: [ConfigurationKey] = [
    .rule("benchmark.threshold", .threshold, looser: .threshold, \.policy.benchmarks),
    ConfigurationKey(
      name: "benchmark.budget", takesPattern: true, role: .judging, looser: .limit
    ) { configuration, setting in
      let (metric, limit) = try Argument.budget.parse(setting.value)
      try configuration.add(
        Budget(benchmark: setting.pattern, metric: metric, limit: limit, place: setting.place),
        setting)
    },
    ConfigurationKey(
      name: "benchmark.alias", takesPattern: true, role: .measuring, looser: .rename
    ) { configuration, setting in
      let old = try Argument.text("<name>").parse(setting.value)
      guard let new = setting.pattern.literal, old != new else {
        throw UsageError(
          "an alias is another name of one benchmark", hint: "write both names out, in full")
      }
      configuration.policy.aliases.append(Alias(old: old, new: new, place: setting.place))
    },
    .suite(of: "benchmark"),
  ]

  private static let metrics: [ConfigurationKey] = [
    .rule("metric.threshold", .threshold, looser: .threshold, \.policy.metrics),
    .rule("metric.exact", .yesOrNo, looser: .anyChange, \.policy.exactness),
    ConfigurationKey(
      name: "metric.better", takesPattern: true, role: .judging, looser: .anyChange
    ) { configuration, setting in
      try checkDirection(of: setting.pattern.text)
      configuration.policy.directions.append(
        Policy.Rule(
          pattern: setting.pattern, value: try Argument<Direction>.word().parse(setting.value),
          place: setting.place))
    },
    .rule("metric.ignoreBelow", .amount, looser: .floor, \.policy.floors),
    ConfigurationKey(
      name: "metric.budget", takesPattern: true, role: .judging, looser: .limit
    ) { configuration, setting in
      try configuration.add(
        Budget(
          metric: setting.pattern, limit: try Argument.quantity.parse(setting.value),
          place: setting.place),
        setting)
    },
  ]

  private static let waivers: [ConfigurationKey] =
    (["metric", "ceiling", "expires", "reason"] + Waiver.State.allCases.map(\.rawValue)).map {
      key in
      ConfigurationKey(
        name: "waiver.\(key)", takesPattern: true, role: .judging, looser: .permission
      ) {
        try WaiverDraft.read($1, into: &$0)
      }
    } + [.suite(of: "waiver")]

  private static let suites: [ConfigurationKey] = [
    .suite("command", .typedCommand, looser: .anyChange) { $0.commands.append($1) },
    .suite("prepare", .text("<script>"), looser: .anyChange) { $0.prepare = $1 },
    .suite("setup", .text("<script>"), looser: .anyChange) { $0.setup = $1 },
    .suite("cleanup", .text("<script>"), looser: .anyChange) { $0.cleanup = $1 },
    .suite("format", .format, looser: .anyChange) { $0.format = $1 },
    .suite("output", .file, looser: .anyChange) { $0.output = $1 },
    .suite("rounds", .rounds, looser: .anyChange) { $0.rounds = $1 },
    .suite("warmup", .warmups, looser: .anyChange) { $0.warmups = $1 },
    .suite("timeout", .duration, looser: .anyChange) { $0.timeout = $1 },
    .suite("workingDirectory", .directory, looser: .anyChange) { $0.workingDirectory = $1 },
    .suite("environment", .variable, looser: .anyChange) { $0.environment[$1.name] = $1.value },
    .suite("exitCodes", .statuses, looser: .anyChange) { $0.allowed = $1 },
    .suite("retries", .integer("<n>", in: 0...100), looser: .anyChange) { $0.retries = $1 },
    .suite("concurrency", .workers, looser: .anyChange) { $0.concurrency = $1 },
    .suite("duration", .duration, looser: .anyChange) { $0.duration = $1 },
    .suite("requests", .requests, looser: .anyChange) { $0.requests = $1 },
    .suite("metric", .launchMetric, looser: .anyChange) { $0.metrics.append($1) },
    ConfigurationKey(
      name: "suite.decide", takesPattern: true, role: .judging, looser: .anyChange
    ) { configuration, setting in
      configuration.deciding[setting.subsection ?? ""] = try Argument.metrics.parse(setting.value)
    },
    .suite("paths", .text("<pattern> ..."), looser: .anyChange) {
      $0.paths += $1.split(separator: " ").map(String.init)
    },
    .suite("required", .yesOrNo, looser: .words(["true", "not set", "false"], unset: "not set")) {
      $0.required = $1
    },
  ]

  /// `price.input` and the like.
  private static let prices = Prices.Kind.allCases.map { kind in
    ConfigurationKey(
      name: "price.\(kind.rawValue)", takesPattern: true, role: .measuring, looser: .anyChange
    ) {
      $0.prices.set(try Argument.price.parse($1.value), of: kind, $1)
    }
  }

  private static func suite<Value>(
    _ key: String, _ argument: Argument<Value>, looser: Looseness,
    _ set: @escaping @Sendable (inout SuiteDefinition, Value) -> Void
  ) -> ConfigurationKey {
    ConfigurationKey(
      name: "suite.\(key)", takesPattern: true, role: .measuring, looser: looser
    ) { configuration, setting in
      let value = try argument.parse(setting.value)
      set(
        &configuration.suites[setting.subsection ?? "", default: SuiteDefinition(setting.place)],
        value)
    }
  }

  /// For which suite a section is; what that loosens shows in the section's other keys.
  private static func suite(of section: String) -> ConfigurationKey {
    ConfigurationKey(
      name: "\(section).suite", takesPattern: true, role: .section, looser: .never
    ) { _, setting in
      _ = try Argument.text("<name>").parse(setting.value)
    }
  }

  private static func value<Value>(
    _ name: String, _ argument: Argument<Value>, _ role: Role, looser: Looseness,
    _ field: any Field<ProjectConfiguration, Value>
  ) -> ConfigurationKey {
    ConfigurationKey(name: name, takesPattern: false, role: role, looser: looser) {
      configuration, setting in
      configuration[keyPath: field] = try argument.parse(setting.value)
    }
  }

  private static func value<Value>(
    _ name: String, _ argument: Argument<Value>, _ role: Role, looser: Looseness,
    _ field: any Field<ProjectConfiguration, Value?>
  ) -> ConfigurationKey {
    ConfigurationKey(name: name, takesPattern: false, role: role, looser: looser) {
      configuration, setting in
      configuration[keyPath: field] = try argument.parse(setting.value)
    }
  }

  private static func rule<Value>(
    _ name: String, _ argument: Argument<Value>, looser: Looseness,
    _ field: any Field<ProjectConfiguration, [Policy.Rule<Value>]>
  ) -> ConfigurationKey {
    ConfigurationKey(name: name, takesPattern: true, role: .judging, looser: looser) {
      configuration, setting in
      let value = try argument.parse(setting.value)
      configuration[keyPath: field].append(
        Policy.Rule(pattern: setting.pattern, value: value, place: setting.place))
    }
  }
}

/// All keys, for whoever documents them.
package enum ConfigurationKeys {
  package static var names: [String] { ConfigurationKey.all.map(\.name) }
}

/// What a budget is for.
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
  /// - Throws: ``UsageError`` where the same file says two things; git config goes before a file, and
  ///   of its own levels the nearer one first.
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
