import CommandLine
import Configuration
import Formats
import Git
import History
import Measurements
import Reports
import Runner
import Statistics
import Verdicts

/// `perf-gate --measure`: measures both sides in turns, and stops each benchmark as soon as its
/// verdict is clear.
struct MeasuringGate {
  /// The gate for one suite.
  let gate: Gate
  let ruling: Ruling
  let suite: String
  /// The time that measuring may take.
  let limit: MeasuringTimer

  private var call: CommandContext<GateSettings> { gate.call }
  private var workspace: Workspace { ruling.workspace }

  func report() throws -> SuiteReport {
    let configuration = workspace.configuration
    let head = try workspace.commit(call.revision)
    let base = try base(for: head)
    guard base != head else {
      throw Diagnostic(
        .usage, "both sides are \(head.id.short)", hint: "name another with `--against`")
    }
    let policy = try gate.policy(for: suite, in: workspace)
    var definition = try configuration.definition(of: suite).recording(policy.deciding)
      .withPrintedTasks(
        in: workspace.repository.workTree ?? call.directory,
        environment: call.process.environment)
    if let limit = limit.whole {
      // A launch or preparation that does not end by itself ends when the time limit is used up.
      definition.timeout = min(definition.timeout ?? limit, limit)
      definition.prepareTimeout = limit
    }
    let plan = try Plan(
      definition: definition, labels: [:], environment: call.process.environment,
      outputs: try call.outputFolder(call.settings.keepOutput), prices: configuration.prices)
    try workspace.warn(of: plan, call)
    try Preflight(call: call, configuration: configuration, commands: definition.commands).check()
    let pairing = Pairing(
      base: base, head: head, workspace: workspace, plan: plan, suite: suite, prefix: "",
      keepsBuilds: call.settings.keepBuilds)
    var random = SystemRandomNumberGenerator()
    let session = Session.identifier(using: &random)
    let seed = Int64.random(in: 0..<1 << 53)
    let before = call.process.conditions()
    let measured = try measure(pairing, seed: seed, under: policy)
    let runs = try pairing.store(
      measured.readings, session: session, seed: seed, suite: suite,
      parts: measured.rounds.map { $0.contains(0) ? "ended early" : nil }, since: before,
      roundLoads: measured.roundLoads, call)
    pairing.tell(of: measured.readings, call)
    if let shortage = measured.shortage(after: limit.whole) { throw shortage }
    return try report(measured, runs, pairing)
  }

  private func base(for head: Commit) throws -> Commit {
    if let against = call.settings.against { return try workspace.commit(against) }
    guard let base = try ruling.base?.get() else { preconditionFailure("nothing was typed") }
    return try Pairing.base(for: head, leaving: base, in: workspace)
  }
}

extension MeasuringGate {
  /// The numbers and the test of a measurement.
  private struct Measured {
    let sequentialTest: SequentialTest
    let readings: [ParsedResults]
    /// The judged series of the base: the rounds of earlier sessions, then those of this one.
    let old: [Series]
    let new: [Series]
    /// For each side, the number of rounds of every benchmark that could be launched.
    let rounds: [[Int]]
    /// The load average before each round of this session.
    let roundLoads: [Double]
    /// The number of rounds of earlier sessions.
    let earlier: Int
    let isOver: Bool

    /// An error if there are too few rounds for any verdict; nil if there are enough.
    func shortage(after limit: Duration?) -> Diagnostic? {
      guard isOver, let limit, let least = rounds.flatMap(\.self).min(), least + earlier < 3 else {
        return nil
      }
      // A harness measures several benchmarks in a single launch.
      let names = Set(readings.flatMap(\.series).map(\.benchmark)).count
      let count = max(names, rounds.map(\.count).max() ?? 0)
      let benchmarks = count == 1 ? "1 benchmark" : "\(count) benchmarks"
      let enough =
        least == 0
        ? "\(limit.inWords) were not enough for a round of \(benchmarks)"
        : "\(limit.inWords) were enough for \(least) \(least == 1 ? "round" : "rounds") of \(benchmarks)"
      let wanted =
        least == 0
        ? "a longer --time-limit" : "--time-limit \((limit * 5 / least).roundedUp.inWords)"
      return Diagnostic(
        .unusable, "\(enough); 3 are the least, 5 decide: \(wanted), or a suite of less")
    }
  }

