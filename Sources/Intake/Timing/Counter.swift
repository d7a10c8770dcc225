package import Measurements

/// What the kernel counts of a launch besides times and memory: recorded only where it is asked for,
/// because it differs from launch to launch for reasons that are not the program's.
package enum Counter: String, CaseIterable, Sendable {
  /// Pages that were not where the program looked, whether or not they had to be read.
  case pageFaults = "page_faults"
  /// How often the processor was given up, or taken away.
  case contextSwitches = "context_switches"

  package var metric: Metric { Metric(rawValue, .one) }

  func value(of usage: Usage) -> Int64 {
    switch self {
    case .pageFaults: usage.pageFaults
    case .contextSwitches: usage.contextSwitches
    }
  }
}
