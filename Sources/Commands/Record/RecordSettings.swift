import CommandLine
import Configuration
import Formats
import Measurements
import Verdicts

/// The values of the options of `perf-record`.
package struct RecordSettings: CommonSettings {
  package var common = Common()
  var name: String?
  var labels: [[String: String]] = []
  var suite: String?
  var session: String?
  var shard: Shard?
  var rounds: Int?
  var warmups: Int?
  var timeout: Duration?
  var retries: Int?
  var parallel: Int?
  var resumes = false
  var log: String?
  /// The numbers of workers, each of which is measured; empty if a round is one launch.
  var concurrency: [Int] = []
  var variants: [Variant] = []
  var duration: Duration?
  var requests: Int?
  var metrics: [LaunchMetric] = []
  var directions: [Policy.Rule<Direction>] = []
  var seed: Int?
  var paired: String?
  var backfill: String?
  /// The step from one measured commit of ``backfill`` to the next; nil for all commits.
  var every: Int?
  /// True to measure only where a change lies in a gap.
  var changes = false
  var timeLimit: Duration?
  var keepBuilds = false
  var keepOutput: String?
  var processors: [Int]?
  var format: Format?
  var per: SuiteDefinition.Per?
  var imports: [String] = []
  var isLenient = false
  var readsHistory = false
  var isAgain = false
  var maxSize: Int?
  var listsFormats = false
  var commit: String?
  var output: String?
  var showsEnvironment = false
  var pushes = false
  var baseline: String?
  var spool: SpoolPlace?

  package init() {}
}

extension Program where Settings == RecordSettings {
  package static let record = Program(
    spec: CommandSpec(
      program: "perf-record", version: version,
      abstract:
        "Measure a command, or read what a benchmark tool wrote, and keep the numbers in the "
        + "repository.",
      usage: [
        "[options] [--suite <name>]",
        "[options] -- <command> [<argument> ...]",
        "[options] --format <name> -- <command> [<argument> ...]",
        "[options] --compare '<label> <value>: <command>' ...",
        "[options] --backfill <range> [-- <command> [<argument> ...]]",
        "[options] --import <file> ...",
        "[options] --import <file> --history",
        "[options] --spool[=<file>] --import <file>",
        "--environment", "--formats",
      ],
      operands: Operands(
        "<variant>", count: 0...1000, help: "with --compare: another '<label> <value>: <command>'"),
      takesCommand: true,
      groups: [measuring, reading, storing, .common],
      examples: [
        Example("perf-record", "measure the suite that .perfconfig has"),
        Example(
          "perf-record --paired merge-base", "HEAD and where it left the base branch, in turns"),
        Example(
          "perf-record --backfill v1.0.. --time-limit 1h",
          "commits since v1.0 that have no numbers, as far as the time goes"),
        Example("perf-record -- gzip -k -9 -c data.bin", "launch 11 times, keep 10 rounds"),
        Example(
          "perf-record --name parse --rounds 20 -- ./parse big.json", "name it, measure longer"),
        Example(
          "perf-record --concurrency 8 --duration 2s -- ./query",
          "8 at once: throughput, latencies and errors"),
        Example(
          "perf-record --compare 'sort quick: ./tool -q' 'sort merge: ./tool -m'",
          "variants of one commit in turns; see `perf-diff --by label:sort`"),
        Example(
          "perf-record --format go -- go test -bench . ./...",
          "what a harness prints, each launch a round"),
        Example(
          "perf-record --metric 'tokens=tokens: ([0-9]+)' -- ./agent",
          "a number that the program prints"),
        Example("perf-record --import results.json", "read a file that hyperfine wrote"),
        Example(
          "perf-record --import data.js --history", "store what was measured of older commits"),
        Example(
          "./agent --stats | perf-record --spool --import -",
          "leave numbers for the next recording or gate, from a hook"),
        Example(
          "perf-record --output try.json -- ./parse", "measure uncommitted changes into a file"),
      ],
      sections: [
        Section("Metrics", metrics), Section("Formats", "\(FormatList.text)\n\(FormatList.legend)"),
        ExitStatus.help,
      ]),
    defaults: RecordSettings(),
    body: { try Recording(call: $0.withVariants()).run() })

