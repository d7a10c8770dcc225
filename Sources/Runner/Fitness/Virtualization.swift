import System

/// The kind of machine: real or virtual.
package enum Virtualization: Hashable, Sendable {
  case none
  /// A virtual machine, with the name of its vendor if that is known.
  case guest(String?)

  /// Reads the files in which hypervisors identify themselves to their guests; nil if not even the
  /// processor is described.
  init?(_ files: SystemFiles) {
    let vendor = files.word("/sys/class/dmi/id/sys_vendor")
    if let type = files.word("/sys/hypervisor/type") {
      self = .guest(vendor ?? type)
    } else if files.text("/proc/device-tree/hypervisor/compatible") != nil {
      self = .guest(vendor)
    } else if let product = files.word("/sys/class/dmi/id/product_name"), Self.isVirtual(product) {
      self = .guest(vendor ?? product)
    } else {
      guard let flags = files.text("/proc/cpuinfo").flatMap(Self.flags) else { return nil }
      self = flags.contains("hypervisor") ? .guest(vendor) : .none
    }
  }

  private static func isVirtual(_ product: String) -> Bool {
    ["KVM", "QEMU", "Virtual Machine", "VirtualBox", "VMware"].contains { product.contains($0) }
  }

  /// The flags of the first processor. Only x86 has them under this name.
  private static func flags(cpuinfo: String) -> [Substring]? {
    cpuinfo.split(separator: "\n").first { $0.hasPrefix("flags") }?
      .split(separator: " ")
  }
}

extension Virtualization: CustomStringConvertible {
  package var description: String {
    switch self {
    case .none: "no"
    case .guest(let name): name.map { "yes, \($0)" } ?? "yes"
    }
  }

  var concern: PreflightWarning? {
    guard case .guest(let name) = self else { return nil }
    return PreflightWarning(
      .note, "virtual machine" + (name.map { " (\($0))" } ?? ""),
      because: "its neighbours on the host take time that cannot be seen from here",
      advice: "record both sides close together, or measure on a machine of your own")
  }
}
