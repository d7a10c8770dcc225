import Formats

/// How many programs want a processor.
package struct Load: Hashable, Sendable {
  /// Over the last minute, those that wait for a disk included.
  package let average: Double
  /// Threads that want to run at this moment, without this one; nil where the system does not say.
  let others: Int?
  let cores: Int

  package init(average: Double, others: Int?, cores: Int) {
    self.average = average
    self.others = others
    self.cores = cores
  }

  /// From `/proc/loadavg`: `3.10 2.41 1.98 4/612 26460`.
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

  /// A warning from half of the cores on: beyond, what is measured shares caches, clock and soon its
  /// core with others.
  ///
  /// The average remembers a minute, and a build just before is the rule. So something must want to
  /// run at this moment too, or else it is a note.
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