  /// Measures, and judges at each interim look, until every benchmark is settled or the time is up.
  private func measure(
    _ pairing: Pairing, seed: Int64, under policy: Policy
  ) throws -> Measured {
    let progress = ProgressLine(call, sides: ["base", "head"])
    defer { progress.clear() }
    let earlier = try EarlierPairs(
      of: suite, base: pairing.base, head: workspace.home(of: pairing.head), in: workspace)
    if earlier.rounds > 0, call.settings.common.verbosity != .quiet {
      call.err.line("goes on from \(earlier.rounds) rounds of earlier sessions")
    }
    let measured = try pairing.withSides(tell: progress.tell, warn: call.warn) { sides, preparing in
      defer { sayTime(preparing, pairing) }
      return try limit.counting {
        try looked(pairing, seed: seed, policy, earlier, progress, sides)
      }
    }
    guard measured.readings.contains(where: { !$0.series.isEmpty || !$0.failures.isEmpty }) else {
      throw Diagnostic(
        .unusable, "time was up before the first round", hint: "give it more with `--time-limit`")
    }
    return measured
  }

  /// Prints the time that counted for the time limit, and the time of `prepare`, which did not.
  private func sayTime(_ preparing: Duration, _ pairing: Pairing) {
    guard let whole = limit.whole, pairing.plan.definition.prepare != nil,
      call.settings.common.verbosity != .quiet
    else { return }
    call.err.line(
      "measured for \(limit.spent.inSeconds) of \(whole.inWords); `prepare` took "
        + "\(preparing.inSeconds) besides")
  }

  private func looked(
    _ pairing: Pairing, seed: Int64, _ policy: Policy, _ earlier: EarlierPairs,
    _ progress: ProgressLine, _ sides: [[BenchmarkJob]]
  ) throws -> Measured {
    var runner = BenchmarkRunner(
      sides: sides, warmups: pairing.plan.warmups,
      generator: SeededGenerator(seed: UInt64(bitPattern: seed)))
    var sequentialTest = SequentialTest(
      policy: policy, context: BaselineContext(allowsNoBaseline: true), after: earlier.rounds,
      notWaitingFor: pairing.plan.idleMetrics(under: policy))
    while let look = sequentialTest.next {
      try runner.advance(
        to: max(1, pairing.plan.rounds(at: look) - earlier.rounds),
        only: sequentialTest.undecided.map { runner.places(of: $0, sides) },
        progress: { launch in
          progress.show(
            launch, launch.left.map { .untilLook(in: $0, limit: limit.left) },
            at: LookState(of: sequentialTest))
        }, isOver: { limit.isOver })
      let readings = runner.readings(of: sides)
      let pairs = earlier.followed(
        by: readings[0].judged(under: policy), readings[1].judged(under: policy))
      // Benchmarks that failed on either side are not judged; they are reported as failed.
      let failures = readings[1].failures + readings[0].failures.map(\.ofBase)
      if limit.isOver {
        sequentialTest.conclude(
          old: pairs.old, new: pairs.new, failures: failures, standings: pairs.standings)
      } else {
        sequentialTest.look(
          old: pairs.old, new: pairs.new, failures: failures, standings: pairs.standings)
      }
    }
    progress.clear()
    call.showLastWords(in: runner)
    let readings = runner.readings(of: sides)
    let judged = earlier.followed(by: readings[0].series, readings[1].series)
    return Measured(
      sequentialTest: sequentialTest, readings: readings, old: judged.old, new: judged.new,
      rounds: sides.indices.map(runner.rounds), roundLoads: runner.loads,
      earlier: earlier.rounds, isOver: limit.isOver)
  }

