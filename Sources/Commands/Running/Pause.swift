import System

/// Pauses of a writer that lost a race for the notes, in this repository or at a remote.
enum Pause {
  /// Pauses after a remote refused. The time is random, and longer with each attempt: up to 50 ms
  /// after the first, never more than a second.
  static func afterRefusal(_ attempt: Int) {
    Platform.sleep(.milliseconds(Int.random(in: 0...min(1000, 25 << min(attempt, 10)))))
  }

  /// Pauses for the given time, however long it is.
  static func lasting(_ duration: Duration) {
    let end = ContinuousClock.now + duration
    while case let rest = end - .now, rest > .zero { Platform.sleep(rest) }
  }

  /// Pauses after a lost race. The time is random, so that two losers do not meet again, and longer
  /// with each attempt: up to 5 ms after the first, never more than 100 ms.
  static func afterLostRace(_ attempt: Int) {
    Platform.sleep(.milliseconds(Int.random(in: 0...min(100, 5 * attempt))))
  }
}
