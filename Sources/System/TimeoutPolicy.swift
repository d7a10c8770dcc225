#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// How long a launched program may go on, and what it takes to end it.
///
/// First it is asked, with SIGTERM; what is still there after a while is killed.
struct TimeoutPolicy {
  let limits: Limits
  private let start = SuspendingClock.now
  private(set) var cut: TerminationReason?
  private var killAt: SuspendingClock.Instant?

  init(_ limits: Limits) {
    self.limits = limits
  }

  /// Asked every now and then.
  ///
  /// - Parameter written: How many bytes the program has written so far.
  /// - Returns: What is to be sent to it and its children; nil for nothing.
  mutating func check(written: Int) -> Int32? {
    let now = SuspendingClock.now
    if let killAt { return now >= killAt ? SIGKILL : nil }
    guard let reason = reason(now, written) else { return nil }
    cut = reason
    killAt = now + Self.grace
    return SIGTERM
  }

  /// Whether even what was killed is not heard of.
  var isOver: Bool { killAt.map { SuspendingClock.now - $0 > Self.silence } ?? false }

  private func reason(_ now: SuspendingClock.Instant, _ written: Int) -> TerminationReason? {
    if let signal = Interrupts.signal { return .interrupted(signal) }
    if let timeout = limits.timeout, now - start >= timeout { return .timeout(timeout) }
    return written > limits.bytes ? .flood(limits.bytes) : nil
  }

  /// For what a program does on its way out.
  private static let grace = Duration.seconds(1)
  /// A killed program is gone at once, and perf-launch says so.
  private static let silence = Duration.seconds(10)
}

/// What a launched program may take.
package struct Limits: Hashable, Sendable {
  /// nil for as long as it likes.
  package let timeout: Duration?
  /// Of output that is kept, on either stream.
  package let bytes: Int

  package init(timeout: Duration? = nil, bytes: Int = 1 << 28) {
    self.timeout = timeout
    self.bytes = bytes
  }
}

/// Why a program was ended before its time.
package enum TerminationReason: Hashable, Sendable {
  case timeout(Duration)
  /// It wrote more than this many bytes.
  case flood(Int)
  /// It stopped, as a program does that asks a terminal which it does not have.
  case stopped
  /// This process was asked to stop, by the signal of that number.
  case interrupted(Int32)
}
