import CommandLine
import Git
import Measurements
import Reports
import Runner
import Statistics
import Verdicts

extension Bisecting {
  /// Measures both ends in turns until the gate's own rule sees the change, and chooses the series to
  /// follow.
  ///
  /// - Returns: nil if a series was chosen; else the end of the bisection.
  func measureEnds() throws -> BisectionEnd? {
    let good = try endBuild(setUp.good)
    let shared = SharedPrograms(of: builds.plan, in: good.root, outside: builds.folders)
    let bad = try endBuild(setUp.bad)
    do throws(Diagnostic) {
      try SharedPrograms(of: builds.plan, in: bad.root, outside: builds.folders).check(
        against: shared, "for every commit",
        preparedLast: Side(word: "the bad end", commit: setUp.bad))
    } catch {
      throw EndError(diagnostic: error)
    }
    var ends = EndMeasurement(good: good, bad: bad)
    let pair = CommitPair(old: setUp.good.id, new: setUp.bad.id)
    var test = SequentialTest(
      policy: setUp.policy, context: BaselineContext(allowsNoBaseline: true))
    while let look = test.next {
      let wanted = setUp.plan.rounds(at: look)
      progress.announce("measuring both ends, up to \(wanted) rounds")
      while case let rounds = state.turns(of: pair).rounds, rounds < wanted, !isOver {
        progress.tell("measuring both ends: round \(rounds + 1) of \(wanted)")
        try measureRound(of: good, bad) { build, pair in
          let round = try launch(build, only: ends.wanted, in: pair)
          try ends.note(round, of: build) { place, reason in
            progress.clear()
            call.warn("'\(build.jobs[place].benchmark)' is left out: \(reason.reason)")
          }
        }
      }
      try save()
      let sides = state.turns(of: pair)
      let series = BisectedSeries(
        state.request, among: (sides.old + sides.new).map(\.benchmark.name))
      // With --swap the good end is the slow one.
      let slow = series.wanted(state.request.isSwapped ? sides.old : sides.new)
      let fast = series.wanted(state.request.isSwapped ? sides.new : sides.old)
      try checkWanted(slow + fast, among: sides.old + sides.new)
      let standings = Dictionary(
        slow.map { ($0.id, Standing(interleaving: sides.interleaving)) },
        uniquingKeysWith: { a, _ in a })
      if isOver {
        test.conclude(old: fast, new: slow, standings: standings)
      } else {
        test.look(old: fast, new: slow, standings: standings)
      }
      if let target = target(of: test, ends) {
        state.target = target
        try save()
        tell(target)
        return nil
      }
    }
    let results = test.familyResult.seriesResults
    if let better = results.first(where: { [.improvement, .collapsed].contains($0.verdict.kind) }),
      !isOver
    {
      throw wrongWay(better)
    }
    return isOver ? .undecidedEnds(results) : .notSeen(results, state.request)
  }

  private func wrongWay(_ result: SeriesResult) -> EndError {
    let (good, bad) = (state.request.goodName.visible(), state.request.badName.visible())
    let isSwapped = state.request.isSwapped
    return EndError(
      diagnostic: Diagnostic(
        .usage,
        "'\(isSwapped ? bad : good)' is worse than '\(isSwapped ? good : bad)': \(BisectionAnswer.words(for: result))",
        hint: isSwapped
          ? "leave --swap out: it is for a good end that is slower"
          : "`perf-bisect --swap` finds the commit that made it better"))
  }

  /// Checks that something is measured that was asked for.
  private func checkWanted(_ wanted: [Series], among all: [Series]) throws {
    guard wanted.isEmpty, !all.isEmpty else { return }
    let request = state.request
    let names = Set(all.map(\.benchmark.name)).sorted()
    if let benchmark = request.benchmark,
      !names.contains(where: Pattern(typed: benchmark, among: names).matches)
    {
      throw EndError(diagnostic: BisectionSetUp.unknown("benchmark", benchmark, among: names))
    }
    throw EndError(
      diagnostic: BisectionSetUp.unknown(
        "metric", request.metric ?? "", among: Set(all.map(\.metric.name)).sorted()))
  }

  private func tell(_ target: BisectionTarget) {
    guard call.settings.common.verbosity != .quiet else { return }
    progress.clear()
    call.err.line(
      "follows \(target.row.metric.visible()) of '\(target.row.benchmark.description.visible())'")
  }

  /// The series that changed and that separates the ends best; nil if none is seen to have changed.
  private func target(of test: SequentialTest, _ ends: EndMeasurement) -> BisectionTarget? {
    let changed = test.familyResult.seriesResults.filter { result in
      guard result.decides, result.verdict.kind == .regression else { return false }
      // Sums over tasks are not followed: no single launch has one.
      return result.comparison?.tasks.map { $0.kind == .rate } ?? true
    }
    let targets = changed.map { result in
      let members = result.comparison?.tasks?.members ?? []
      let ids = members.isEmpty ? [result.id] : members
      return BisectionTarget(
        row: result.id, members: ids,
        isOutcome: result.comparison?.isOfRates ?? result.metric.isOutcome,
        jobs: ends.jobs(measuring: Set(ids.map(\.benchmark))))
    }
    return targets.max { separation(of: $0) < separation(of: $1) }
  }

  private func separation(of target: BisectionTarget) -> Double {
    let launches = state.launches.flatMap { launch -> [BisectionLaunch] in
      let position = launch.commit == setUp.good.id ? 0 : 1
      return launch.values(of: target).map {
        BisectionLaunch(
          position: position, value: $0, session: launch.session, batch: launch.batch)
      }
    }
    guard Set(launches.map(\.position)).count == 2 else { return 0 }
    return target.isOutcome
      ? BisectionEvidence(outcomes: launches).separation
      : BisectionEvidence(values: launches).separation
  }
}

/// The measurement of both ends in turns.
private struct EndMeasurement {
  let good: CommitBuild
  let bad: CommitBuild
  /// The indices of the jobs that did not fail; nil before any failed.
  private(set) var wanted: Set<Int>?
  /// The jobs that measure each benchmark.
  private var measuring: [Benchmark: Set<Int>] = [:]

  init(good: CommitBuild, bad: CommitBuild) {
    self.good = good
    self.bad = bad
  }

  /// Notes the results of a launch. A benchmark that fails on an end is left out.
  ///
  /// - Parameter leaveOut: Called for each benchmark that failed.
  /// - Throws: ``EndError`` if none is left.
  mutating func note(
    _ round: CommitLauncher.Round, of build: CommitBuild,
    leaveOut: (Int, Unmeasurable) -> Void
  ) throws {
    for (place, series) in round.series.enumerated() {
      for one in series { measuring[one.benchmark, default: []].insert(place) }
    }
    var left = wanted ?? Set(build.jobs.indices)
    for (place, failure) in round.failures.enumerated() {
      guard let failure, left.remove(place) != nil else { continue }
      guard !left.isEmpty else { throw EndError(failure, build.commit) }
      leaveOut(place, failure)
    }
    wanted = left
  }

  func jobs(measuring benchmarks: Set<Benchmark>) -> [Int] {
    benchmarks.reduce(into: Set<Int>()) { $0.formUnion(measuring[$1] ?? []) }.sorted()
  }
}
