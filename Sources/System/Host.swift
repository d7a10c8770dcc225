import CLaunch

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The data of this machine, as the operating system reports them.
package struct Host {
  package let cores: Int
  /// The memory in bytes.
  package let memory: Int64
  /// The version of the kernel, as in `uname -r`.
  package let kernel: String
  /// The processor architecture, as in `uname -m`.
  package let arch: String

  package init() {
    cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    memory = Int64(sysconf(Int32(_SC_PHYS_PAGES))) * Int64(sysconf(Int32(_SC_PAGESIZE)))
    var names = utsname()
    // SAFETY: uname fills in the structure, each field with a null-terminated text.
    unsafe uname(&names)
    kernel = Self.text(names.release)
    arch = Self.text(names.machine)
  }

  /// The load average of the last minute; nil if the system does not report it.
  package static func loadAverage() -> Double? {
    var average = 0.0
    // SAFETY: getloadavg writes as many numbers as it is asked for, one.
    return unsafe getloadavg(&average, 1) == 1 ? average : nil
  }

  /// The text of a field that C declares as an array of characters and Swift as a tuple.
  private static func text<Characters>(_ field: Characters) -> String {
    // SAFETY: the bytes are borrowed, and read up to their null byte only.
    unsafe withUnsafeBytes(of: field) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}

#if canImport(Darwin)
  extension Host {
    /// The text that the kernel keeps under a name; empty if there is none.
    package static func value(of name: String) -> String {
      var size = 256
      // SAFETY: sysctlbyname writes at most `size` bytes into that many, and corrects the size.
      let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        let answer = unsafe sysctlbyname(name, buffer.baseAddress, &size, nil, 0)
        count = answer == 0 ? size : 0
      }
      return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// The number that the kernel keeps under a name; nil if there is none.
    static func number(of name: String) -> Int32? {
      var number: Int32 = 0
      var size = MemoryLayout<Int32>.size
      // SAFETY: sysctlbyname writes at most `size` bytes into the number.
      return unsafe sysctlbyname(name, &number, &size, nil, 0) == 0 ? number : nil
    }
  }
#else
  extension Host {
    /// The processor's name as the processor reports it; empty if it has none.
    package static var processorName: String {
      var name = [CChar](repeating: 0, count: LAUNCH_PROCESSOR)
      // SAFETY: the array has as many bytes as are written, and stays for the call.
      unsafe launch_processor(&name)
      return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }
#endif
