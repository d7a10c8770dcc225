import CommandLine
import Git
import Measurements
import Verdicts

extension ConfigurationKey {
  static let suites: [ConfigurationKey] = [
    .suite(
      "command", .typedCommand, default: .words("required"),
      meaning: "A command that is measured, under its name or called after itself; the key may "
        + "stand several times.",
      looser: .anyChange
    ) { $0.commands.append($1) },
    .suite(
      "prepare", .text("<script>"), default: .nothing,
      meaning: "A script that a shell runs once, before anything is launched.",
      looser: .anyChange
    ) { $0.prepare = $1 },
    .suite(
      "setup", .text("<script>"), default: .nothing,
      meaning: "A script that a shell runs before every launch, without being measured.",
      looser: .anyChange
    ) { $0.setup = $1 },
    .suite(
      "cleanup", .text("<script>"), default: .nothing,
      meaning: "A script that a shell runs after every launch, without being measured.",
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
      "per", .word(), default: .value("launch"),
      meaning: "What a round is where `format` counts calls of language models: a `launch`, whose "
        + "calls are summed, or a `call`.",
      looser: .anyChange
    ) { $0.per = $1 },
    .suite(
      "also", .word(),
      default: .words("`launch` where `format` counts calls of language models, else `none`"),
      meaning: "What is recorded beside the numbers that `format` has: times and memory of the "
        + "`launch`, or `none`.",
      looser: .anyChange
    ) { $0.also = $1 },
    .suite(
      "rounds", .rounds, default: .words("that of `measure.rounds`"),
      meaning: "The number of launches of each command that count.",
      looser: .anyChange
    ) { $0.rounds = $1 },
    .suite(
      "warmup", .warmups, default: .words("that of `measure.warmup`"),
      meaning: "The number of launches of each command that go before and do not count.",
      looser: .anyChange
    ) { $0.warmups = $1 },
    .suite(
      "timeout", .duration, default: .nothing,
      meaning: "The time that a launch may take before it is ended with its children.",
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
      meaning: "The number of times that a failed launch is tried again.",
      looser: .anyChange
    ) { $0.retries = $1 },
    .suite(
      "concurrency", .workers, default: .words("one launch is one round"),
      meaning: "The number of launches that run at once, again and again, as one round.",
      looser: .anyChange
    ) { $0.concurrency = $1 },
    .suite(
      "duration", .duration, default: .value("1s"),
      meaning: "The time that a round with `concurrency` goes on.",
      looser: .anyChange
    ) { $0.duration = $1 },
    .suite(
      "requests", .requests, default: .words("`duration` counts"),
      meaning: "The number of launches that a round with `concurrency` has in all.",
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
  static let prices = Prices.Kind.allCases.map { kind in
    ConfigurationKey(
      name: "price.\(kind.rawValue)", .price, takesPattern: true, default: .nothing,
      meaning: kind.meaning,
      role: .measuring, looser: .anyChange
    ) {
      $0.prices.set($1, of: kind, $2)
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
