import System

#if canImport(Darwin)
  extension Host {
    static var system: String {
      Machine.system(name: "macOS", version: value(of: "kern.osproductversion"))
    }

    func processor() -> String {
      Machine.processor(name: Self.value(of: "machdep.cpu.brand_string"), arch: arch)
    }

    static let origins = [
      "cpu": "sysctl machdep.cpu.brand_string", "os": "sysctl kern.osproductversion",
    ]
  }
#else
  extension Host {
    static var system: String {
      let text = Platform.text(of: "/etc/os-release")
      return Machine.system(
        osRelease: text.isEmpty ? Platform.text(of: "/usr/lib/os-release") : text)
    }

    /// The name of the processor. If `/proc` is missing, the processor's own name is read, so that
    /// the machine stays the same.
    func processor() -> String {
      let text = Platform.text(of: "/proc/cpuinfo")
      return text.isEmpty
        ? Machine.processor(name: Self.processorName, arch: arch)
        : Machine.processor(cpuinfo: text, arch: arch)
    }

    static let origins = ["cpu": "/proc/cpuinfo", "os": "/etc/os-release"]
  }
#endif
