import System

/// The source of the machine's electricity.
package enum PowerSupply: Hashable, Sendable {
  case mains
  case battery

  /// Reads the folders of `/sys/class/power_supply`; nil for a machine that has neither mains nor
  /// battery there.
  ///
  /// The state of a battery is read only if no mains are known, because that can take milliseconds.
  /// The battery of a device, such as a mouse, is ignored.
  init?(_ files: SystemFiles) {
    let folder = "/sys/class/power_supply"
    func value(_ name: String, _ supply: String) -> String? {
      files.word("\(folder)/\(supply)/\(name)")
    }
    let supplies = files.names(folder).filter { value("scope", $0) != "Device" }
    let mains = supplies.filter { value("type", $0) == "Mains" }
    let batteries = supplies.filter { value("type", $0) == "Battery" }
    if mains.contains(where: { value("online", $0) == "1" }) {
      self = .mains
    } else if batteries.isEmpty {
      return nil
    } else if !mains.isEmpty {
      self = .battery
    } else {
      self = batteries.contains { value("status", $0) == "Discharging" } ? .battery : .mains
    }
  }
}

extension PowerSupply: CustomStringConvertible {
  package var description: String {
    switch self {
    case .mains: "mains"
    case .battery: "battery"
    }
  }

  var concern: PreflightWarning? {
    guard self == .battery else { return nil }
    return PreflightWarning(
      .warning, "running on battery", because: "the clock is lowered to save power",
      advice: "plug it in")
  }
}
