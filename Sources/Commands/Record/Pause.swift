import Intake

/// How long a writer waits that lost a race for the notes.
enum Pause {
  /// By chance, so that two losers do not meet again, and longer with each attempt: up to 5 ms after
  /// the first, never more than 100 ms.
  static func afterLostRace(_ attempt: Int) {
    Platform.sleep(.milliseconds(Int.random(in: 0...min(100, 5 * attempt))))
  }
}
