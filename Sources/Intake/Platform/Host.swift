import CLaunch

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What the system says about itself, as it says it; ``Machine`` makes sense of it.
struct Host {
  let cores: Int
  /// In bytes.
  let memory: Int64
  /// As `uname -r` has it.
  let kernel: String
  /// As `uname -m` has it.
  let arch: String

  init() {
    cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    memory = Int64(sysconf(Int32(_SC_PHYS_PAGES))) * Int64(sysconf(Int32(_SC_PAGESIZE)))
    var names = utsname()
    // Safe: uname fills in the structure, each field with a null-terminated text.
    unsafe uname(&names)
    kernel = Self.text(names.release)
    arch = Self.text(names.machine)
  }

  /// Of a field that C declares as an array of characters, and Swift as a tuple.
  private static func text<Characters>(_ field: Characters) -> String {
    // Safe: the bytes are borrowed, and read up to their null byte only.
    unsafe withUnsafeBytes(of: field) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}

#if canImport(Darwin)
  extension Host {
    static var system: String {
      Machine.system(name: "macOS", version: value(of: "kern.osproductversion"))
    }

    func processor() -> String {
      Machine.processor(name: Self.value(of: "machdep.cpu.brand_string"), arch: arch)
    }

    /// A text that the kernel keeps under a name; empty where it has none.
    private static func value(of name: String) -> String {
      var size = 256
      // Safe: sysctlbyname writes at most `size` bytes into that many, and corrects the size.
      let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        let answer = unsafe sysctlbyname(name, buffer.baseAddress, &size, nil, 0)
        count = answer == 0 ? size : 0
      }
      return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// A number that the kernel keeps under a name; nil where it has none.
    static func number(of name: String) -> Int32? {
      var number: Int32 = 0
      var size = MemoryLayout<Int32>.size
      // Safe: sysctlbyname writes at most `size` bytes into the number.
      return unsafe sysctlbyname(name, &number, &size, nil, 0) == 0 ? number : nil
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

    /// Where `/proc` is missing by the processor's own word, so that the machine stays the same.
    func processor() -> String {
      let text = Platform.text(of: "/proc/cpuinfo")
      return text.isEmpty
        ? Machine.processor(name: Self.ownWord, arch: arch)
        : Machine.processor(cpuinfo: text, arch: arch)
    }

    /// Empty where the processor has none.
    private static var ownWord: String {
      var name = [CChar](repeating: 0, count: LAUNCH_PROCESSOR)
      // Safe: the array has as many bytes as are written, and stays for the call.
      unsafe launch_processor(&name)
      return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    static let origins = ["cpu": "/proc/cpuinfo", "os": "/etc/os-release"]
  }
#endif
