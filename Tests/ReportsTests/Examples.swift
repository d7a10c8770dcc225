import Measurements
import Reports
import Testing
import Verdicts

/// Reports of which the golden files show all renderings.
enum Example {
  static let old = "4f2a1c9d10e8b7a6c5d4e3f2a1b0c9d8e7f6a5b4"
  static let new = "b1946ac92492d2347c6235b4d2611184a1b2c3d4"
  static let tree = "9c6235b4d2611184b1946ac92492d2347a1b2c3d"

  static let machine = Environment(
    cpu: "Intel Xeon", cores: 2, memory: 25_254_182_912, os: "Debian 12", kernel: "6.1",
    arch: "x86_64", labels: ["runner": "ubuntu-24.04"])

  static func party(
    _ name: String, _ commit: String?, runs: [String] = [], _ environment: Environment? = machine
  ) -> SideDescription {
    SideDescription(
      name: name, commit: commit, tree: commit == nil ? nil : tree, runs: runs,
      environment: environment)
  }

  static func report(
    old: [Series], new: [Series], policy: Policy = Policy(), judges: Bool = true,
    baseline: SideDescription = party("main", Example.old, runs: ["0c1d", "7e2f"]),
    candidate: SideDescription = party("HEAD", Example.new, runs: ["aa55"]),
    origin: Origin = Origin(
      rule: "merge-base", explanation: "merge-base with main", distance: 0, skipped: []),
    warnings: [String] = [], project: String? = nil, suite: String = "default",
    failures: [Failure] = [],
    anchor: (party: AnchorDescription, series: [Series])? = nil, goals: [GoalResult] = []
  ) -> Report {
    var decision = GateResult(
      old: old, new: new, failures: failures, anchor: anchor.map { .series($0.series) } ?? .none,
      policy: policy)
    decision.goals = goals
    let part = SuiteReport(
      suite: suite, outcome: judges ? decision.outcome(under: policy) : nil, baseline: baseline,
      candidate: candidate, origin: origin, sides: Sides(base: old, head: new),
      anchor: anchor?.party, decision: decision, policy: policy, warnings: warnings)
    return Report(tool: "perf-gate 0.1.0", project: project, parts: [part])
  }

  /// Ten rounds around a value, a hundredth of it apart from the lowest to the highest.
  static func series(
    _ name: String, _ value: Double, metric: Metric = .wallTime, labels: [String: String] = [:],
    rounds: Int = 10, spread: Double = 0.01
  ) throws -> Series {
    Series(
      benchmark: Benchmark(name: name, labels: labels), metric: metric,
      rounds: try (0..<rounds).map { index in
        let part = rounds == 1 ? 0 : Double(index) / Double(rounds - 1) - 0.5
        return try Round([value * (1 + spread * part)])
      }, source: "test")
  }
}

extension Example {
  private static let instructions = Metric("instructions", .one, exact: true)
  private static let requests = Metric("requests", .perSecond, better: .higher)
  private static let cost = Metric("cost", .dollars)

  /// Every verdict there is, in the units that there are.
  static func mixed(judges: Bool = true) throws -> Report {
    let large = ["size": "1MB"]
    let old = [
      try series("parse/large", 10_900_000, labels: large),
      try series("parse/small", 999_600_000, spread: 0.0001),
      try series("parse/small", 3_145_728, metric: .maxRSS, rounds: 1),
      try series("serve", 1800, metric: requests),
      try series("render", 5_250_000, spread: 0.2), try series("render", 0.0123, metric: cost),
      try series("compile", 1_234_567, metric: instructions, rounds: 1),
      try series("link", 0, metric: instructions, rounds: 1),
      try series("load", 42, metric: Metric("latency", Unit("ms"))),
      try series("gone", 77_000), try series("解析/大きい", 21_000),
    ]
    let new = [
      try series("parse/large", 13_100_000, labels: large),
      try series("parse/small", 1_000_100_000, spread: 0.0001),
      try series("parse/small", 6_291_456, metric: .maxRSS, rounds: 1),
      try series("serve", 2430, metric: requests),
      try series("render", 5_600_000, spread: 0.2), try series("render", 0.0121, metric: cost),
      try series("compile", 1_234_987, metric: instructions, rounds: 1),
      try series("link", 17, metric: instructions, rounds: 1),
      try series("load", 42_000_000, metric: Metric("latency", .nanoseconds)),
      try series("fresh", 5), try series("解析/大きい", 25_000),
    ]
    var policy = Policy()
    policy.benchmarks = [.init(pattern: Pattern("parse/l*"), value: 0.05)]
    return report(
      old: old, new: new, policy: policy, judges: judges,
      origin: Origin(
        rule: "first-parent", explanation: "2 commits before the merge-base with main",
        distance: 2,
        skipped: ["1111111111: no run", "2222222222: no run of suite 'default'"]),
      warnings: ["1 line of a newer version in the note of 4f2a1c9d10 was skipped"])
  }