  private func report(
    _ measured: Measured, _ runs: [StoredRun], _ pairing: Pairing
  ) throws -> SuiteReport {
    let subject = RevisionOrFile.commit(pairing.head, name: call.revision)
    let sequentialTest = measured.sequentialTest
    let comparison = PartComparison(
      old: runs[0], measured.old, of: pairing.base, new: runs[1], measured.new,
      of: try workspace.home(of: pairing.head), name: call.revision,
      because: "measured in turns, until it was clear")
    if let problem = comparison.problems(of: sequentialTest.policy, first: 1).first {
      throw problem
    }
    var resolver = try SideResolver(call, workspace, maxDistance: call.settings.maxDistance)
    let (part, candidate) = (RecordedPart([runs[1]]), try resolver.candidate(subject))
    let anchor = try gate.anchor(
      besides: comparison, of: part, candidate, for: subject, in: workspace, &resolver)
    var decision = sequentialTest.decision(anchor: anchor?.series ?? .none)
    decision.goals = try gate.goals(
      of: comparison, part, candidate, for: subject, under: sequentialTest.policy, in: workspace,
      &resolver)
    return comparison.report(
      suite: suite, policy: sequentialTest.policy, isGate: true, anchor: anchor,
      decision: decision,
      warnings: resolver.warnings)
  }
}

extension Duration {
  /// The duration as an option takes it, such as `90s` or `5m`.
  fileprivate var inWords: String {
    let seconds = self / .seconds(1)
    if seconds >= 60, (seconds / 60).rounded() * 60 == seconds { return "\(Int(seconds / 60))m" }
    return seconds == seconds.rounded() ? "\(Int(seconds))s" : "\(Int(seconds * 1000))ms"
  }

  /// The time that was spent, such as `31 s`.
  fileprivate var inSeconds: String {
    let seconds = self / .seconds(1)
    return seconds < 1 ? "less than 1 s" : "\(Int(seconds.rounded())) s"
  }

  /// The duration rounded up to whole minutes, or to whole seconds up to two minutes.
  fileprivate var roundedUp: Duration {
    let seconds = self / .seconds(1)
    return seconds > 120
      ? .seconds(Int((seconds / 60).rounded(.up)) * 60) : .seconds(Int(seconds.rounded(.up)))
  }
}

extension Failure {
  fileprivate var ofBase: Failure { Failure(benchmark, reason: "on the base, \(reason)") }
}

extension Plan {
  /// The names of the metrics that are worth no further round: times and memory of tasks of which
  /// something else is judged. Each round of a task may cost money, and its time says little of the
  /// program. They are worth it where the policy names them.
  fileprivate func idleMetrics(under policy: Policy) -> Set<String> {
    let isTask = definition.outcome != nil || definition.format?.subject == .modelCalls
    return isTask && policy.deciding.isEmpty ? Metric.ofLaunches : []
  }
}

extension ParsedResults {
  /// The series that decide when to stop. If the policy names deciding metrics, that is all series.
  /// Else it is all but user and system time of timed commands: those come in ticks, and would keep
  /// every benchmark open.
  fileprivate func judged(under policy: Policy) -> [Series] {
    guard policy.deciding.isEmpty else { return series }
    let timed = Set(series.filter { $0.metric == .wallTime }.map(\.benchmark))
    return series.filter {
      !timed.contains($0.benchmark) || ![Metric.userTime, .systemTime].contains($0.metric)
    }
  }
}

extension BenchmarkRunner {
  /// The indices of the jobs that some benchmarks come from.
  fileprivate func places(of benchmarks: Set<Benchmark>, _ sides: [[BenchmarkJob]]) -> Set<Int> {
    Set(
      sides[0].indices.filter { index in
        benchmarks.contains(sides[0][index].benchmark)
          || logs.contains { side in
            side[index].readings.contains { reading in
              reading.series.contains { benchmarks.contains($0.benchmark) }
            }
          }
      })
  }
}
