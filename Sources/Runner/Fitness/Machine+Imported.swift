package import Measurements
import System

extension Environment {
  /// The machine that a file names: its values, with those of this machine where the file has none.
  ///
  /// Most files are read on the machine that wrote them. Memory and kernel are left out if any
  /// value differs.
  ///
  /// - Parameter context: The properties of machine and build in parsed results.
  package func named(by context: [String: String]) -> Environment {
    func first(_ keys: [String]) -> String? { keys.lazy.compactMap { context[$0] }.first }
    let arch = first(["goarch", "arch", "Architecture", "machine"]).flatMap(Machine.arch) ?? arch
    let name = first(["cpu", "cpu_model_name", "ProcessorName"])
      .map { Machine.processor(name: $0, arch: arch) }
    let cores =
      first(["num_cpus", "num_cpu", "cpu_count", "LogicalCoreCount", "cores"])
      .flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? cores
    let kind = first(["goos", "system", "os", "OsVersion", "platform"]).flatMap(Machine.kind)
    let isOther = kind.map { $0 != Machine.kind(os) && !($0 == "Linux" && isLinux) } ?? false
    let other = Environment(
      cpu: name ?? cpu, cores: cores, memory: memory, os: isOther ? kind ?? os : os,
      kernel: kernel, arch: arch, labels: labels)
    guard !other.differences(from: keyless).isEmpty else { return self }
    // A key that was set by hand stays, because the user knows which machines are alike.
    return Environment(
      key: key == fingerprint ? nil : key, cpu: other.cpu, cores: other.cores, memory: 0,
      os: other.os, kernel: "", arch: other.arch, labels: labels)
  }

  private var keyless: Environment {
    Environment(
      cpu: cpu, cores: cores, memory: memory, os: os, kernel: kernel, arch: arch, labels: labels)
  }

  private var isLinux: Bool { Machine.kind(os) == nil || Machine.kind(os) == "Linux" }
}

extension Machine {
  /// The name of an architecture in this project; nil for any other text, such as the name of
  /// a machine.
  static func arch(_ name: String) -> String? {
    let known = [
      "amd64": "x86_64", "x64": "x86_64", "x86_64": "x86_64", "x86-64": "x86_64", "386": "i386",
      "i386": "i386", "i686": "i686", "x86": "i386", "arm": "arm", "armv7l": "armv7l",
      "riscv64": "riscv64", "ppc64le": "ppc64le", "s390x": "s390x", "loong64": "loongarch64",
    ]
    let name = name.lowercased()
    // The name depends on the system: `uname -m` prints aarch64 on Linux, arm64 on macOS.
    return ["arm64", "aarch64"].contains(name)
      ? (["arm64", "aarch64"].contains(Host().arch) ? Host().arch : "arm64") : known[name]
  }

  /// The family of operating systems whose name begins a text; nil if there is none.
  static func kind(_ text: String) -> String? {
    let text = text.lowercased()
    let kinds = [
      ("windows", "Windows"), ("win32", "Windows"), ("darwin", "macOS"), ("macos", "macOS"),
      ("mac os", "macOS"), ("freebsd", "FreeBSD"), ("linux", "Linux"),
    ]
    return kinds.first { text.hasPrefix($0.0) }?.1
  }
}
