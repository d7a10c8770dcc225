import CommandLine
import Configuration
import Measurements
import Statistics
import Verdicts

/// The settings of `perf-gate`.
package struct GateSettings: ComparingSettings {
  package var common = Common()
  package var comparing = Comparing()
  var against: String?
  var base: String?
  var maxDistance: Int?
  var anchor: String?
  var noBaseline = false
  var measure = false
  /// The longest time that measuring may take, whatever time preparing took.
  var timeLimit: Duration?
  var keepBuilds = false
  var keepOutput: String?
  var strict: Strictness?
  var explain: String?
  var nullCheck = false
  var accept: String?
  var reason: String?
  var expires: Day?
  var ceiling: Double?
  var prePush = false
  var fetches = false
  var marks = false
  var unmark: String?
  var listsMarks = false
  var only: String?
  var machine: String?
  /// The labels by which tasks are judged together, in place of those of the configuration.
  var by: [[String]] = []
  var rules = RulesChoice.commit
  var plan = false
  /// True to judge the base branch by its changes of level.
  var history = false
  /// True if the exit status is for `git bisect run`.
  var bisects = false

  package init() {}
}

/// The choice of the `.perfconfig` by which a commit is judged.
enum RulesChoice: String, CaseIterable, Sendable {
  /// The `.perfconfig` of the commit that is judged.
  case commit
  /// The `.perfconfig` that is checked out, committed or not.
  case worktree
}

extension Program where Settings == GateSettings {
  package static let gate = Program(
    spec: CommandSpec(
      program: "perf-gate", version: version,
      abstract: "Judge the recorded numbers of a commit against those of its baseline.",
      usage: [
        "[options] [<revision|file>]", "--measure [--time-limit <duration>] [<revision>]",
        "--explain <pattern> [<revision|file>]",
        "--accept <pattern> --reason <text> [<revision|file>]", "--null-check [<revision|file>]",
        "--history [<branch>]", "--pre-push [<remote> <url>]",
      ],
      operands: Operands(
        "<revision|file>", completing: .revisionOrFile, count: 0...2,
        help: "what to judge (HEAD)"),
      groups: [
        FlagGroup(
          "Choosing the baseline",
          [
            .option(
              "against", .revisionOrFile, sets: \.against, help: "compare with exactly this"),
            .option(
              "base", .revision, sets: \.base,
              help: "the branch that is compared with (origin/HEAD, main or master)",
              details:
                "The baseline is the nearest commit with comparable runs, from the merge-base "
                + "with this branch back along first parents."),
            .option(
              "max-distance", .integer("<n>", in: 0...100_000), sets: \.maxDistance,
              help: "how many commits back to look "
                + "(\(ConfigurationReference.defaultValue(of: "gate.maxDistance")))"),
            .option(
              "anchor", .text("<revision|tags|file>", completing: .revisionOrFile), sets: \.anchor,
              help: "compare with a fixed point besides",
              details: "`v*` is the newest such tag; many small steps add up unseen without"),
            .switch(
              "fetch", sets: \.fetches,
              help: "first bring the runs of the remote, as `perf-sync fetch` does"),
            .switch(
              "no-baseline", sets: \.noBaseline, help: "judge by budgets alone"),
          ]),
        FlagGroup(
          "Judging",
          FlagGroup.judging + [
            .option(
              "strict", .strictness("<percent>"), bare: "fail", sets: \.strict,
              help: "fail where nothing can be decided",
              details: "`--strict=50%` where a regression of that size is not excluded"),
            .option(
              "rules", .word(), sets: \.rules,
              help: "whose .perfconfig counts: that of what is judged, or the one here (commit)"),
            .switch(
              "plan", sets: \.plan,
              help: "print base, rules, suites and machines, and judge nothing"),
            .option(
              "only", .text("<pattern>"), sets: \.only,
              help: "judge some benchmarks, and demand no others"),
            .option(
              "by", .groups, appendsTo: \.by,
              help: "judge tasks together by the values of a label, too; may be given again",
              details: "`label:agent`; `gate.by` of .perfconfig, for this time"),
            .option(
              "machine", .text("this|<key>|<label>"), sets: \.machine,
              help: "judge what one machine recorded (all)"),
            .switch(
              "bisect", sets: \.bisects,
              help: "exit as `git bisect run` understands it: 0 good, 1 bad, 125 skip, 128 stop",
              details: "125 stands for 3, 4 and 6, 128 for 2 and 5"),
          ]),
        FlagGroup(
          "Marking",
          [
            .switch(
              "mark", sets: \.marks,
              help: "when it fails, mark what regressed: it will be no baseline of later commits"),
            .option(
              "unmark", .text("<pattern>"), sets: \.unmark,
              help: "lift the marks on some benchmarks of a commit (HEAD)"),
            .switch("marks", sets: \.listsMarks, help: "list all marks"),
          ]),
        measuring, looking, accepting,
        .reports,
        FlagGroup(
          "Hook",
          [
            .switch(
              "pre-push", sets: \.prePush,
              help: "judge what git's pre-push hook names on standard input",
              details: "results must have been recorded, nothing is measured; PERF_GATE=off in the "
                + "environment skips it")
          ]),
        .common,
      ],
      examples: [
        Example("perf-gate", "judge HEAD"),
        Example("perf-gate --against v1.2", "compare with a release"),
        Example("perf-gate --measure --time-limit 5m", "all that a pipeline needs"),
        Example(
          "perf-gate --report markdown=perf.md --report json=perf.json",
          "for a pull request, besides the text"),
        Example("perf-gate --explain 'parse/*'", "how these verdicts came about"),
        Example(
          "perf-gate --accept parse/large --reason 'safer parser, see #12'",
          "permit a regression for some time"),
        Example(
          "git bisect run perf-gate --bisect --measure --strict --against v1.2",
          "let git look for a commit"),
        Example("perf-gate try.json", "judge uncommitted work measured with perf-record --output"),
      ],
      sections: [ExitStatus.help], pages: [ConfigurationReference.page]),
    defaults: GateSettings(),
    body: { call in
      try call.settings.prePush && !call.settings.history
        ? PrePush(call: call).run() : Gate(call: call).run()
    }, finish: ExitStatus.toldToBisect)

