import Configuration
import Git
import History
import Measurements
import Reports
import Verdicts

/// What the way back has besides the baselines.
extension Judging {
  /// A suite that the way back has and the candidate has not.
  struct LackingSuite {
    let suite: String
    /// The nearest commit that has it.
    let commit: Commit
  }

  /// In the order of their names; none where some are asked for.
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

  /// The part of a suite that was to be recorded and is not.
  func required(_ suite: String, _ candidate: SelectedRuns) throws -> SuiteReport {
    let failure = Failure(nil, reason: "suite \(suite) is required, and was not recorded")
    let policy = try gate.policy(for: suite, in: workspace)
    return PartComparison(lacking: failure, of: candidate)
      .report(suite: suite, policy: policy, isGate: true)
  }

  /// The series that the base has, by suite, which is what rules can be looser for; where it has none, the
  /// candidate's.
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

  /// A number that goes on under a name which the change itself gives it is not certain.
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

  /// Runs of the candidate's content that were taken out, a sentence each.
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

  /// Imported files that hold the numbers of another commit, which are no evidence.
  func staleFiles(of judged: JudgedPart) -> [Failure] {
    let others = (judged.found?.baselines ?? []).flatMap(\.runs).map(\.run)
    return judged.part.pool.runs.compactMap { stored in
      guard let other = StaleImport.source(of: stored.run, among: others) else { return nil }
      let commit = (other.commit ?? "").prefix(10)
      return Failure(nil, reason: "the same numbers as \(commit): an old file?")
    }
  }

  /// Which commit had a benchmark last that neither side has.
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
