package import Measurements

/// The numbers of baseline and candidate as they were measured, including those that have no other
/// side.
package struct Sides: Sendable {
  package let base: [Series]
  package let head: [Series]

  package init(base: [Series], head: [Series]) {
    self.base = base
    self.head = head
  }
}

/// The fixed point that the candidate is compared with besides its baseline.
package struct AnchorDescription: Sendable {
  /// The side of the fixed point; nil if there is none that can be compared with.
  package let party: SideDescription?
  /// The way it was chosen, or the reason why there is none: `the newest tag like 'v*'`.
  package let explanation: String

  package init(party: SideDescription?, explanation: String) {
    self.party = party
    self.explanation = explanation
  }
}

/// One side of a report.
package struct SideDescription: Hashable, Sendable {
  /// The user's name for the side: a revision or a file.
  package let name: String
  package let commit: String?
  package let tree: String?
  /// The ids of the runs, newest first; empty for runs that are not stored.
  package let runs: [String]
  package let environment: Environment?
  /// The busiest state of the machine while they were measured.
  package let conditions: PeakConditions

  package init(
    name: String, commit: String?, tree: String?, runs: [String], environment: Environment?,
    conditions: PeakConditions = PeakConditions()
  ) {
    self.conditions = conditions
    self.name = name
    self.commit = commit
    self.tree = tree
    self.runs = runs
    self.environment = environment
  }
}

/// The way the baseline was found.
package struct Origin: Hashable, Sendable {
  /// `against`, `session`, `merge-base`, `first-parent`, `file` or `none`.
  package let rule: String
  /// The rule if nothing was compared with.
  package static let none = "none"

  /// The rule in words: `merge-base with main`.
  package let explanation: String
  /// The number of first-parent steps back from the start of the search; nil if nothing was
  /// searched.
  package let distance: Int?
  /// Commits that could not serve, each with the reason.
  package let skipped: [String]
  /// The machines that have numbers, if this one has none.
  package let others: [Environment]

  package init(
    rule: String, explanation: String, distance: Int?, skipped: [String],
    others: [Environment] = []
  ) {
    self.others = others
    self.rule = rule
    self.explanation = explanation
    self.distance = distance
    self.skipped = skipped
  }
}
