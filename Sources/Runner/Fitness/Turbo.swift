import System

/// The setting that lets processors exceed their nominal clock while they are cool.
package struct Turbo: Hashable, Sendable {
  let isOn: Bool
  /// The file that has the setting.
  let path: String

  /// Reads the setting of Intel's driver, or that of the other drivers; nil if there is none.
  init?(_ files: SystemFiles) {
    if let word = files.word(Self.intel) {
      (isOn, path) = (word == "0", Self.intel)
    } else if let word = files.word(Self.others) {
      (isOn, path) = (word == "1", Self.others)
    } else {
      return nil
    }
  }

  private static let intel = "/sys/devices/system/cpu/intel_pstate/no_turbo"
  private static let others = "/sys/devices/system/cpu/cpufreq/boost"
}

extension Turbo: CustomStringConvertible {
  package var description: String { isOn ? "on" : "off" }

  /// A note if it is on. It is no warning, because it is on nearly everywhere, and does not matter
  /// to a comparison of two sides in turns.
  var concern: PreflightWarning? {
    guard isOn else { return nil }
    let off = path == Self.intel ? 1 : 0
    return PreflightWarning(
      .note, "turbo is on", because: "the clock depends on the temperature and on other cores",
      advice: "`echo \(off) | sudo tee \(path)` turns it off")
  }
}
