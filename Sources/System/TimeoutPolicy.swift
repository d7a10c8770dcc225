#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The time limit of a launched program, and the signals that end it.
///
/// The program first gets SIGTERM; if it still runs after a while, it is killed.
struct TimeoutPolicy {
  let limits: Limits
  private let start = SuspendingClock.now
  private(set) var cut: TerminationReason?
  private var killAt: SuspendingClock.Instant?

  init(_ limits: Limits) {
    self.limits = limits
  }

  /// Returns the signal to send now. The launch loop calls this regularly.
  ///
  /// - Parameter written: The number of bytes that the program has written so far.
  /// - Returns: The signal for the program and its children; nil if none is needed.
  mutating func check(written: Int) -> Int32? {
    let now = SuspendingClock.now
    if let killAt { return now >= killAt ? SIGKILL : nil }
    guard let reason = reason(now, written) else { return nil }
    cut = reason
    killAt = now + Self.grace
    return SIGTERM
  }

  /// True if even a killed program has not been reported as ended.
  var isOver: Bool { killAt.map { SuspendingClock.now - $0 > Self.silence } ?? false }

  private func reason(_ now: SuspendingClock.Instant, _ written: Int) -> TerminationReason? {
    if let signal = Interrupts.signal { return .interrupted(signal) }
    if let timeout = limits.timeout, now - start >= timeout { return .timeout(timeout) }
    return written > limits.bytes ? .flood(limits.bytes) : nil
  }

  /// The time between SIGTERM and SIGKILL, for the cleanup of the program.
  private static let grace = Duration.seconds(1)
  /// The time after which a killed program should have been reported by perf-launch, which normally
  /// happens at once.
  private static let silence = Duration.seconds(10)
}

/// The limits of a launched program.
package struct Limits: Hashable, Sendable {
  /// The time limit; nil for none.
  package let timeout: Duration?
  /// The most bytes of kept output, on each of the two streams.
  package let bytes: Int

  package init(timeout: Duration? = nil, bytes: Int = 1 << 28) {
    self.timeout = timeout
    self.bytes = bytes
  }
}

/// The reason why a program was ended early.
package enum TerminationReason: Hashable, Sendable {
  case timeout(Duration)
  /// It wrote more than this many bytes.
  case flood(Int)
  /// It stopped, like a program that requests a terminal which it does not have.
  case stopped
  /// This process was asked to stop, by the signal of that number.
  case interrupted(Int32)
}
