import CommandLine
import Git
import Measurements
import Runner
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
      "backoff", .duration, default: .value("1s"),
      meaning: "The time before a failed launch of a task is tried again; it doubles with each "
        + "further time.",
      looser: .anyChange
    ) { $0.backoff = $1 },
    .suite(
      "commandsFrom", .commandWords, default: .nothing,
      meaning:
        "A command that prints further tasks, a line of JSON each, with `name`, `command` as an "
        + "array of words, and `labels`, `timeout`, `input` where they are wanted.",
      looser: .anyChange
    ) { $0.taskSource = $1 },
    .suite(
      "outcome", .outcome, default: .words("a launch is no task"),
      meaning: "How a launch says whether it has solved its task: `exit` by the exit status 0, "
        + "`json:/pointer` by a value on standard output, or a regular expression that standard output "
        + "has somewhere.",
      looser: .anyChange
    ) { $0.outcome = $1 },
    .suite(
      "infrastructure", .infrastructure, default: .words("none"),
      meaning:
        "The ends of a launch that say nothing about the program: exit statuses, `timeout`, and "
        + "`killed` for a signal.",
      looser: .anyChange
    ) { $0.infrastructure = $1 },
    .suite(
      "infrastructureLimit", .percent(), default: .value("10%"),
      meaning: "The largest part of all rounds that may be infrastructure failures.",
      looser: .anyChange
    ) { $0.infrastructureLimit = $1 },
    .suite(
      "parallel", .parallel, default: .words("one launch at a time"),
      meaning:
        "The number of tasks that run at the same time, where their time is not what is judged.",
      looser: .anyChange
    ) { $0.parallel = $1 },
    .suite(
      "batches", .batches, default: .words("all tasks are one batch"),
      meaning: "A label and its values in the order in which their tasks are launched, "
        + "`category: core docs`; tasks with another value come last.",
      looser: .anyChange
    ) { $0.batches = $1 },
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

extension Argument where Value == OutcomeRule {
  fileprivate static var outcome: Self {
    Argument("exit|json:<pointer>|<regular expression>") { text throws(UsageError) in
      if text == "exit" { return .exit }
      if text.hasPrefix("json:") {
        guard let pointer = JSONPointer(String(text.dropFirst("json:".count))) else {
          throw UsageError("not a JSON pointer", hint: "write one like 'json:/result/solved'")
        }
        return .pointer(pointer)
      }
      guard !text.isEmpty, (try? Regex(text)) != nil else {
        throw UsageError(
          "not a regular expression", hint: "write 'exit', 'json:/pointer', or a pattern")
      }
      return .pattern(text)
    }
  }
}

extension Argument where Value == InfrastructureFailures {
  fileprivate static var infrastructure: Self {
    Argument("<status>|timeout|killed ...") { text throws(UsageError) in
      var failures = InfrastructureFailures()
      for word in text.split(whereSeparator: { $0 == " " || $0 == "," }) {
        switch word {
        case "timeout": failures.includesTimeouts = true
        case "killed": failures.includesKills = true
        default:
          guard let status = Int32(word), (1...255).contains(status) else {
            throw UsageError(
              "'\(word)' is neither an exit status above 0 nor 'timeout' nor 'killed'",
              hint: "write them like '75 timeout'")
          }
          failures.statuses.insert(status)
        }
      }
      return failures
    }
  }
}

extension Argument where Value == TaskBatches {
  fileprivate static var batches: Self {
    Argument("<label>: <value> ...") { text throws(UsageError) in
      let parts = text.split(separator: ":", maxSplits: 1)
      let values = parts.last?.split(separator: " ").map(String.init) ?? []
      guard parts.count == 2, !values.isEmpty, !parts[0].contains(" ") else {
        throw UsageError("not a label and values", hint: "write them like 'category: core docs'")
      }
      return TaskBatches(label: String(parts[0]), values: values)
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
