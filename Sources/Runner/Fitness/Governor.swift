import System

/// The rule by which the kernel sets the clock of the processors.
package struct Governor: Hashable, Sendable {
  /// The names of the rules, each once, in alphabetical order.
  let names: [String]
  /// The preference of a processor that sets its clock itself; nil if it does not.
  let preference: String?

  package init(_ names: [String], preference: String? = nil) {
    self.names = names
    self.preference = preference
  }

  /// Reads the `cpufreq` folders of some processors; nil on virtual machines, which have none.
  init?(_ files: SystemFiles, of processors: [Int]) {
    func value(_ name: String, _ processor: Int) -> String? {
      files.word("/sys/devices/system/cpu/cpu\(processor)/cpufreq/\(name)")
    }
    let names = Set(processors.compactMap { value("scaling_governor", $0) })
    guard !names.isEmpty else { return nil }
    self.init(
      names.sorted(),
      preference: processors.first.flatMap { value("energy_performance_preference", $0) })
  }
}

extension Governor: CustomStringConvertible {
  package var description: String {
    names.joined(separator: ", ") + (preference.map { ", preference \($0)" } ?? "")
  }

  /// A warning if the clock varies. A fixed clock gives none, whether it is the highest or a chosen
  /// one. If the processor sets its clock itself, the rule is called `powersave` and the preference
  /// decides; the usual preferences of machines on mains give a note.
  var concern: PreflightWarning? {
    let names = names.filter { $0 != "performance" && $0 != "userspace" }
    guard !names.isEmpty else { return nil }
    let isNote =
      names == ["powersave"] && ["performance", "balance_performance"].contains(preference)
    return PreflightWarning(
      isNote ? .note : .warning, "CPU governor \(self)",
      because: "the clock follows the load, and a launch begins with a slow one",
      advice: "`sudo cpupower frequency-set --governor performance`")
  }
}
