import Measurements
package import Verdicts

/// Everything that a comparison reports, finished; a rendering only chooses the form.
package struct Report: Sendable {
  /// The name and version of the program, `perf-gate 0.1.0`.
  package let tool: String
  /// The name of the project; nil if nobody gave it a name, as there is only one.
  package let project: String?
  /// The gate's outcome for all parts together, which is that of the worst; nil for a comparison
  /// that judges nobody.
  package let outcome: Outcome?
  /// The parts, one for each suite and machine that was judged.
  package let parts: [SuiteReport]
  /// The candidate's own rules that are looser than the base's.
  package let loosened: [Loosening]
  /// The recordings of the candidate that are in no part.
  package let notJudged: [NotJudged]
  /// Sentences that stand above the verdict.
  package let told: [String]
  /// Warnings for the reader that are not in a row and belong to no part: lines of notes that were
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

  /// - Parameter outcome: The outcome that the program that judged gives.
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
  /// The parts in the order of the gate's outcome for them, then in their own order.
  fileprivate var worstFirst: [SuiteReport] {
    Outcome.byUrgency.map(Outcome?.some).flatMap { outcome in filter { $0.outcome == outcome } }
      + filter { $0.outcome == nil }
  }
}

/// A recording of a candidate that is not judged.
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
  /// Returns the outcome of all parts. A part that has nothing to compare with fails nothing if
  /// another part has: the missing numbers are the history's.
  private static func outcome(of parts: [SuiteReport]) -> Outcome? {
    let isAnyCompared = !parts.allSatisfy(\.comparesNothing)
    let outcomes = parts.filter { !isAnyCompared || !$0.isOnlyWithoutHistory }.compactMap(\.outcome)
    return Outcome.byUrgency.first(where: outcomes.contains)
  }

  /// True if the outcome of a part counts.
  func decides(_ part: SuiteReport) -> Bool {
    !part.isOnlyWithoutHistory || parts.allSatisfy(\.comparesNothing)
  }

  /// The exit status that the outcome stands for; nil for a comparison that judges nobody.
  package var status: Int32? { outcome?.status }

  /// The number of judgements of each kind in all parts.
  package var counts: [Verdict.Kind: Int] {
    parts.reduce(into: Dictionary(uniqueKeysWithValues: Verdict.Kind.allCases.map { ($0, 0) })) {
      $0.merge($1.familyResult.counts) { $0 + $1 }
    }
  }

  /// All judgements of candidates against their baselines.
  package var seriesResults: [SeriesResult] { parts.flatMap(\.familyResult.seriesResults) }

  /// True if anything stays undecided.
  package var hasDoubts: Bool { parts.contains { $0.decision.hasDoubts } }

  /// True if a reader must be told which part a row belongs to.
  package var hasSeveralParts: Bool { parts.count > 1 }

  /// All warnings, each once; those of the whole report come first.
  package var allWarnings: [String] {
    var seen: Set<String> = []
    return (warnings + parts.flatMap(\.warnings)).filter { seen.insert($0).inserted }
  }
}
