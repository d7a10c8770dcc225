import Measurements
package import Verdicts

/// All that a comparison has to tell, finished; a rendering only chooses how to say it.
package struct Report: Sendable {
  /// Name and version of the program, `perf-gate 0.1.0`.
  package let tool: String
  /// nil where nobody gave the project a name, as there is only one.
  package let project: String?
  /// What the gate says of all parts together: that of the worst; nil for a comparison that judges
  /// nobody.
  package let outcome: Outcome?
  /// One for each suite and machine that was judged.
  package let parts: [SuiteReport]
  /// What the candidate's own rules make looser than the base's.
  package let loosened: [Loosening]
  /// What was recorded for the candidate and is in no part.
  package let notJudged: [NotJudged]
  /// Sentences that stand above the verdict.
  package let told: [String]
  /// What a reader should know that no row says and no part has of its own: lines of notes that were
  /// passed over, and the like.
  package let warnings: [String]

  package init(
    tool: String, project: String? = nil, parts: [SuiteReport], loosened: [Loosening] = [],
    notJudged: [NotJudged] = [], told: [String] = [], warnings: [String] = []
  ) {
    self.init(
      tool: tool, project: project, outcome: Self.outcome(of: parts), parts: parts,
      loosened: loosened, notJudged: notJudged, told: told, warnings: warnings)
  }

  /// - Parameter outcome: What whoever judged says.
  package init(
    tool: String, project: String?, outcome: Outcome?, parts: [SuiteReport],
    loosened: [Loosening] = [], notJudged: [NotJudged] = [], told: [String], warnings: [String]
  ) {
    self.tool = tool
    self.project = project
    self.outcome = outcome
    self.parts = parts.worstFirst
    self.loosened = loosened
    self.notJudged = notJudged
    self.told = told
    self.warnings = warnings
  }
}

extension [SuiteReport] {
  /// By what the gate says of them, then as they are.
  fileprivate var worstFirst: [SuiteReport] {
    Outcome.byUrgency.map(Outcome?.some).flatMap { outcome in filter { $0.outcome == outcome } }
      + filter { $0.outcome == nil }
  }
}

/// What was recorded for a candidate and is not judged.
package struct NotJudged: Hashable, Sendable {
  package let suite: String
  /// The key of its environment; nil for all of the suite.
  package let machine: String?
  /// The reason, in words: `--suite`.
  package let why: String

  package init(suite: String, machine: String? = nil, why: String) {
    self.suite = suite
    self.machine = machine
    self.why = why
  }
}

extension Report {
  /// A part that has nothing to compare with fails nothing beside one that has: the numbers that are
  /// not there are the history's.
  private static func outcome(of parts: [SuiteReport]) -> Outcome? {
    let isAnyCompared = !parts.allSatisfy(\.comparesNothing)
    let outcomes = parts.filter { !isAnyCompared || !$0.isOnlyWithoutHistory }.compactMap(\.outcome)
    return Outcome.byUrgency.first(where: outcomes.contains)
  }

  /// Whether the outcome of a part counts.
  func decides(_ part: SuiteReport) -> Bool {
    !part.isOnlyWithoutHistory || parts.allSatisfy(\.comparesNothing)
  }

  /// The exit status that the outcome stands for; nil for a comparison that judges nobody.
  package var status: Int32? { outcome?.status }

  /// How many judgements there are of each kind in all parts.
  package var counts: [Verdict.Kind: Int] {
    parts.reduce(into: Dictionary(uniqueKeysWithValues: Verdict.Kind.allCases.map { ($0, 0) })) {
      $0.merge($1.familyResult.counts) { $0 + $1 }
    }
  }

  /// All that candidates were judged by against their baselines.
  package var seriesResults: [SeriesResult] { parts.flatMap(\.familyResult.seriesResults) }

  /// Whether anything stays undecided.
  package var hasDoubts: Bool { parts.contains { $0.decision.hasDoubts } }

  /// Whether a reader must be told which part something is of.
  package var hasSeveralParts: Bool { parts.count > 1 }

  /// All warnings, each once, those of the whole first.
  package var allWarnings: [String] {
    var seen: Set<String> = []
    return (warnings + parts.flatMap(\.warnings)).filter { seen.insert($0).inserted }
  }
}
