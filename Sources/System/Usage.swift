/// What one launch of a program took.
package struct Usage: Hashable, Sendable {
  /// From before the launch until its end is known, by a clock that only goes forward.
  package let wallTime: Duration
  /// Of the program and of those of its children that it waited for.
  package let userTime: Duration
  package let systemTime: Duration
  /// The most memory that the program, or the largest of its children, had resident; in bytes.
  ///
  /// On Linux never less than what perf-launch takes, below 1 MB, in whose memory a program begins.
  package let maxRSS: Int64
  /// Of the program and of those of its children that it waited for; what could not be counted is
  /// missing.
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
  /// As it would be typed: `90s`, `0.5s`.
  package var text: String {
    let seconds = Double(components.seconds) + Double(components.attoseconds) / 1e18
    return seconds == seconds.rounded() ? "\(Int64(seconds))s" : "\(seconds)s"
  }

  /// Whole nanoseconds, the unit that times are stored in.
  package var nanoseconds: Int64 {
    components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
  }
}
