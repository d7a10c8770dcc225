package import Statistics

/// The strictness of a judgement.
package struct Level: Hashable, Sendable {
  /// The value that p must not exceed, corrected over the family.
  package let alpha: Double
  /// The confidence of the intervals, 0.95 for 95 %.
  package let confidence: Double
  /// The number of rounds a side up to the look at which the series was judged; nil for rounds that
  /// are judged once.
  package let look: Int?

  package init(alpha: Double, confidence: Double, look: Int?) {
    self.alpha = alpha
    self.confidence = confidence
    self.look = look
  }

  /// Creates the level of rounds that are judged once.
  package init(alpha: Double) {
    self.init(alpha: alpha, confidence: UsualLevel.confidence, look: nil)
  }

  package init(_ look: InterimLook) {
    self.init(alpha: look.alpha, confidence: look.confidence, look: look.rounds)
  }
}

extension Level {
  /// The fewest rounds a side that have an interval, 4 at 95 % and 5 at 99 %. With fewer, nothing
  /// can be shown to be unchanged.
  ///
  /// It is nil for a confidence of 1, which no number of rounds reaches.
  var fewestRounds: Int? { UDistribution.sizeNeeded(alpha: 1 - confidence) }
}

/// The time at which rounds are judged: once, or at a look while they are still coming in.
package struct Stage: Hashable, Sendable {
  package let level: Level
  /// True if another look can follow, so that more rounds decide what this one leaves open.
  package let goesOn: Bool

  /// Creates the stage of rounds that are judged once.
  package init(alpha: Double) { (level, goesOn) = (Level(alpha: alpha), false) }

  package init(_ look: InterimLook, goesOn: Bool) {
    (level, self.goesOn) = (Level(look), goesOn)
  }
}
