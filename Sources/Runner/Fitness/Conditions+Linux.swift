package import System

extension Conditions {
  /// Reads the conditions from `/proc` and `/sys` of Linux.
  ///
  /// It reads about twenty small files, which took 0.4 ms without optimisation. It never fails.
  ///
  /// - Parameter cores: The number of processors that are online.
  package init(_ files: SystemFiles, cores: Int) {
    let allowed = CPUList(status: files.text("/proc/self/status") ?? "")
    load = files.text("/proc/loadavg").flatMap { Load(loadavg: $0, cores: cores) }
    let processors = allowed?.first(8) ?? [0]
    governor = Governor(files, of: processors)
    clock = Clock(files, of: processors)
    turbo = Turbo(files)
    power = PowerSupply(files)
    virtualization = Virtualization(files)
    limit = CPULimit(
      quota: CPULimit.quota(files), allowed: allowed.map { min($0.count, cores) } ?? cores,
      cores: cores)
    pressure = files.text("/proc/pressure/cpu").flatMap(Self.pressure)
    times = files.text("/proc/stat").flatMap(ProcessorTimes.init(stat:))
    memory = files.text("/proc/meminfo").flatMap(FreeMemory.init(meminfo:))
  }
}
