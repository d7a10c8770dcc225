import Measurements

/// What `perf-gate` can be told.
package struct GateSettings: ComparingSettings {
  package var common = Common()
  package var comparing = Comparing()
  var against: String?
  var base: String?
  var maxDistance: Int?
  var strict = false
  var prePush = false

  package init() {}
}

extension Program where Settings == GateSettings {
  package static let gate = Program(
    interface: Interface(
      program: "perf-gate", version: version,
      abstract: "Judge the recorded numbers of a commit against those of its baseline.",
      usage: ["[options] [<revision|file>]", "--pre-push [<remote> <url>]"],
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
              help: "how many commits back to look (50)"),
          ]),
        FlagGroup(
          "Judging",
          FlagGroup.judging + [
            .switch("strict", sets: \.strict, help: "fail where nothing can be decided")
          ]),
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
        Example(
          "perf-gate --report markdown=perf.md --report json=perf.json",
          "for a pull request, besides the text"),
        Example("perf-gate try.json", "judge uncommitted work measured with perf-record --output"),
      ],
      sections: [ExitStatus.help]),
    defaults: GateSettings(),
    body: { call in
      try call.settings.prePush ? PrePush(call: call).run() : Gate(call: call).run()
    })
}
