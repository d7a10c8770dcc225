import CommandLine
import Git
import Measurements
import Verdicts

extension ConfigurationKey {
  static let benchmarks: [ConfigurationKey] = [
    .rule(
      "benchmark.threshold", .threshold,
      default: .words("that of the metric, else `gate.threshold`"),
      meaning: "The relative change of these benchmarks that counts.",
      looser: .threshold, \.policy.benchmarks),
    .rule(
      "benchmark.margin", .percent(), default: .words("that of the metric, else 10%"),
      meaning: "The drop of the part that is solved, in points, that counts; for one task, or for "
        + "`(all tasks)`.",
      looser: .margin, \.policy.benchmarkMargins),
    .budget(
      meaning: "The absolute limit of these benchmarks, for a metric by name or for the one with "
        + "that unit; of the median of the rounds, or of a percentile like `p95`.",
      looser: .limit),
    .budget(
      "budgetWarning",
      meaning: "A limit like `budget` whose excess is told and fails nothing.", looser: .never),
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
    ConfigurationKey(
      name: "benchmark.plausible", .plausible, takesPattern: true, default: .nothing,
      meaning: "The values of a metric that are believed; one outside is told and fails nothing, "
        + "either end may be left out, and the key may stand several times.",
      role: .judging, looser: .never
    ) { configuration, plausible, setting in
      configuration.policy.plausible.append(
        PlausibleRule(
          benchmark: setting.pattern, metric: plausible.metric, range: plausible.range,
          place: setting.place))
    },
    .suite(of: "benchmark"),
  ]

  static let metrics: [ConfigurationKey] = [
    .rule(
      "metric.threshold", .threshold, default: .words("that of `gate.threshold`"),
      meaning: "The relative change of these metrics that counts.",
      looser: .threshold, \.policy.metrics),
    .rule(
      "metric.exact", .yesOrNo, default: .words("what the recorder of the metric says"),
      meaning: "With `true` these metrics are without chance: any change beyond the threshold "
        + "counts without a test.",
      looser: .anyChange, \.policy.exactness),
    .rule(
      "metric.margin", .percent(), default: .words("10%"),
      meaning: "The drop of the part that is solved, in points, that counts; for outcomes.",
      looser: .margin, \.policy.metricMargins),
    .rule(
      "metric.outcome", .yesOrNo,
      default: .words("`true` for an imported `success` that is 0 or 1, else `false`"),
      meaning:
        "With `true` a value of these metrics says whether an attempt succeeded, 1 or 0; such a "
        + "metric is judged over all tasks of a suite.",
      looser: .anyChange, \.policy.outcomes),
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
    .budgetOfMetric(
      meaning: "The absolute limit of these metrics, for every benchmark.", looser: .limit),
    .budgetOfMetric(
      "budgetWarning",
      meaning: "A limit like `budget` whose excess is told and fails nothing.", looser: .never),
  ]

  private static func budget(
    _ name: String = "budget", meaning: String, looser: Looseness
  ) -> ConfigurationKey {
    ConfigurationKey(
      name: "benchmark.\(name)", .budget, takesPattern: true, default: .nothing,
      meaning: meaning, role: .judging, looser: looser
    ) { configuration, budget, setting in
      try configuration.add(
        Budget(
          benchmark: setting.pattern, metric: budget.metric, percentile: budget.percentile,
          limit: budget.limit, isWarning: name != "budget", place: setting.place),
        setting)
    }
  }

  private static func budgetOfMetric(
    _ name: String = "budget", meaning: String, looser: Looseness
  ) -> ConfigurationKey {
    ConfigurationKey(
      name: "metric.\(name)", .budgetOfMetric, takesPattern: true, default: .nothing,
      meaning: meaning, role: .judging, looser: looser
    ) { configuration, budget, setting in
      try configuration.add(
        Budget(
          metric: setting.pattern, percentile: budget.percentile, limit: budget.limit,
          isWarning: name != "budget", place: setting.place),
        setting)
    }
  }

  static let waivers: [ConfigurationKey] =
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
        meaning: "The reason why these benchmarks may be worse."),
    ]
    + Waiver.State.allCases.map {
      .waiver(
        $0.rawValue, Argument.yesOrNo.placeholder, default: .value("false"),
        meaning: "With `true` the section permits a benchmark \($0.coverage.clause).")
    } + [.suite(of: "waiver")]
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
