import Measurements
import Statistics
import Testing
import Verdicts

/// A series of one sample a round.
func series(
  _ values: [Double], name: String = "b", labels: [String: String] = [:],
  metric: Metric = .wallTime, isSummary: Bool = false
) throws -> Series {
  try series(
    rounds: values.map { [$0] }, name: name, labels: labels, metric: metric, isSummary: isSummary)
}

func series(
  rounds: [[Double]], name: String = "b", labels: [String: String] = [:],
  metric: Metric = .wallTime, isSummary: Bool = false
) throws -> Series {
  Series(
    benchmark: Benchmark(name: name, labels: labels), metric: metric,
    rounds: try rounds.map { try Round($0) }, source: "test", isSummary: isSummary)
}

extension Metric {
  static let throughput = Metric("rate", .perSecond, better: .higher)
  static let instructions = Metric("instructions", .one, exact: true)
  static let hits = Metric("hits", .one, better: .higher, exact: true)
}

extension Policy {
  /// A policy with another threshold; 1/8 and the like keep hand-worked numbers free of rounding.
  static func threshold(_ threshold: Double) -> Policy {
    var policy = Policy()
    policy.threshold = Sourced(threshold, from: "the test")
    return policy
  }
}

extension Policy {
  /// Several changes of the default policy.
  static func with(_ change: (inout Policy) throws -> Void) rethrows -> Policy {
    var policy = Policy()
    try change(&policy)
    return policy
  }
}

func amount(_ text: String) throws -> Quantity { try #require(Quantity(text)) }

func day(_ text: String) throws -> Day { try #require(Day(text)) }

/// The same value several times.
func times(_ count: Int, _ value: Double) -> [Double] { Array(repeating: value, count: count) }

/// Whether two numbers agree to what rounding may do.
func isClose(_ a: Double?, _ b: Double?) -> Bool {
  guard let a, let b else { return a == nil && b == nil }
  return (a - b).magnitude <= 1e-9 * max(1, b.magnitude)
}
