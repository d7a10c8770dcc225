import CLaunch

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension Counter {
  /// The event that the kernel is asked to count; nil for a number that it keeps for every process.
  fileprivate var event: launch_event? {
    switch self {
    case .pageFaults, .contextSwitches, .cpuTime: nil
    case .instructions: LAUNCH_INSTRUCTIONS
    case .cycles: LAUNCH_CYCLES
    case .cacheMisses: LAUNCH_CACHE_MISSES
    case .branchMisses: LAUNCH_BRANCH_MISSES
    }
  }

  /// The availability of the counter to this process on this machine.
  package var availability: Availability {
    guard let event, let error = Self.obstacle(to: event) else { return .available }
    // An event that every kernel can count shows if the hardware or a permission is missing.
    let isAllowed = Self.obstacle(to: LAUNCH_PAGE_FAULTS) == nil
    return isAllowed ? .noHardware : .forbidden(error)
  }

  package enum Availability: Hashable, Sendable {
    case available
    /// The processor offers no such counter, as in most virtual machines.
    case noHardware
    /// The settings of the kernel or container forbid it, or the system has no such counters.
    case forbidden(SystemError)
  }

  private static func obstacle(to event: launch_event) -> SystemError? {
    let counter = launch_count(event)
    guard counter >= 0 else { return SystemError(errno) }
    close(counter)
    return nil
  }
}

extension Set<Counter> {
  /// The events as bits of a request to perf-launch.
  var events: UInt32 {
    compactMap(\.event).reduce(0) { $0 | 1 << UInt32($1.rawValue) }
  }
}

extension Usage {
  /// Reads the resource usage from a report of perf-launch.
  ///
  /// - Parameter asked: The requested counters. Those that the processor could not count are left
  ///   out.
  init(_ report: launch_report, counting asked: Set<Counter>) {
    var counts: [Counter: Int64] = [:]
    for counter in asked { counts[counter] = report.count(of: counter) }
    self.init(
      wallTime: .nanoseconds(report.wall_time), userTime: .nanoseconds(report.user_time),
      systemTime: .nanoseconds(report.system_time), maxRSS: report.max_rss, counts: counts)
  }
}

extension launch_report {
  fileprivate func count(of counter: Counter) -> Int64? {
    let count =
      switch counter {
      case .pageFaults: page_faults
      case .contextSwitches: context_switches
      case .cpuTime: user_time + system_time
      case .instructions: counts.0
      case .cycles: counts.1
      case .cacheMisses: counts.2
      case .branchMisses: counts.3
      }
    return count < 0 ? nil : count
  }
}
