/// What is counted of a launch besides times and memory: recorded only where it is asked for, because
/// it differs from launch to launch for reasons that are not the program's.
package enum Counter: String, CaseIterable, Sendable {
  /// Pages that were not where the program looked, whether or not they had to be read.
  case pageFaults = "page_faults"
  /// How often the processor was given up, or taken away.
  case contextSwitches = "context_switches"
  /// Inside and outside the kernel, which unlike its parts is not counted by ticks of the clock.
  case cpuTime = "cpu_time"
  /// By the processor, while the program itself ran and not the kernel for it.
  case instructions
  case cycles
  case cacheMisses = "cache_misses"
  case branchMisses = "branch_misses"
}
