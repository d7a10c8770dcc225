/// The resources that one launch of a program used.
package struct Usage: Hashable, Sendable {
  /// The time from before the launch until its end is known, by a clock that only goes forward.
  package let wallTime: Duration
  /// The user time of the program and of those of its children that it waited for.
  package let userTime: Duration
  package let systemTime: Duration
  /// The largest resident memory of the program or of one of its children, in bytes.
  ///
  /// On Linux it is never less than that of perf-launch, below 1 MB, in whose memory a program
  /// begins.
  package let maxRSS: Int64
  /// The counts of the program and of those of its children that it waited for. Counters that could
  /// not be counted are missing.
  package let counts: [Counter: Int64]

  package init(
    wallTime: Duration, userTime: Duration, systemTime: Duration, maxRSS: Int64,
    counts: [Counter: Int64] = [:]
  ) {
    self.wallTime = wallTime
    self.userTime = userTime
    self.systemTime = systemTime
    self.maxRSS = maxRSS
    self.counts = counts
  }
}

extension Duration {
  /// The duration in the form in which it is typed: `90s`, `0.5s`.
  package var text: String {
    let seconds = Double(components.seconds) + Double(components.attoseconds) / 1e18
    return seconds == seconds.rounded() ? "\(Int64(seconds))s" : "\(seconds)s"
  }

  /// The duration in whole nanoseconds, the unit in which times are stored.
  package var nanoseconds: Int64 {
    components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
  }
}
