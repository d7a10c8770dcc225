/// Limits how often something is shown.
struct Cadence {
  let interval: Duration
  private var last: SuspendingClock.Instant?

  /// Starts a cadence.
  ///
  /// - Parameter start: The start of the interval that must pass before the first time; nil if the
  ///   first time is at once.
  init(_ interval: Duration, since start: SuspendingClock.Instant? = nil) {
    self.interval = interval
    last = start
  }

  /// Returns true if the interval has passed; then the next interval begins.
  mutating func isDue(at now: SuspendingClock.Instant) -> Bool {
    if let last, now - last < interval { return false }
    last = now
    return true
  }
}
