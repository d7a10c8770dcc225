import CommandLine
import Configuration
import Statistics

/// The values of the options of `perf-bisect`.
package struct BisectSettings: CommonSettings {
  package var common = Common()
  var benchmark: String?
  var metric: String?
  var suite: String?
  var prepare: String?
  var threshold: Double?
  var confidence: Double?
  /// The longest time that the bisection may take, builds included.
  var timeLimit: Duration?
  var swaps = false
  var resumes = false
  var log = false

  package init() {}
}

extension Argument where Value == Double {
  /// A probability that an answer must have: from 50 % to below 100 %.
  static var confidence: Self {
    let percent = Argument.percent()
    return Argument(percent.placeholder) { text throws(UsageError) in
      let value = try percent.parse(text)
      guard 0.5 <= value, value < 1 else {
        throw UsageError("not from 50 % to below 100 %", hint: "write it as in '95%'")
      }
      return value
    }
  }
}

extension Program where Settings == BisectSettings {
  package static let bisect = Program(
    spec: CommandSpec(
      program: "perf-bisect", version: version,
      abstract: "Find the commit that made a program slower.",
      usage: [
        "[options] <good> <bad> [-- <command> ...]", "--resume [--time-limit <duration>]", "--log",
        "reset",
      ],
      operands: Operands(
        "<good> <bad>", completing: .revision, count: 0...2,
        help:
          "the commit before the change, and a later one that has it; `reset` forgets a bisection"),
      takesCommand: true,
      groups: [
        FlagGroup(
          "What is measured",
          [
            .option(
              "suite", .text("<name>"), sets: \.suite,
              help:
                "the suite to measure, as <bad> has it in .perfconfig, or to store a command under (default)"
            ),
            .option(
              "benchmark", .text("<pattern>"), sets: \.benchmark,
              help: "only these benchmarks (all, of which the clearest change is followed)"),
            .option(
              "metric", .text("<name>"), sets: \.metric,
              help: "only this metric (all, of which the clearest change is followed)"),
            .option(
              "prepare", .text("<command>"), sets: \.prepare,
              help: "the shell command that builds a commit, in its own folder"),
          ]),
        FlagGroup(
          "When it ends",
          [
            .option(
              "confidence", .confidence, sets: \.confidence,
              help: "how sure the answer must be (95%)"),
            .option(
              "threshold", .threshold, sets: \.threshold,
              help: "the smallest change between <good> and <bad> that counts "
                + "(\(ConfigurationReference.defaultValue(of: "gate.threshold")))",
              details:
                "thresholds of benchmarks and metrics in .perfconfig count if it is not typed"),
            .option(
              "time-limit", .duration, sets: \.timeLimit,
              help: "end after this time, builds included, with the commits that are left"),
            .switch(
              "swap", sets: \.swaps,
              help: "<good> is slower than <bad>: find the commit that made it faster"),
          ]),
        FlagGroup(
          "A bisection that was begun",
          [
            .switch("resume", sets: \.resumes, help: "go on with it"),
            .switch("log", sets: \.log, help: "print what was measured so far, and its answer"),
          ]),
        .common,
      ],
      examples: [
        Example("perf-bisect v1.2 main", "measure the suite of .perfconfig"),
        Example(
          "perf-bisect --prepare make v1.2 HEAD -- ./pack data.txt", "measure a command"),
        Example(
          "perf-bisect --benchmark 'parse/*' --metric wall_time v1.2 main", "follow one change"),
        Example("perf-bisect --resume --time-limit 1h", "go on after an interruption"),
        Example("perf-bisect reset", "forget it"),
      ],
      sections: [
        Section(
          "Exit statuses",
          """
          0  the commit was found
          2  usage or configuration error, or <good> is slower than <bad>
          3  the change cannot be seen here, or there is none
          4  an end, or every commit between the ends, could not be measured
          5  git or storage failure
          6  undecided; the commits that are left are printed
          """)
      ]),
    defaults: BisectSettings(),
    body: { try Bisect(call: $0).run() })
}
