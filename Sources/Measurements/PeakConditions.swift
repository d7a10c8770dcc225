/// The highest load of a machine while some runs were measured; a value that was not read is nil.
package struct PeakConditions: Hashable, Sendable {
  /// The highest load average.
  package let load: Double?
  /// The highest CPU pressure, in per cent.
  package let pressure: Double?
  /// The largest fraction of the processors' time that the host gave to others, in 0...1.
  package let steal: Double?
  /// The governors of the runs, each once.
  package let governor: String?

  package init(
    load: Double? = nil, pressure: Double? = nil, steal: Double? = nil, governor: String? = nil
  ) {
    self.load = load
    self.pressure = pressure
    self.steal = steal
    self.governor = governor
  }

  package init(of runs: some Sequence<RunConditions>) {
    let governors = Set(runs.compactMap(\.governor)).sorted()
    self.init(
      load: runs.compactMap(\.highestLoad).max(), pressure: runs.compactMap(\.pressure?.most).max(),
      steal: runs.compactMap(\.steal).max(),
      governor: governors.isEmpty ? nil : governors.joined(separator: " and "))
  }
}
