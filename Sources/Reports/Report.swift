package import Measurements
package import Verdicts

/// All that a comparison has to tell, finished; a rendering only chooses how to say it.
package struct Report: Sendable {
  /// Name and version of the program, `perf-gate 0.1.0`.
  package let tool: String
  /// What the gate says; nil for a comparison that judges nobody.
  package let outcome: Outcome?
  package let scope: Scope
  package let baseline: Party
  package let candidate: Party
  package let origin: Origin
  package let sides: Sides
  /// The fixed point further back; nil where the policy asks for none.
  package let anchor: AnchorParty?
  package let decision: Decision
  package let policy: Policy
  /// What a reader should know that no row says: lines of notes that were passed over, and the like.
  package let warnings: [String]

  package init(
    tool: String, outcome: Outcome?, scope: Scope, baseline: Party, candidate: Party,
    origin: Origin, sides: Sides, anchor: AnchorParty? = nil, decision: Decision, policy: Policy,
    warnings: [String]
  ) {
    self.tool = tool
    self.outcome = outcome
    self.scope = scope
    self.baseline = baseline
    self.candidate = candidate
    self.origin = origin
    self.sides = sides
    self.anchor = anchor
    self.decision = decision
    self.policy = policy
    self.warnings = warnings
  }
}

extension Report {
  /// Candidate against baseline.
  package var assessment: Assessment { decision.assessment }

  package var suite: String { scope.suite }

  /// Whether there was no baseline, or none was wanted.
  package var isAlone: Bool { origin.rule == Origin.none }
}

/// Of what a report is, where one change has several of them.
package struct Scope: Hashable, Sendable {
  /// nil where nobody gave the project a name, as there is only one.
  package let project: String?
  package let suite: String

  package init(project: String? = nil, suite: String) {
    self.project = project
    self.suite = suite
  }
}

/// The numbers of baseline and candidate as they were measured, also those that have no other side.
package struct Sides: Sendable {
  package let base: [Series]
  package let head: [Series]

  package init(base: [Series], head: [Series]) {
    self.base = base
    self.head = head
  }
}

/// What the candidate is compared with besides its baseline.
package struct AnchorParty: Sendable {
  /// nil where there is none that can be compared with.
  package let party: Party?
  /// How it was chosen, or why there is none: `the newest tag like 'v*'`.
  package let explanation: String

  package init(party: Party?, explanation: String) {
    self.party = party
    self.explanation = explanation
  }
}

/// One side of a report.
package struct Party: Sendable {
  /// What the user calls it: a revision or a file.
  package let name: String
  package let commit: String?
  package let tree: String?
  /// The ids of the runs, newest first; empty for runs that are not stored.
  package let runs: [String]
  package let environment: Environment?

  package init(
    name: String, commit: String?, tree: String?, runs: [String], environment: Environment?
  ) {
    self.name = name
    self.commit = commit
    self.tree = tree
    self.runs = runs
    self.environment = environment
  }
}

/// How the baseline was found.
package struct Origin: Sendable {
  /// `against`, `session`, `merge-base`, `first-parent`, `file` or `none`.
  package let rule: String
  /// The rule where nothing was compared with.
  package static let none = "none"

  /// In words: `merge-base with main`.
  package let explanation: String
  /// First-parent steps back from where the search began; nil when nothing was searched.
  package let distance: Int?
  /// Commits that could not serve, each with the reason.
  package let skipped: [String]

  package init(rule: String, explanation: String, distance: Int?, skipped: [String]) {
    self.rule = rule
    self.explanation = explanation
    self.distance = distance
    self.skipped = skipped
  }
}