  private static let measuring = FlagGroup<RecordSettings>(
    "Measuring",
    [
      .option(
        .both("n", "name"), .text("<name>"), sets: \.name,
        help: "name of the benchmark (the command)"),
      .option(
        "label", .labels, appendsTo: \.labels, help: "labels of the benchmark"),
      .option(
        .both("r", "rounds"), .rounds, sets: \.rounds,
        help: "launches that count (\(SuiteDefinition.usualRounds))",
        details: "each is one round, and fewer than 4 can show nothing"),
      .option(
        .both("w", "warmup"), .warmups, sets: \.warmups,
        help: "launches before, which do not count "
          + "(\(SuiteDefinition.usualWarmups); 0 with --format)"),
      .option(
        "timeout", .duration, sets: \.timeout,
        help: "how long a launch may take; then it is ended, children and all",
        details: "first asked with SIGTERM, a second later killed"),
      .option(
        "retries", .integer("<n>", in: 0...100), sets: \.retries,
        help: "how often a launch that failed is tried again "
          + "(\(ConfigurationReference.defaultValue(of: "suite.retries")))"),
      .option(
        "parallel", .parallel, sets: \.parallel,
        help: "carry out so many tasks at the same time, where their time is not what is judged"),
      .switch(
        "resume", sets: \.resumes,
        help: "go on with a recording of tasks that ended early, on the same commit"),
      .option(
        "log", .file, sets: \.log,
        help: "append a line of JSON for each launch of a task to a file"),
      .option(
        "compare", .variant, appendsTo: \.variants,
        help: "measure several commands in turns, as one benchmark with a label each",
        details:
          "each variant is `<label> <value>: <command>` or `<label>=<value>: <command>`, split into words "
          + "as in .perfconfig; then `perf-diff --by label:<label>` compares them"),
      .option(
        "concurrency", .workerCounts, sets: \.concurrency,
        help: "launch from so many workers at once, again and again; that is one round",
        details:
          "records throughput, latency_p50, _p95, _p99 and _max, and error_rate, for a benchmark "
          + "with the label concurrency=<n>; a launch that fails is counted and ends nothing; several "
          + "numbers, such as 1,5,10, are measured in turns"),
      .option(
        "duration", .duration, sets: \.duration,
        help: "how long launches begin in a round of --concurrency "
          + "(\(ConfigurationReference.defaultValue(of: "suite.duration")))"),
      .option(
        "requests", .requests, sets: \.requests,
        help: "how many launches such a round has, instead"),
      .option(
        "metric", .launchMetric, appendsTo: \.metrics,
        help: "record this besides times and memory; see Metrics",
        details: "several times for several; in place of those that a suite has"),
      .option(
        "better", .direction, appendsTo: \.directions,
        help: "which direction of a metric is better, where neither file nor unit say it",
        details: "`higher` for all, `points=higher` for one; may be given again"),
      .option(
        "seed", .integer("<n>", in: 0...1 << 53), sets: \.seed,
        help: "of the order of benchmarks in each round (by chance)"),
      .option(
        "paired", .text("<revision|merge-base>", completing: .revision), sets: \.paired,
        help: "measure this commit and HEAD in turns, each in a folder of its own",
        details:
          "launches follow each other ABBA, so that both see the machine in the same mood; one "
          + "run for each commit is stored, as one session"),
      .switch(
        "keep-builds", sets: \.keepBuilds,
        help:
          "keep the folders of --paired or --backfill under the git directory, for the next time"),
      .option(
        "backfill", .text("<range>", completing: .revision), sets: \.backfill,
        help: "measure the commits of a range that this machine has no numbers of",
        details:
          "v1.0.., a..b, or one revision for all up to it; first parents, with both ends. The suite as "
          + "it is now, or a typed command, is measured on each, in folders of their own: first the "
          + "ends, then the middles of the largest gaps, \(Backfilling.groupSize) commits in turns as one "
          + "session. The same command goes on after it was ended; what fails is told and left out"),
      .option(
        "every", .integer("<n>", in: 1...1_000_000), sets: \.every,
        help: "of --backfill only every n-th commit, from the newest on, and the oldest"),
      .switch(
        "changes", sets: \.changes,
        help: "of --backfill only the unmeasured commits in which a change of level lies"),
      .option(
        "time-limit", .duration, sets: \.timeLimit,
        help: "begin no more commits of --backfill that would not be done in this time",
        details:
          "as far as those before show it; the first \(Backfilling.groupSize) are measured always"),
      .keepOutput(\.keepOutput),
      .option(
        "pin", .processors, sets: \.processors,
        help: "launch on these processors only, such as 2 or 0,2-3 (Linux)"),
      .switch(
        "environment", sets: \.showsEnvironment,
        help: "explain what makes machines comparable, and how fit this one is"),
    ])

