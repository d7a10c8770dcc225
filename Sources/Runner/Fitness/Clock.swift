import System

/// How fast the processors run at this moment.
package struct Clock: Hashable, Sendable {
  /// The mean of the processors that were asked.
  let hertz: Double

  /// From `scaling_cur_freq` of the `cpufreq` folders, in kilohertz; virtual machines have none.
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
