package import Measurements

/// What the history says about one series besides its numbers.
package struct Standing: Hashable, Sendable {
  /// The index of its baseline among those of the report; nil where it has none.
  package var baseline: Int?
  /// How both sides were launched; nil where they are not of the same sessions.
  package var interleaving: Interleaving?
  /// Why a regression is not certain, a sentence each.
  package var doubts: [String]
  /// Why the numbers of the history cannot be used; the row is incomparable.
  package var trouble: String?
  /// Whether that is because nobody can read them: who cannot look, passes nothing.
  package var isUnreadable = false
  /// Whether candidate and baseline do not differ in anything that is measured.
  package var isSame = false
  /// What was recorded of it before; nil where that is not asked for, as for pairs.
  package var past: PastRecordings?
  /// The numbers of a marked merge-base; the baseline is then that of the mark.
  package var markedBase: [Series]

  package init(
    baseline: Int? = nil, interleaving: Interleaving? = nil, doubts: [String] = [],
    trouble: String? = nil,
    markedBase: [Series] = []
  ) {
    self.baseline = baseline
    self.interleaving = interleaving
    self.doubts = doubts
    self.trouble = trouble
    self.markedBase = markedBase
  }

  /// Whether both sides are of the same sessions.
  package var isPaired: Bool { interleaving != nil }
}

/// What a judgement must know of the history and of the recordings besides the numbers of both sides.
package struct BaselineContext: Hashable, Sendable {
  /// By the names that the candidate has.
  package var standings: [Series.ID: Standing]
  /// Whether only parts of the suite were recorded for the candidate: what it lacks was not measured
  /// here, rather than being missing.
  package var candidateIsPart: Bool
  /// Whether a candidate of which every series is new passes.
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
