import Measurements
import Reports
import Testing
import Verdicts

/// A report and why its gate fails, or passes.
struct OutcomeCase: CustomTestStringConvertible {
  let testDescription: String
  let outcome: Outcome?
  let report: @Sendable () throws -> Report

  init(
    _ description: String, _ outcome: Outcome?, _ report: @escaping @Sendable () throws -> Report
  ) {
    testDescription = description
    self.outcome = outcome
    self.report = report
  }

  static let all: [OutcomeCase] = [
    OutcomeCase("regressions", .regression) { try Example.mixed() },
    OutcomeCase("a comparison that judges nobody", nil) { try Example.mixed(judges: false) },
    OutcomeCase("nothing changed", .pass) { try Example.unchanged() },
    OutcomeCase("nothing was measured", .incomparable) { Example.nothing() },
    OutcomeCase("only new ones", .incomparable) {
      Example.report(old: [], new: [try Example.series("fresh", 5)])
    },
    OutcomeCase("missing", .incomplete) { try missing(.fail) },
    OutcomeCase("missing, which the policy lets pass", .pass) { try missing(.warn) },
    OutcomeCase("noise", .undecided) { try noisy(strict: false) },
    OutcomeCase("noise, which the policy does not let pass", .inconclusive) {
      try noisy(strict: true)
    },
    OutcomeCase("a broken budget", .overBudget) { try overBudget() },
    OutcomeCase("a goal that is not met", .goalNotMet) { try missedGoal(fails: true) },
    OutcomeCase("a goal that nobody insists on", .pass) { try missedGoal(fails: false) },
    OutcomeCase("a regression since the anchor", .regression) { try slowly(since: 1_000_000) },
    OutcomeCase("nothing since the anchor", .pass) { try slowly(since: 1_090_000) },
    OutcomeCase("no anchor", .incomparable) { try withoutAnchor(fails: true) },
    OutcomeCase("no anchor, which the policy lets pass", .pass) { try withoutAnchor(fails: false) },
  ]

  private static func missing(_ response: Response) throws -> Report {
    var policy = Policy()
    policy.ledger.common[.missing] = response
    let both = try Example.series("parse", 1_000_000)
    return Example.report(
      old: [both, try Example.series("gone", 77_000)], new: [both], policy: policy)
  }

  private static func noisy(strict: Bool) throws -> Report {
    var policy = Policy()
    policy.strictness = strict ? .everything : .lenient
    return Example.report(
      old: [try Example.series("render", 5_250_000, spread: 0.4)],
      new: [try Example.series("render", 5_600_000, spread: 0.4)], policy: policy)
  }

  private static func overBudget() throws -> Report {
    var policy = Policy()
    policy.budgets = [
      Budget(
        benchmark: Pattern("*"), metric: nil, limit: try #require(Quantity("1ms")),
        place: ".perfconfig:3")
    ]
    let both = [try Example.series("parse", 2_000_000)]
    return Example.report(old: both, new: both, policy: policy)
  }

  private static func missedGoal(fails: Bool) throws -> Report {
    let both = [try Example.series("parse", 2_000_000)]
    let goal = Goal(
      metric: Pattern("*"), against: "v1.0", change: -0.6, fails: fails, place: ".perfconfig:3")
    return Example.report(
      old: both, new: both, goals: [goal.result(old: both, new: both, under: Policy())])
  }

  private static func slowly(since old: Double) throws -> Report {
    let party = Example.party("v1.2", Example.old)
    return Example.report(
      old: [try Example.series("parse", 1_100_000)], new: [try Example.series("parse", 1_150_000)],
      anchor: (
        AnchorDescription(party: party, explanation: "as asked"), [try Example.series("parse", old)]
      ))
  }

  private static func withoutAnchor(fails: Bool) throws -> Report {
    var policy = Policy()
    policy.failsWithoutAnchor = fails
    let both = [try Example.series("parse", 1_000_000)]
    return Example.report(
      old: both, new: both, policy: policy,
      anchor: (AnchorDescription(party: nil, explanation: "no tag is like 'v*'"), []))
  }
}
