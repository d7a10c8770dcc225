import Measurements
import Reports
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
  ) -> Party {
    Party(
      name: name, commit: commit, tree: commit == nil ? nil : tree, runs: runs,
      environment: environment)
  }

  static func report(
    old: [Series], new: [Series], policy: Policy = Policy(), judges: Bool = true,
    baseline: Party = party("main", Example.old, runs: ["0c1d", "7e2f"]),
    candidate: Party = party("HEAD", Example.new, runs: ["aa55"]),
    origin: Origin = Origin(
      rule: "merge-base", explanation: "merge-base with main", distance: 0, skipped: []),
    warnings: [String] = [], suite: String = "default"
  ) -> Report {
    let assessment = Assessment(old: old, new: new, policy: policy)
    return Report(
      tool: "perf-gate 0.1.0", outcome: judges ? assessment.outcome(under: policy) : nil,
      suite: suite, baseline: baseline, candidate: candidate, origin: origin,
      assessment: assessment, policy: policy, warnings: warnings)
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