  private static let reading = FlagGroup<RecordSettings>(
    "Reading results",
    [
      .option(
        "format", .format, sets: \.format,
        help: "what the command prints, or the file holds",
        details: "without it, the format of a file is found by its content"),
      .option(
        "per", .word(), sets: \.per,
        help: "what a round of language models' usage is (launch)",
        details:
          "the calls of a launch, or of a file, are summed, under the name of the command or of "
          + "--name; with `call` each call is a round"),
      .option(
        "import", .text("<file>", completing: .file), appendsTo: \.imports,
        help: "read results, `-` for standard input; several files are several rounds"),
      .switch(
        "history", sets: \.readsHistory,
        help: "store all results of a file that has those of many commits, each with its own",
        details:
          "what is stored already is passed over, and so are commits that are not here, with a "
          + "warning; what failed is kept as failed. Where the file names no machine, such runs are "
          + "compared with each other only, or with `--environment any` with all"),
      .switch(
        "again", sets: \.isAgain,
        help: "store the same files once more, where the commit has them already",
        details: "the same bytes are one piece of evidence, however often they are imported"),
      .switch(
        "lenient", sets: \.isLenient,
        help: "pass over lines that look like results and are not understood, with a warning"),
      .option(
        "max-size", .size, sets: \.maxSize,
        help: "how large a file may be, unpacked too (512MiB)"),
      .switch(
        "formats", sets: \.listsFormats, help: "list the formats, and what each carries"),
      .option(
        "commit", .revision, sets: \.commit,
        help: "the commit that imported results belong to (HEAD)"),
    ])

  private static let storing = FlagGroup<RecordSettings>(
    "Storing",
    [
      .option(
        "suite", .text("<name>"), sets: \.suite, help: "what is measured together (default)"),
      .option(
        "session", .text("<id>"), sets: \.session,
        help: "id shared by runs that were measured interleaved"),
      .option(
        "baseline", .text("<name>"), sets: \.baseline,
        help: "keep the runs in baselines/<name>.json as well, for review",
        details:
          "in place of those of other commits with the same suite and machine; compare with "
          + "`perf-gate --against baselines/<name>.json`"),
      .option(
        "shard", .shard, sets: \.shard,
        help: "which of several jobs this is, with one --session for all",
        details: "the gate judges them as one, and fails while one of them is missing"),
      .option(
        "spool", .spool, bare: SpoolPlace.usualText, sets: \.spool,
        help: "append imported numbers to a file in a few milliseconds, to be stored later",
        details:
          "for hooks that fire often; they belong to the commit that HEAD is at now, and the work tree "
          + "is not looked at; the next `perf-record`, `perf-gate` or `perf-sync push` stores what is in "
          + "the usual file and in those of `git config perf.spool`"),
      .switch(
        "push", sets: \.pushes,
        help: "then bring the runs to the remote, as `perf-sync push` does"),
      .option(
        .both("o", "output"), .file, sets: \.output,
        help: "write a file instead of storing; the work tree may have changes"),
    ])

  private static let metrics = """
    always: wall_time, user_time, system_time, max_rss; with --metric:
    page_faults       minor and major
    context_switches  voluntary and involuntary
    cpu_time          user_time and system_time together, finer than either
    instructions      as the processor counts them, or else callgrind
    cycles            as the processor counts them, like the next two
    cache_misses      of the last level
    branch_misses     those that were predicted wrongly
    callgrind         instructions counted by valgrind: exact and slow, in
                      3 rounds, and nothing else is recorded
    <name>[<unit>]=<regular expression>
      what the program prints on standard output: the group of the pattern is the
      number, each match a sample, none a failure. `[ms]` is a unit, `[higher]`
      or `[1,higher]` says what is better, where name and unit do not.
    """
}

extension CommandContext where Settings == RecordSettings {
  /// True if commands are launched, false if files are read.
  var measures: Bool { settings.imports.isEmpty }

  /// True if what is launched was typed, false if a suite is measured.
  var typesCommands: Bool { command != nil || !settings.variants.isEmpty }

  /// The settings with the variants that were typed as operands.
  ///
  /// - Throws: ``UsageError`` for operands that are no variants.
  func withVariants() throws(UsageError) -> CommandContext {
    guard let first = operands.first else { return self }
    guard settings.spool == nil else {
      throw .unexpected(first, hint: "a file of --spool is typed '--spool=\(first)'")
    }
    guard !settings.variants.isEmpty else {
      throw .unexpected(
        first,
        hint: "write the command after '--', as in `\(tool.prefix { $0 != " " }) -- \(first)`")
    }
    var settings = settings
    for operand in operands {
      do {
        settings.variants.append(try Variant(typed: operand))
      } catch {
        throw error.about(operand, of: "--compare", see: Variant.hint)
      }
    }
    return CommandContext(
      settings: settings, operands: [], command: command, process: process, tool: tool)
  }

  /// The reason why only a part of a suite is launched; nil for a whole suite, and for files.
  var part: String? {
    guard measures else { return nil }
    if let variant = settings.variants.first { return "--compare \(variant.label)" }
    if command != nil { return settings.name.map { "--name \($0)" } ?? "a typed command" }
    if !settings.metrics.isEmpty { return "--metric" }
    guard !settings.concurrency.isEmpty else { return nil }
    return "--concurrency \(settings.concurrency.map(String.init).joined(separator: ","))"
  }

  /// The suite of the numbers.
  func suite(_ configuration: ProjectConfiguration) -> String {
    settings.suite ?? configuration.suite ?? Run.defaultSuite
  }
}
