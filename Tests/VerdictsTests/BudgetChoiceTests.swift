import Measurements
import Testing
import Verdicts

/// Budgets of a policy, and which series of a candidate are held against which.
struct BudgetChoice: CustomTestStringConvertible {
  struct Written {
    let benchmark: String
    var metric: String?
    let limit: String

    init(_ benchmark: String, _ limit: String, metric: String? = nil) {
      (self.benchmark, self.limit, self.metric) = (benchmark, limit, metric)
    }
  }

  let testDescription: String
  let budgets: [Written]
  /// Benchmark, metric and limit.
  let rulings: [String]

  init(_ description: String, _ budgets: [Written], _ rulings: [String]) {
    (testDescription, self.budgets, self.rulings) = (description, budgets, rulings)
  }

  static let metrics: [BudgetChoice] = [
    BudgetChoice("none", [], []),
    BudgetChoice("for nothing that is there", [Written("x", "3s")], []),
    BudgetChoice(
      "a time is the one that somebody waits for", [Written("parse/*", "3s")],
      ["parse/large wall_time 3s", "parse/small wall_time 3s"]),
    BudgetChoice(
      "a time where nobody waits is any time", [Written("pack", "3s")],
      ["pack system_time 3s", "pack user_time 3s"]),
    BudgetChoice(
      "a size is the metric with a size", [Written("parse/*", "512MiB")],
      ["parse/large max_rss 512MiB"]),
    BudgetChoice(
      "a metric by its name", [Written("*", "3s", metric: "user_time")],
      ["pack user_time 3s", "parse/large user_time 3s"]),
    BudgetChoice(
      "metrics by a pattern", [Written("p*", "3s", metric: "*r_time")],
      ["pack user_time 3s", "parse/large user_time 3s"]),
    BudgetChoice(
      "a pattern for metrics of the limit's unit only", [Written("*", "1GiB", metric: "*")],
      ["parse/large max_rss 1GiB"]),
  ]

  static let specificity: [BudgetChoice] = [
    BudgetChoice(
      "the benchmark with the most specific pattern",
      [Written("parse/large", "5s"), Written("parse/*", "3s"), Written("*", "9s")],
      [
        "pack system_time 9s", "pack user_time 9s", "parse/large wall_time 5s",
        "parse/small wall_time 3s",
      ]),
    BudgetChoice(
      "the most specific of those for the metric",
      [Written("parse/large", "512MiB"), Written("parse/l*", "3s")],
      ["parse/large max_rss 512MiB", "parse/large wall_time 3s"]),
    BudgetChoice(
      "of equals the last", [Written("parse/small", "5s"), Written("parse/small", "3s")],
      ["parse/small wall_time 3s"]),
    BudgetChoice(
      "of one benchmark the most specific metric, wherever it stands",
      [Written("pack", "5s", metric: "user_time"), Written("pack", "3s", metric: "*_time")],
      ["pack system_time 3s", "pack user_time 5s"]),
    BudgetChoice(
      "a metric's name before none",
      [Written("parse/small", "5s", metric: "wall_*"), Written("parse/small", "3s")],
      ["parse/small wall_time 5s"]),
    BudgetChoice(
      "a benchmark's pattern before a metric's",
      [Written("*", "5s", metric: "wall_time"), Written("parse/small", "3s")],
      ["parse/large wall_time 5s", "parse/small wall_time 3s"]),
  ]

  static let all = metrics + specificity
}

@Test("each series has the budget that says most about it", arguments: BudgetChoice.all)
func budgetChoice(_ example: BudgetChoice) throws {
  let measured: [(String, Metric)] = [
    ("parse/small", .wallTime), ("parse/large", .wallTime), ("parse/large", .userTime),
    ("parse/large", .maxRSS), ("pack", .userTime), ("pack", .systemTime),
  ]
  let policy = try Policy.with { policy in
    policy.judgesAlone = true
    policy.budgets = try example.budgets.map {
      Budget(
        benchmark: Pattern($0.benchmark), metric: $0.metric.map { Pattern($0) },
        limit: try amount($0.limit))
    }
  }
  let candidate = try measured.map { try series(times(6, 1), name: $0.0, metric: $0.1) }
  let rulings = GateResult(old: [], new: candidate, policy: policy).budgets
  #expect(
    rulings.map { "\($0.id.benchmark) \($0.id.metric) \($0.budget.limit)" } == example.rulings)
}
