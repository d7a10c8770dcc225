package import Measurements

/// The facts about one series in the history besides its numbers.
package struct Standing: Hashable, Sendable {
  /// The index of its baseline among those of the report; nil if it has none.
  package var baseline: Int?
  /// The relation between the rounds of both sides; nil if they are not of the same sessions.
  package var interleaving: Interleaving?
  /// The reasons why a regression is not certain, a sentence each.
  package var doubts: [String]
  /// The reason why the numbers of the history cannot be used; the row is incomparable.
  package var trouble: String?
  /// True if nobody can read the numbers of the history: if they cannot be read, nothing passes.
  package var isUnreadable = false
  /// True if candidate and baseline do not differ in anything that is measured.
  package var isSame = false
  /// The recordings of the series before it; nil if they are not asked for, as for pairs.
  package var past: PastRecordings?
  /// The earlier steps in the direction of its change; nil if there are none, or none were asked for.
  package var course: Course?
  /// The numbers of a marked merge-base; the baseline is then that of the mark.
  package var markedBase: [Series]

  package init(
    baseline: Int? = nil, interleaving: Interleaving? = nil, doubts: [String] = [],
    trouble: String? = nil, course: Course? = nil,
    markedBase: [Series] = []
  ) {
    self.course = course
    self.baseline = baseline
    self.interleaving = interleaving
    self.doubts = doubts
    self.trouble = trouble
    self.markedBase = markedBase
  }

  /// True if both sides are of the same sessions.
  package var isPaired: Bool { interleaving != nil }
}

/// The facts about the history and the recordings that a judgement needs besides the numbers of
/// both sides.
package struct BaselineContext: Hashable, Sendable {
  /// The standing of each series, by the names that the candidate has.
  package var standings: [Series.ID: Standing]
  /// True if only parts of the suite were recorded for the candidate: a benchmark that it lacks was
  /// not measured here, and is not missing.
  package var candidateIsPart: Bool
  /// True if a candidate of which every series is new passes.
  package var allowsNoBaseline: Bool

  package init(
    standings: [Series.ID: Standing] = [:], candidateIsPart: Bool = false,
    allowsNoBaseline: Bool = false
  ) {
    self.standings = standings
    self.candidateIsPart = candidateIsPart
    self.allowsNoBaseline = allowsNoBaseline
  }
}
