import Configuration
import Git
import History
import Measurements
import Reports
import Verdicts

/// Questions to the history besides the search for baselines.
extension Judging {
  /// A suite that the history has and the candidate does not.
  struct LackingSuite {
    let suite: String
    /// The nearest commit that has the suite.
    let commit: Commit
  }

  /// The suites that the candidate lacks, ordered by name; empty if options choose the suites.
  mutating func suitesThatLack(
    _ candidate: SelectedRuns, _ start: WalkStart?
  ) throws -> [LackingSuite] {
    guard let start, call.suites(workspace.configuration).isEmpty else { return [] }
    let own = Set(candidate.parts.map(\.suite))
    let there = try resolver.searching { search throws(HistoryError) in
      try search.suites(from: start)
    }
    return there.filter { !own.contains($0.key) }.sorted { $0.key < $1.key }
      .map { LackingSuite(suite: $0.key, commit: $0.value) }
  }

  func words(of suites: [LackingSuite], areOptional: Bool) -> [String] {
    suites.filter { (configuration($0.suite)?.required == false) == areOptional }.map {
      "suite \($0.suite.visible(limit: 60)) was not recorded here (last on \($0.commit.id.short))"
    }
  }

  func configuration(_ suite: String) -> SuiteDefinition? {
    workspace.configuration.suites[suite]
  }

  /// The part of a report for a required suite that was not recorded.
  func required(_ suite: String, _ candidate: SelectedRuns) throws -> SuiteReport {
    let failure = Failure(nil, reason: "suite \(suite) is required, and was not recorded")
    let policy = try gate.policy(for: suite, in: workspace)
    return PartComparison(lacking: failure, of: candidate)
      .report(suite: suite, policy: policy, isGate: true)
  }

  /// The series of the base by suite; the candidate's if the base has none. Rules are compared for
  /// these series only.
  mutating func measured(
    _ judged: [JudgedPart], _ lacking: [LackingSuite]
  ) throws -> [String: [Series]] {
    var measured: [String: [Series]] = [:]
    for one in judged {
      let series = one.comparison.old.isEmpty ? one.comparison.new : one.comparison.old
      measured[one.part.suite, default: []] += series
    }
    for one in lacking {
      measured[one.suite] = try resolver.searching { search throws(HistoryError) in
        try search.series(of: one.suite, at: one.commit)
      }
    }
    return measured
  }

  /// Marks numbers as uncertain if the change itself gives the name under which they are compared.
  func doubtNewNames(_ loosened: [Loosening], in judged: inout [JudgedPart]) {
    let names =
      ruling.rules.isFirst
      ? Set(judged.flatMap { $0.policy.aliases.map(\.new) })
      : Set(loosened.filter { $0.key == "alias" }.compactMap(\.pattern))
    guard !names.isEmpty else { return }
    for index in judged.indices {
      for id in judged[index].comparison.context.standings.keys
      where names.contains(id.benchmark.name) {
        judged[index].comparison.context.standings[id]?.doubts.append(
          "compared under a name that this change gives it")
      }
    }
  }

  /// A sentence for each removed run of the candidate's content.
  mutating func removed(_ candidate: SelectedRuns) throws -> [String] {
    guard let stand = candidate.stand else { return [] }
    let commits = [stand, candidate.home].compactMap(\.self) + candidate.lenders
    return try resolver.searching { search throws(HistoryError) in
      try search.removed(at: commits)
    }.map {
      "run \($0.id.short.prefix(7)) of this commit was removed on \($0.day): "
        + $0.reason.visible(limit: 200)
    }
  }

  /// A failure for each imported file that has the numbers of another commit. Such a file is
  /// no evidence.
  func staleFiles(of judged: JudgedPart) -> [Failure] {
    let others = (judged.found?.baselines ?? []).flatMap(\.runs).map(\.run)
    return judged.part.pool.runs.compactMap { stored in
      guard let other = StaleImport.source(of: stored.run, among: others) else { return nil }
      let commit = (other.commit ?? "").prefix(10)
      return Failure(nil, reason: "the same numbers as \(commit): an old file?")
    }
  }

  /// Returns a function that finds the last commit with a benchmark of a name that neither
  /// side has.
  func namesBefore(
    _ suite: String, _ start: WalkStart?
  ) -> (PolicyProblem.Subject, Pattern) -> String? {
    guard let start, let search = resolver.search else { return { _, _ in nil } }
    return { subject, pattern in
      guard subject == .benchmark, let name = pattern.literal else { return nil }
      var search = search
      return (try? search.lastCommit(with: name, suite: suite, from: start))?.id.short
    }
  }
}
