/// One launch of a program at one of the commits of a bisection.
package struct BisectionLaunch: Hashable, Sendable {
  /// The place of the commit: 0 is the good end, 1 the first candidate, the largest the bad end.
  package let position: Int
  /// The measured value, in any unit; for an outcome, 1 if it was solved and 0 if not.
  package let value: Double
  /// The number of the session. Launches of one session follow each other closely, so they share
  /// the moods of the machine. A bisection that is resumed begins another session.
  package let session: Int
  /// The number of the batch within the session. Between two batches there may be a build or a
  /// checkout, after which the machine may have another mood. The ends are measured in batches of
  /// both ends, for example of good, bad, bad, good.
  package let batch: Int

  /// - Precondition: The position is not negative, and the value is finite.
  package init(position: Int, value: Double, session: Int = 0, batch: Int = 0) {
    precondition(position >= 0 && value.isFinite, "a finite value at a position from 0 on")
    self.position = position
    self.value = value
    self.session = session
    self.batch = batch
  }
}
