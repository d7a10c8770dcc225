import CommandLine
import Configuration

/// The values of the options of `perf-log`.
package struct LogSettings: CommonSettings {
  package var common = Common()
  var benchmarks: [String] = []
  var labels: [LabelFilter] = []
  var metrics: [String] = []
  var suites: [String] = []
  var machine: String?
  var branch: String?
  var all = false
  var since: String?
  var until: String?
  var last: Int?
  var skip = 0
  var groupings: [Grouping] = []
  var percentiles: [Int] = []
  var top: Int?
  var bottom: Int?
  var counted = Counted.rounds
  var conditions: [RowCondition] = []
  var reports: [AnswerOption] = []
  var noIndex = false
  var fetches = false
  var rounds = false
  var copies = false
  /// The name of the store in git's configuration that numbers are sent to.
  var destination: String?
  var output: String?
  /// The id of a change that is accepted, and that of one which is none.
  var accepted: String?
  var invalid: String?
  var reason: String?
  var bisects: String?
  var exitCode = false

  package init() {}

  /// The values that `n` counts.
  enum Counted: String, CaseIterable, Sendable {
    case rounds, commits, samples
  }
}

/// A value of `--label`: a label and the value that it must have.
struct LabelFilter: Hashable, Sendable, CustomStringConvertible {
  let name: String
  let value: String

  var description: String { "\(name)=\(value)" }
}

extension Argument where Value == LabelFilter {
  static var labelFilter: Argument<LabelFilter> {
    Argument("<name>=<value>") { text throws(UsageError) in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw UsageError("not a label and its value", hint: "write it as in `size=1MB`")
      }
      return LabelFilter(name: String(parts[0]), value: String(parts[1]))
    }
  }
}

