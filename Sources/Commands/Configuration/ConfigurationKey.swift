import Git
import Intake
import Measurements
import Verdicts

/// One key that the configuration knows: a row of the table that reads it.
struct ConfigurationKey: Sendable {
  /// As documentation writes it: `gate.maxDistance`.
  let name: String
  /// Whether it stands below a subsection, `[benchmark "parse/*"]`.
  let takesPattern: Bool
  let apply: @Sendable (inout Configuration, Setting) throws -> Void

  func matches(_ setting: Setting) -> Bool {
    isNamed(as: setting) && takesPattern == (setting.subsection != nil)
  }

  func isNamed(as setting: Setting) -> Bool { name.lowercased() == setting.name.lowercased() }
}

extension ConfigurationKey {
  static let all = common + ledger + benchmarks + metrics + waivers + suites + prices

  private static let common: [ConfigurationKey] = [
    .value("perf.notesRef", .notesRef, \.notesRef),
    .value("gate.base", .text("<revision>"), \.base),
    .value("gate.anchor", .text("<revision|tags|file>"), \.anchor),
    .value("gate.project", .text("<name>"), \.project),
    .value("gate.suite", .text("<name>"), \.suite),
    ConfigurationKey(name: "gate.threshold", takesPattern: false) { configuration, setting in
      configuration.policy.threshold = Sourced(
        try Argument.threshold.parse(setting.value), from: "gate.threshold in \(setting.place)")
    },
    .value("gate.alpha", .alpha, \.policy.alpha),
    .value("gate.maxDistance", .integer("<n>", in: 0...100_000), \.maxDistance),
    .value("gate.environment", .word(), \.environmentRule),
    .value("gate.correction", .word(), \.policy.correction),
    .value("gate.inconclusive", .inconclusive, \.policy.failsInconclusive),
    .value("gate.requireRounds", .yesOrNo, \.policy.requiresRounds),
    .value("gate.summaries", .summaries, \.policy.comparesSummaries),
    .value("measure.rounds", .rounds, \.rounds),
    .value("measure.warmup", .warmups, \.warmups),
    .value("measure.unfit", .word(), \.unfit),
    .value("hook.missing", .word(), \.missingResult),
    .value("prune.keepDays", .integer("<n>", in: 0...100_000), \.keepDays),
    .value("prune.summarizeDays", .integer("<n>", in: 0...100_000), \.summarizeDays),
    .value("environment.key", .text("<key>"), \.environmentKey),
    ConfigurationKey(name: "environment.labels", takesPattern: false) { configuration, setting in
      let labels = try Argument.labels.parse(setting.value)
      configuration.environmentLabels.merge(labels) { $1 }
    },
  ]

  /// `gate.missing`, `benchmark.missing` and the like.
  private static let ledger = LedgerState.allCases.flatMap { state in
    [
      ConfigurationKey(name: "gate.\(state.rawValue)", takesPattern: false) {
        $0.policy.ledger.common[state] = try Argument<Response>.word().parse($1.value)
      },
      ConfigurationKey(name: "benchmark.\(state.rawValue)", takesPattern: true) {
        let response = try Argument<Response>.word().parse($1.value)
        $0.policy.ledger.rules[state, default: []].append(
          Policy.Rule(pattern: $1.pattern, value: response, place: $1.place))
      },
    ]
  }

  private static let benchmarks: [ConfigurationKey] = [
    .rule("benchmark.threshold", .threshold, \.policy.benchmarks),
    ConfigurationKey(name: "benchmark.budget", takesPattern: true) { configuration, setting in
      let (metric, limit) = try Argument.budget.parse(setting.value)
      try configuration.add(
        Budget(benchmark: setting.pattern, metric: metric, limit: limit, place: setting.place))
    },
    ConfigurationKey(name: "benchmark.alias", takesPattern: true) { configuration, setting in
      let old = try Argument.text("<name>").parse(setting.value)
      guard !setting.pattern.hasWildcards, old != setting.pattern.text else {
        throw UsageError(
          "an alias is another name of one benchmark", hint: "write both names out, in full")
      }
      configuration.policy.aliases.append(
        Alias(old: old, new: setting.pattern.text, place: setting.place))
    },
    .suite(of: "benchmark"),
  ]

  private static let metrics: [ConfigurationKey] = [
    .rule("metric.threshold", .threshold, \.policy.metrics),
    .rule("metric.exact", .yesOrNo, \.policy.exactness),
    .rule("metric.ignoreBelow", .amount, \.policy.floors),
    ConfigurationKey(name: "metric.budget", takesPattern: true) { configuration, setting in
      try configuration.add(
        Budget(
          metric: setting.pattern, limit: try Argument.quantity.parse(setting.value),
          place: setting.place))
    },
  ]

