import CLaunch

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension Counter {
  /// What the kernel is asked for; nil for what it accounts to every process.
  fileprivate var event: launch_event? {
    switch self {
    case .pageFaults, .contextSwitches, .cpuTime: nil
    case .instructions: LAUNCH_INSTRUCTIONS
    case .cycles: LAUNCH_CYCLES
    case .cacheMisses: LAUNCH_CACHE_MISSES
    case .branchMisses: LAUNCH_BRANCH_MISSES
    }
  }

  /// Whether this machine counts it, and this process may ask.
  package var availability: Availability {
    guard let event, let error = Self.obstacle(to: event) else { return .available }
    // One that every kernel can count tells who is in the way.
    let isAllowed = Self.obstacle(to: LAUNCH_PAGE_FAULTS) == nil
    return isAllowed ? .noHardware : .forbidden(error)
  }

  package enum Availability: Hashable, Sendable {
    case available
    /// As in most virtual machines.
    case noHardware
    /// By the settings of the kernel or container, or because the system has nothing of the kind.
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
  /// As a request to perf-launch has them.
  var events: UInt32 {
    compactMap(\.event).reduce(0) { $0 | 1 << UInt32($1.rawValue) }
  }
}

extension Usage {
  /// - Parameter asked: What was counted; what the processor had no time for is left out.
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