extension Argument where Value == [Int] {
  static var percentiles: Argument<[Int]> {
    Argument("<percent>,...") { text throws(UsageError) in
      let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
      let percents = parts.compactMap(\.self)
      guard percents.count == parts.count, percents.allSatisfy({ (1...100).contains($0) }) else {
        throw UsageError("not whole percentages from 1 to 100", hint: "write it as in `50,95`")
      }
      return percents.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
  }
}

extension Program where Settings == LogSettings {
  package static let log = Program(
    spec: CommandSpec(
      program: "perf-log", version: version,
      abstract: "Show what was measured over time.",
      usage: [
        "[runs] [options] [<range>] [-- <pattern> ...]", "show [options] <run|commit>",
        "trend [options] <pattern> [<range>]", "changes [options] [<range>] [-- <pattern> ...]",
        "changes --accept <id> --reason <text>",
        "stats|rank [options] [<range>] [-- <pattern> ...]",
        "export [options] <format> [<range>] [-- <pattern> ...]",
        "export [options] --to <name> [<range>] [-- <pattern> ...]",
      ],
      operands: Operands(
        "<verb>", completing: .words(LogVerb.allCases.map(\.rawValue)), count: 0...3,
        help:
          "runs lists what is recorded, show prints one run, trend the way of a series, changes when "
          + "levels changed, stats the figures of groups, rank their order, export all numbers; a "
          + "range is written as for `git log` (HEAD)"),
      takesCommand: true,
      groups: [
        FlagGroup(
          "What is looked at",
          [
            .option(
              "benchmark", .text("<pattern>"), appendsTo: \.benchmarks,
              help: "only these benchmarks; may be given again (all)"),
            .option(
              "label", .labelFilter, appendsTo: \.labels,
              help: "only series with this label; may be given again"),
            .option(
              "metric", .text("<name>"), appendsTo: \.metrics,
              help: "only this metric; may be given again (all)"),
            .option(
              "suite", .text("<name>"), appendsTo: \.suites,
              help: "only this suite; may be given again (all)"),
            .option(
              "machine", .text("<key|label|any>"), sets: \.machine,
              help: "runs of this machine (this one if it has any, else the one with most)"),
            .option(
              "branch", .revision, sets: \.branch,
              help: "the branch whose commits are looked at (HEAD)"),
            .switch(
              "all", sets: \.all, help: "also runs of commits that are not on that branch"),
            .option(
              "since", .text("<time>"), sets: \.since,
              help: "runs recorded at this time or later: 2026-11-20, '2 weeks ago'"),
            .option(
              "until", .text("<time>"), sets: \.until, help: "runs recorded before this time"),
            .option(
              .both("n", "last"), .integer("<n>", in: 1...10_000_000), sets: \.last,
              help: "the newest runs, or points (runs: 50, trend: 200)"),
            .option(
              "skip", .integer("<n>", in: 0...10_000_000), sets: \.skip,
              help: "leave so many of the newest out"),
            .option(
              "where", .condition, appendsTo: \.conditions,
              help: "only rows for which this holds: 'median > 3s and n >= 10'",
              details:
                "fields are median, min, max, p95, n, change, success, cost and age; may be given again"
            ),
          ]),
        FlagGroup(
          "How it is joined",
          [
            .option(
              "by", .grouping, appendsTo: \.groupings,
              help: "group by this; may be given again",
              details:
                "commit, hour, day, week, month, label:<name>, class:<name>, benchmark, metric, machine"
            ),
            .option(
              "percentile", .percentiles, sets: \.percentiles,
              help: "these percentiles besides the usual figures"),
            .option(
              "of", .word(), sets: \.counted, help: "what is counted (rounds)",
              details: "rounds counts the median of each round, commits the median of each commit"),
            .option(
              "top", .integer("<n>", in: 1...1_000_000), sets: \.top, help: "the first rows"),
            .option(
              "bottom", .integer("<n>", in: 1...1_000_000), sets: \.bottom, help: "the last rows"),
          ]),
        FlagGroup(
          "Changes",
          [
            .option(
              "accept", .text("<id>"), sets: \.accepted,
              help: "write into .perfconfig that this change stays, for review"),
            .option(
              "invalid", .text("<id>"), sets: \.invalid,
              help: "write into .perfconfig that this was no change, for review"),
            .option(
              "reason", .words, sets: \.reason, help: "the reason for --accept or --invalid"),
            .option(
              "bisect", .text("<id>"), sets: \.bisects,
              help: "print the command that finds the commit of this change"),
            .switch(
              "exit-code", sets: \.exitCode,
              help: "exit with 1 where a regression is shown that nobody accepted"),
          ]),
        FlagGroup(
          "Output",
          [
            .option(
              "report", .answer, appendsTo: \.reports,
              help: "write text, json, csv, markdown or html; without a file to standard output"),
            .switch(
              "no-index", sets: \.noIndex,
              help: "read all notes, and leave the index of the history alone"),
            .switch("fetch", sets: \.fetches, help: "bring the runs of others first"),
          ]),
        FlagGroup(
          "Exporting",
          [
            .switch("rounds", sets: \.rounds, help: "a row for each round"),
            .option(
              "output", .file, sets: \.output,
              help: "write into this file, packed if its name ends in .gz (standard output)"),
            .switch(
              "copy", sets: \.copies,
              help: "sql as data alone, for `COPY perf FROM STDIN` of psql"),
            .option(
              "to", .text("<name>"), sets: \.destination,
              help: "send what is new to the store `[export \"<name>\"]` of git's configuration",
              details: "its kind is influx, postgresql or openmetrics"),
          ]),
        .common,
      ],
      examples: [
        Example("perf-log", "what was recorded lately"),
        Example("perf-log show HEAD", "the numbers of one commit"),
        Example("perf-log trend 'parse/*' v1.0..", "how it went since a release"),
        Example("perf-log changes", "when levels changed in the last 90 days"),
        Example("perf-log stats --by month -- 'parse/*'", "figures of each month"),
        Example("perf-log rank --by label:agent --metric cost", "who is the cheapest"),
        Example(
          "perf-log stats --metric wall_time --where 'p95 > 3s'", "what is slow at times"),
        Example("perf-log export csv --output perf.csv.gz", "all numbers for other programs"),
      ],
      sections: [
        Section(
          "Exit statuses",
          """
          0  answered, also where filters leave nothing
          1  changes --exit-code shows a regression that nobody accepted
          2  usage or configuration error, or a name that no series has
          3  no run of these suites in the range, or no such machine
          4  a part could not be read
          5  git, storage or network failure
          """)
      ]),
    defaults: LogSettings(),
    body: { try Log(call: $0).run() })
}