  /// What a policy adds: budgets, waivers, an anchor, states of benchmarks, and notes.
  static func governed() throws -> Report {
    func both(_ name: String, _ old: Double, _ new: Double, rounds: Int = 10) throws -> [[Series]] {
      [[try series(name, old, rounds: rounds)], [try series(name, new, rounds: rounds)]]
    }
    let pairs = [
      try both("parse/large", 10_900_000, 13_100_000), try both("parse/small", 21_300, 21_400),
      try both("late", 5_000_000, 7_000_000), try both("above", 5_000_000, 9_000_000),
      try both("work", 8_000_000, 80_000), try both("few", 1_000_000, 1_010_000, rounds: 5),
    ]
    let counted = Metric("allocations", .one, exact: true)
    let varying = Series(
      benchmark: Benchmark(name: "parse/small"), metric: counted,
      rounds: [try Round([100]), try Round([101])], source: "test")
    let old =
      pairs.flatMap { $0[0] } + [
        try series("old name", 77_000), try series("broken", 1_000), varying,
        try series("before", 3_000),
      ]
    let new =
      pairs.flatMap { $0[1] } + [
        try series("new name", 77_300), try series("fresh", 5), varying, try series("now", 3_000),
      ]
    let release = [
      try series("parse/large", 10_000_000), try series("parse/small", 19_000),
      try series("late", 7_000_000), try series("only then", 1),
    ]
    return report(
      old: old, new: new, policy: try policy(),
      failures: [Failure(Benchmark(name: "broken"), reason: "exit status 3")],
      anchor: (
        AnchorDescription(
          party: party("v1.2", Example.old), explanation: "the newest tag like 'v*'"),
        release
      ))
  }

  private static func policy() throws -> Policy {
    func waiver(
      _ pattern: String, _ ceiling: Double, _ expires: String, line: Int
    ) throws -> Waiver {
      Waiver(
        benchmark: Pattern(pattern), metric: nil, ceiling: ceiling,
        expires: try #require(Day(expires)), reason: "safer parser, see #12",
        place: ".perfconfig:\(line)")
    }
    func budget(_ pattern: String, _ limit: String, line: Int) throws -> Budget {
      Budget(
        benchmark: Pattern(pattern), metric: nil, limit: try #require(Quantity(limit)),
        place: ".perfconfig:\(line)")
    }
    var policy = Policy()
    policy.today = Day("2026-11-20")
    policy.waivers = [
      try waiver("parse/large", 0.4, "2026-12-31", line: 20),
      try waiver("late", 0.5, "2026-11-19", line: 25),
      try waiver("above", 0.5, "2027-01-01", line: 30),
      try waiver("work", 0.5, "2027-01-01", line: 35),
    ]
    policy.budgets = [
      try budget("parse/*", "15ms", line: 3), try budget("late", "6ms", line: 5),
      try budget("few", "2ms", line: 7), try budget("above", "9ms", line: 9),
    ]
    policy.aliases = [Alias(old: "before", new: "now", place: ".perfconfig:11")]
    policy.floors = [
      .init(
        pattern: Pattern("wall_*"), value: try #require(Quantity("1µs")), place: ".perfconfig:13")
    ]
    policy.benchmarks = [
      .init(pattern: Pattern("above"), value: 0.05, place: ".perfconfig:15")
    ]
    return policy
  }

  /// What most gates say.
  static func unchanged() throws -> Report {
    let both = [
      try series("parse/large", 10_900_000), try series("parse/small", 21_300),
      try series("render", 5_250_000),
    ]
    return report(old: both, new: both)
  }

  static func nothing() -> Report {
    report(
      old: [], new: [], baseline: party("base.json", nil, nil),
      candidate: party("work.json", nil, nil),
      origin: Origin(rule: "file", explanation: "given as a file", distance: nil, skipped: []))
  }
}