  private static let measuring = FlagGroup<GateSettings>(
    "Measuring",
    [
      .switch(
        "measure", sets: \.measure,
        help: "measure the suites on both sides in turns, until every verdict is clear",
        details:
          "looks after \(GroupSequentialDesign.roundsText) rounds; what is clear needs no more of "
          + "them. Numbers of both sides are stored. Suites with `required = false` are left out, "
          + "unless named"),
      .option(
        "time-limit", .duration, sets: \.timeLimit,
        help: "end measuring after this time; what is open then is inconclusive",
        details:
          "`prepare` does not count, and is ended by itself where it takes as long; what it took is said"
      ),
      .option("budget", .duration, sets: \.timeLimit, help: "an older name of --time-limit"),
      .switch(
        "keep-builds", sets: \.keepBuilds,
        help: "keep both checked out under the git directory, for the next time"),
      .keepOutput(\.keepOutput),
    ])

  private static let looking = FlagGroup<GateSettings>(
    "Looking closer",
    [
      .option(
        "explain", .text("<pattern>"), sets: \.explain,
        help: "print every number behind the verdicts on some benchmarks"),
      .switch(
        "null-check", sets: \.nullCheck,
        help: "compare a commit with itself: false alarms, noise, rounds and threshold to choose",
        details: "its rounds are split at random, and its runs compared with each other"),
      .switch(
        "history", sets: \.history,
        help: "judge the base branch itself: regressions that are in it and nobody accepted",
        details: "of the last `gate.historyDays` days, as `perf-log changes` shows them"),
    ])

  private static let accepting = FlagGroup<GateSettings>(
    "Accepting a regression",
    [
      .option(
        "accept", .text("<pattern>"), sets: \.accept,
        help: "write a waiver into .perfconfig, for review"),
      .option("reason", .words, sets: \.reason, help: "why; others will read it"),
      .option(
        "expires", .day, sets: \.expires, help: "the last day that it holds (90 days from now)"),
      .option(
        "ceiling", .ceiling, sets: \.ceiling,
        help: "the most that it permits (the regression, up to the next 5 %)"),
    ])
}

extension GroupSequentialDesign {
  /// `5, 10, 20 and 40`.
  fileprivate static var roundsText: String {
    let all = rounds.map(String.init)
    return all.dropLast().joined(separator: ", ") + " and " + all.suffix(1).joined()
  }
}
