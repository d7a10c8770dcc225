package import Statistics

/// How strict a judgement is.
package struct Level: Hashable, Sendable {
  /// What p must not exceed, corrected over the family.
  package let alpha: Double
  /// That of the intervals, 0.95 for 95 %.
  package let confidence: Double
  /// The rounds a side up to which the look goes that it was judged at; nil for what is judged once.
  package let look: Int?

  package init(alpha: Double, confidence: Double, look: Int?) {
    self.alpha = alpha
    self.confidence = confidence
    self.look = look
  }

  /// The level of what is judged once.
  package init(alpha: Double) {
    self.init(alpha: alpha, confidence: UsualLevel.confidence, look: nil)
  }

  package init(_ look: InterimLook) {
    self.init(alpha: look.alpha, confidence: look.confidence, look: look.rounds)
  }
}

extension Level {
  /// The fewest rounds a side that have an interval, 4 at 95 % and 5 at 99 %: below, nothing can be
  /// shown to be unchanged.
  ///
  /// nil for a confidence of 1, which no number of rounds reaches.
  var fewestRounds: Int? { UDistribution.sizeNeeded(alpha: 1 - confidence) }
}

/// When rounds are judged: once, or at a look while they are still coming in.
package struct Stage: Hashable, Sendable {
  package let level: Level
  /// Whether another look can follow, so that more rounds decide what this one leaves open.
  package let goesOn: Bool

  /// Of rounds that are judged once.
  package init(alpha: Double) { (level, goesOn) = (Level(alpha: alpha), false) }

  package init(_ look: InterimLook, goesOn: Bool) {
    (level, self.goesOn) = (Level(look), goesOn)
  }
}
