import Measurements
import Reports
import Testing
import Verdicts

extension Example {
  static let otherMachine = Environment(
    cpu: "AMD EPYC", cores: 4, memory: 1, os: "Debian 12", kernel: "6.1", arch: "x86_64",
    labels: ["runner": "b"])

  /// Two suites, one of them on two machines: one regressed, one is as it was, and one has nothing to
  /// compare with.
  static func parts() throws -> Report {
    let regressed = try governed().parts[0]
    let usual = try nightly(machine, old: 5_250_000, new: 5_260_000)
    let alone = try nightly(otherMachine, old: nil, new: 4_000_000)
    return Report(
      tool: "perf-gate 0.1.0", project: "server", parts: [usual, regressed, alone],
      loosened: [
        Loosening(key: "threshold", pattern: "parse/*", old: "10%", new: "99%"),
        Loosening(key: "alpha", pattern: nil, old: nil, new: "0.001"),
      ], notJudged: [NotJudged(suite: "users", machine: nil, why: "--suite")],
      told: ["first rules: gate.threshold"],
      warnings: ["1 line of a newer version in the note of 4f2a1c9d10 was skipped"])
  }

  private static func nightly(
    _ machine: Environment, old: Double?, new: Double
  ) throws -> SuiteReport {
    let far = BaselineDescription(
      party: party("main~3", tree, runs: ["3333"], machine),
      origin: Origin(
        rule: "merge-base", explanation: "3 before the merge-base with main", distance: 3,
        skipped: []))
    let (base, head) = (
      try old.map { [try series("render", $0), try series("page", 2 * $0)] } ?? [],
      try [series("render", new), series("page", 2 * new)]
    )
    let context = BaselineContext(standings: [
      head[1].id: Standing(baseline: 0, interleaving: .unknown, doubts: ["perhaps not yours"])
    ])
    let (policy, party) = (Policy(), party("HEAD", Example.new, runs: ["aa55"], machine))
    let decision = GateResult(old: base, new: head, context: context, policy: policy)
    let isAlone = old == nil
    return SuiteReport(
      suite: "nightly", outcome: decision.outcome(under: policy),
      baseline: isAlone
        ? Example.party("none", nil, nil)
        : Example.party("main", Example.old, runs: ["7e2f"], machine),
      candidate: party,
      origin: Origin(
        rule: isAlone ? "none" : "merge-base",
        explanation: isAlone ? "no number of this machine" : "merge-base with main",
        distance: isAlone ? nil : 0, skipped: []),
      baselines: isAlone ? [] : [far], sides: Sides(base: base, head: head), decision: decision,
      policy: policy,
      told: isAlone ? ["no baseline yet: main has no number of this machine"] : [])
  }
}
