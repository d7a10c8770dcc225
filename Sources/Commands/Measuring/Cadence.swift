/// How often something is shown.
struct Cadence {
  let interval: Duration
  private var last: SuspendingClock.Instant?

  /// - Parameter start: From when on an interval passes before the first time; nil where that is at once.
  init(_ interval: Duration, since start: SuspendingClock.Instant? = nil) {
    self.interval = interval
    last = start
  }

  /// Whether it is time again; if so, another interval begins.
  mutating func isDue(at now: SuspendingClock.Instant) -> Bool {
    if let last, now - last < interval { return false }
    last = now
    return true
  }
}
