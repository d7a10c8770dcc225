import System

#if canImport(Darwin)
  extension Conditions {
    /// The conditions of this machine. Clock and battery are left out, because reading them
    /// is expensive.
    package static func here() -> Conditions {
      var conditions = Conditions()
      conditions.load = Host.loadAverage().map {
        Load(average: $0, others: nil, cores: Host().cores)
      }
      conditions.virtualization = Host.number(of: "kern.hv_vmm_present")
        .map { $0 == 0 ? .none : .guest(nil) }
      return conditions
    }
  }
#else
  extension Conditions {
    /// The conditions of this machine.
    package static func here() -> Conditions {
      var conditions = Conditions(.here, cores: Host().cores)
      conditions.isBlind = SystemFiles.here.text("/proc/self/status") == nil
      return conditions
    }
  }
#endif
