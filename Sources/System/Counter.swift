/// A number that is counted during a launch besides times and memory. It is recorded only on
/// request, because it differs from launch to launch for reasons outside the program.
package enum Counter: String, CaseIterable, Sendable {
  /// The number of page faults, with or without reading from disk.
  case pageFaults = "page_faults"
  /// The number of times that the program gave up the processor or lost it.
  case contextSwitches = "context_switches"
  /// The processor time inside and outside the kernel. Unlike its two parts it is not counted by
  /// ticks of the clock.
  case cpuTime = "cpu_time"
  /// The number of instructions of the program itself, without those of the kernel.
  case instructions
  case cycles
  case cacheMisses = "cache_misses"
  case branchMisses = "branch_misses"
}
