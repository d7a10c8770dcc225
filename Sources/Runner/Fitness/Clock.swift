import System

/// The clock rate of the processors at this moment.
package struct Clock: Hashable, Sendable {
  /// The mean over the processors that were read, in hertz.
  let hertz: Double

  /// Reads `scaling_cur_freq` in the `cpufreq` folders, which is in kilohertz; nil on virtual
  /// machines, which have none.
  init?(_ files: SystemFiles, of processors: [Int]) {
    let clocks = processors.compactMap { processor in
      files.word("/sys/devices/system/cpu/cpu\(processor)/cpufreq/scaling_cur_freq")
        .flatMap { Double($0) }
    }.filter { $0.isFinite && $0 > 0 }
    guard !clocks.isEmpty else { return nil }
    hertz = clocks.reduce(0, +) / Double(clocks.count) * 1000
  }
}

extension Clock: CustomStringConvertible {
  package var description: String { "\((hertz / 1e7).rounded() / 100) GHz" }
}
