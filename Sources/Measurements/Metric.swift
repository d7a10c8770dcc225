/// What is measured of a benchmark.
package struct Metric: Hashable, Sendable {
  package let name: String
  package let unit: Unit
  package let better: Direction
  /// Whether a repetition gives the same number (instructions, allocations), so that no test for
  /// chance is needed.
  package let exact: Bool
  /// Whether nobody says which direction is better, so that a change either way may be worse.
  package let isGuessed: Bool

  package init(
    _ name: String, _ unit: Unit, better: Direction = .lower, exact: Bool = false,
    isGuessed: Bool = false
  ) {
    self.name = name
    self.unit = unit
    self.better = better
    self.exact = exact
    self.isGuessed = isGuessed
  }

  /// The same where somebody says which direction is better.
  package func directed(_ better: Direction) -> Metric {
    Metric(name, unit, better: better, exact: exact)
  }
}

/// Which way a metric improves.
package enum Direction: String, CaseIterable, Sendable {
  case lower
  case higher
}

extension Metric {
  /// From start to end of one launch, by a monotonic clock.
  package static let wallTime = Metric("wall_time", .nanoseconds)
  /// Processor time outside the kernel.
  package static let userTime = Metric("user_time", .nanoseconds)
  /// Processor time inside the kernel on behalf of the process.
  package static let systemTime = Metric("system_time", .nanoseconds)
  /// Processor time in all.
  package static let cpuTime = Metric("cpu_time", .nanoseconds)
  /// The most memory that was resident at once.
  package static let maxRSS = Metric("max_rss", .bytes)
}

extension Metric {
  /// What is measured of a command that is timed.
  package static let ofCommands: [Metric] = [.wallTime, .userTime, .systemTime, .maxRSS]

  /// The names of all times and of the memory of a launch.
  package static let ofLaunches = Set((ofCommands + [.cpuTime]).map(\.name))
}
