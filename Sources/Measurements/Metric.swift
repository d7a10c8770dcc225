/// A property of a benchmark that is measured.
package struct Metric: Hashable, Sendable {
  package let name: String
  package let unit: Unit
  package let better: Direction
  /// True if a repetition gives the same number (instructions, allocations), so that no test for
  /// chance is needed.
  package let exact: Bool
  /// True if the better direction is unknown, so that a change in either direction may be worse.
  package let isGuessed: Bool
  /// True if each value says whether an attempt succeeded: 1 if it did, 0 if not.
  package let isOutcome: Bool

  package init(
    _ name: String, _ unit: Unit, better: Direction = .lower, exact: Bool = false,
    isGuessed: Bool = false, isOutcome: Bool = false
  ) {
    self.name = name
    self.unit = unit
    self.better = better
    self.exact = exact
    self.isGuessed = isGuessed
    self.isOutcome = isOutcome
  }

  /// A copy of the metric with a known better direction.
  package func directed(_ better: Direction) -> Metric {
    Metric(name, unit, better: better, exact: exact, isOutcome: isOutcome)
  }
}

/// The direction in which a metric improves.
package enum Direction: String, CaseIterable, Sendable {
  case lower
  case higher
}

extension Metric {
  /// The time from start to end of one launch, by a monotonic clock.
  package static let wallTime = Metric("wall_time", .nanoseconds)
  /// The processor time outside the kernel.
  package static let userTime = Metric("user_time", .nanoseconds)
  /// The processor time inside the kernel on behalf of the process.
  package static let systemTime = Metric("system_time", .nanoseconds)
  /// The total processor time.
  package static let cpuTime = Metric("cpu_time", .nanoseconds)
  /// The most memory that was resident at once.
  package static let maxRSS = Metric("max_rss", .bytes)
}

extension Metric {
  /// The metrics of a command that is timed.
  package static let ofCommands: [Metric] = [.wallTime, .userTime, .systemTime, .maxRSS]

  /// The names of all times of a launch.
  package static let timesOfLaunches =
    [wallTime, userTime, systemTime, cpuTime].map(\.name)

  /// The names of all times and of the memory of a launch.
  package static let ofLaunches = Set(timesOfLaunches + [maxRSS.name])
}
