import Measurements
import Reports
import Testing
import Verdicts

extension Example {
  /// A gate whose rounds were looked at while they came in: settled at the first look and at the
  /// second, and open when time was up, after twelve rounds.
  static func tried() throws -> Report {
    var policy = Policy()
    policy.budgets = [
      Budget(
        benchmark: Pattern("parse/small"), metric: nil, limit: try #require(Quantity("1ms")),
        place: ".perfconfig:3")
    ]
    let exact = Metric("instructions", .one, exact: true)
    func side(_ rounds: Int, slower factor: Double) throws -> [Series] {
      [
        try series("compile", 1_234_567 * factor, metric: exact, rounds: 1),
        try series("load", 42_000_000, rounds: rounds, spread: 0.02),
        try series("parse/large", 10_900_000 * factor, rounds: rounds),
        try series("parse/small", 900_000, rounds: rounds),
        try series("render", 5_250_000 + 300_000 * (factor - 1), rounds: rounds, spread: 0.4),
      ]
    }
    var sequentialTest = SequentialTest(policy: policy)
    sequentialTest.look(old: try side(5, slower: 1), new: try side(5, slower: 1.2))
    sequentialTest.look(old: try side(10, slower: 1), new: try side(10, slower: 1.2))
    sequentialTest.conclude(old: try side(12, slower: 1), new: try side(12, slower: 1.2))
    let decision = sequentialTest.decision()
    let part = SuiteReport(
      suite: "default", outcome: decision.outcome(under: policy),
      baseline: party("main", Example.old), candidate: party("HEAD", Example.new),
      origin: Origin(rule: "session", explanation: "measured together", distance: 0, skipped: []),
      sides: Sides(base: try side(12, slower: 1), head: try side(12, slower: 1.2)),
      decision: decision, policy: policy)
    return Report(tool: "perf-gate 0.1.0", parts: [part])
  }
}
