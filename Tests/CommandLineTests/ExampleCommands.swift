import CommandLine

/// The settings of an interface that resembles perf-gate's.
struct GateSettings: Equatable {
  enum Color: String, CaseIterable, Sendable { case auto, always, never }
  enum Verbosity: Sendable { case quiet, normal, verbose }

  var directory: String?
  var notesRef = "refs/notes/perf"
  var color = Color.auto
  var verbosity = Verbosity.normal
  var against: String?
  var base: String?
  var reports: [String] = []
  var alpha = 0.05
  var threshold = 0.1
  var rounds = 10
  var strict = false
  var prePush = false
}

extension Argument where Value == Double {
  /// A probability, whose refusal has a hint of its own.
  fileprivate static var probability: Self {
    Argument("<alpha>") { text throws(UsageError) in
      guard let value = Double(text), value > 0, value < 1 else {
        throw UsageError("not a probability between 0 and 1", hint: "the usual one is 0.05")
      }
      return value
    }
  }
}

typealias GateFlag = Flag<GateSettings>

let gate = CommandSpec<GateSettings>(
  program: "perf-gate", version: "0.1.0",
  abstract: "Judge whether a commit is slower than its baseline, by the runs in its git notes.",
  usage: ["[options] [<revision|file>]", "--pre-push [<remote> <url>]"],
  operands: Operands(
    "<revision|file>", completing: .revisionOrFile, count: 0...2, help: "what to judge (HEAD)"),
  groups: [
    FlagGroup(
      "Judging",
      [
        .option("against", .revisionOrFile, sets: \.against, help: "compare with exactly this"),
        .option(
          "base", .revision, sets: \.base,
          help: "the branch whose history holds the baselines, and where a walk begins",
          details: "default: origin/HEAD, main or master"),
        .option("alpha", .probability, sets: \.alpha, help: "chance of a false alarm"),
        .option("threshold", .percent(), sets: \.threshold, help: "smallest change that counts"),
        .option("rounds", .integer("<n>", in: 1...1000), sets: \.rounds, help: "newest rounds"),
        .switch("strict", sets: \.strict, help: "fail on inconclusive results"),
        .switch("pre-push", sets: \.prePush, help: "judge what git's hook names on stdin"),
      ]),
    FlagGroup(
      "Reports",
      [
        .option(
          "report",
          .text("<rendering>[=<file>]", completing: .assignments(["text", "markdown", "json"])),
          appendsTo: \.reports, help: "what to write, and where")
      ]),
    FlagGroup(
      "Common",
      [
        .option(.short("C"), .directory, sets: \.directory, help: "run as if started in <dir>"),
        .option("notes-ref", .text("<ref>"), sets: \.notesRef, help: "where runs are kept"),
        .option("color", .word(), sets: \.color, help: "when to color"),
        .switch(
          .both("q", "quiet"), sets: \.verbosity, to: .quiet, help: "say only what went wrong"),
        .switch(.both("v", "verbose"), sets: \.verbosity, to: .verbose, help: "say more"),
      ]),
  ],
  examples: [
    Example("perf-gate --against v1.2.0", "compare HEAD with a release"),
    Example("perf-gate --report markdown=perf.md", "write the comment for a pull request"),
  ],
  sections: [Section("Exit statuses", "0  no regression\n1  regression")])

/// The settings of an interface that resembles perf-record's, which takes a command.
struct RecordSettings: Equatable {
  var importing = false
  var label = ""
}

let record = CommandSpec<RecordSettings>(
  program: "perf-record", version: "0.1.0", abstract: "Measure a command.",
  usage: ["[options] -- <command> [argument ...]", "--import <file> ..."],
  operands: Operands("<file>", completing: .file, count: 0...Int.max, help: "results to read"),
  takesCommand: true,
  groups: [
    FlagGroup(
      "Options",
      [
        .switch("import", sets: \.importing, help: "read results instead of measuring"),
        .option(
          "label", .text("<text>"), sets: \.label, help: "it's a [nasty]: \"$(help)\" \\ `x`"),
      ])
  ])
