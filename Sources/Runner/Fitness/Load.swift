import Formats

/// The number of programs that want a processor.
package struct Load: Hashable, Sendable {
  /// The average over the last minute, including programs that wait for a disk.
  package let average: Double
  /// The number of threads that want to run at this moment, without this one; nil if the system
  /// does not say.
  let others: Int?
  let cores: Int

  package init(average: Double, others: Int?, cores: Int) {
    self.average = average
    self.others = others
    self.cores = cores
  }

  /// Reads `/proc/loadavg`, such as `3.10 2.41 1.98 4/612 26460`.
  init?(loadavg text: String, cores: Int) {
    let words = text.words
    guard let average = words.first.flatMap({ Double($0) }), average.isFinite else { return nil }
    let running = words.dropFirst(3).first?.split(separator: "/").first.flatMap { Int($0) }
    self.init(average: average, others: running.map { max(0, $0 - 1) }, cores: cores)
  }
}

extension Load: CustomStringConvertible {
  package var description: String {
    "\((average * 100).rounded() / 100) on \(cores) \(cores == 1 ? "core" : "cores")"
  }

  /// A warning if the load is more than half of the cores. Then the measured program shares caches,
  /// clock and possibly its core with others.
  ///
  /// The average covers a minute, and often a build has just ended. So it is a warning only if
  /// threads also want to run at this moment, and else a note.
  var concern: PreflightWarning? {
    guard average > Double(cores) / 2 else { return nil }
    guard others.map({ Double($0) > Double(cores) / 4 }) ?? true else {
      return PreflightWarning(
        .note, "load average \(self)", because: "the machine was busy a moment ago",
        advice: "nothing to do, it is quiet now")
    }
    return PreflightWarning(
      .warning, "load average \(self)", because: "other programs take time from what is measured",
      advice: "wait for them to end, or measure on another machine")
  }
}