  private static let waivers: [ConfigurationKey] =
    ["metric", "ceiling", "expires", "reason"].map { key in
      ConfigurationKey(name: "waiver.\(key)", takesPattern: true) {
        try WaiverDraft.read($1, into: &$0)
      }
    } + [.suite(of: "waiver")]

  private static let suites: [ConfigurationKey] = [
    .suite("command", .typedCommand) { $0.commands.append($1) },
    .suite("prepare", .text("<script>")) { $0.prepare = $1 },
    .suite("setup", .text("<script>")) { $0.setup = $1 },
    .suite("cleanup", .text("<script>")) { $0.cleanup = $1 },
    .suite("format", .format) { $0.format = $1 },
    .suite("output", .file) { $0.output = $1 },
    .suite("rounds", .rounds) { $0.rounds = $1 },
    .suite("warmup", .warmups) { $0.warmups = $1 },
    .suite("timeout", .duration) { $0.timeout = $1 },
    .suite("workingDirectory", .directory) { $0.workingDirectory = $1 },
    .suite("environment", .variable) { $0.environment[$1.name] = $1.value },
    .suite("exitCodes", .statuses) { $0.allowed = $1 },
    .suite("retries", .integer("<n>", in: 0...100)) { $0.retries = $1 },
    .suite("concurrency", .workers) { $0.concurrency = $1 },
    .suite("duration", .duration) { $0.duration = $1 },
    .suite("requests", .requests) { $0.requests = $1 },
    .suite("metric", .launchMetric) { $0.metrics.append($1) },
    .suite("required", .yesOrNo) { $0.required = $1 },
  ]

  /// `price.input` and the like.
  private static let prices = Prices.Kind.allCases.map { kind in
    ConfigurationKey(name: "price.\(kind.rawValue)", takesPattern: true) {
      $0.prices.set(try Argument.price.parse($1.value), of: kind, $1)
    }
  }

  private static func suite<Value>(
    _ key: String, _ argument: Argument<Value>,
    _ set: @escaping @Sendable (inout SuiteDefinition, Value) -> Void
  ) -> ConfigurationKey {
    ConfigurationKey(name: "suite.\(key)", takesPattern: true) { configuration, setting in
      let value = try argument.parse(setting.value)
      set(
        &configuration.suites[setting.subsection ?? "", default: SuiteDefinition(setting.place)],
        value)
    }
  }

  /// For which suite a section is.
  private static func suite(of section: String) -> ConfigurationKey {
    ConfigurationKey(name: "\(section).suite", takesPattern: true) { _, setting in
      _ = try Argument.text("<name>").parse(setting.value)
    }
  }

  private static func value<Value>(
    _ name: String, _ argument: Argument<Value>, _ field: any Field<Configuration, Value>
  ) -> ConfigurationKey {
    ConfigurationKey(name: name, takesPattern: false) { configuration, setting in
      configuration[keyPath: field] = try argument.parse(setting.value)
    }
  }

  private static func value<Value>(
    _ name: String, _ argument: Argument<Value>, _ field: any Field<Configuration, Value?>
  ) -> ConfigurationKey {
    ConfigurationKey(name: name, takesPattern: false) { configuration, setting in
      configuration[keyPath: field] = try argument.parse(setting.value)
    }
  }

  private static func rule<Value>(
    _ name: String, _ argument: Argument<Value>,
    _ field: any Field<Configuration, [Policy.Rule<Value>]>
  ) -> ConfigurationKey {
    ConfigurationKey(name: name, takesPattern: true) { configuration, setting in
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

extension Configuration {
  /// - Throws: ``UsageError`` where the same file says two things; git config goes before a file.
  fileprivate mutating func add(_ budget: Budget) throws(UsageError) {
    let other = policy.budgets.first {
      $0.benchmark == budget.benchmark && $0.metric == budget.metric
        && $0.limit.unit == budget.limit.unit && $0.limit.value != budget.limit.value
        && $0.section == budget.section && $0.isReviewed && budget.isReviewed
    }
    if let other {
      throw UsageError(
        "\(other.place) says \(other.limit)", hint: "a benchmark has one budget for each metric")
    }
    policy.budgets.append(budget)
  }
}

extension Budget {
  /// Whether it stands in the file, where a second word is a contradiction; of git config's levels
  /// the nearer one goes first.
  fileprivate var isReviewed: Bool { place.hasPrefix(Configuration.fileName) }
}
