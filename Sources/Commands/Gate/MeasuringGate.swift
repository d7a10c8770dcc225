import Git
import History
import Intake
import Measurements
import Reports
import Statistics
import Verdicts

/// `perf-gate --measure`: measures both sides in turns, and stops each benchmark as soon as its verdict
/// is clear.
struct MeasuringGate {
  let gate: Gate
  let ruling: Ruling

  private var workspace: Workspace { ruling.workspace }

  private var call: Call<GateSettings> { gate.call }

  func report() throws -> Report {
    let configuration = workspace.configuration
    let head = try workspace.commit(call.revision)
    let base = try base(for: head)
    guard base != head else {
      throw Complaint(
        .usage, "both sides are \(head.id.short)", hint: "name another with `--against`")
    }
    var definition = try configuration.definition(of: call.settings.comparing.suites.first)
    if let budget = call.settings.budget {
      // What does not end by itself ends with the time that there is.
      definition.timeout = min(definition.timeout ?? budget, budget)
      definition.prepareTimeout = budget
    }
    let plan = try Plan(
      definition: definition, labels: [:], environment: call.invocation.environment,
      outputs: try call.outputFolder(call.settings.keepOutput), prices: configuration.prices)
    try workspace.warn(of: plan, call)
    try Fitness(call: call, configuration: configuration, commands: definition.commands).check()
    let pairing = Pairing(
      base: base, head: head, workspace: workspace, plan: plan, prefix: "",
      keepsBuilds: call.settings.keepBuilds)
    var random = SystemRandomNumberGenerator()
    let session = Session.identifier(using: &random)
    let seed = Int64.random(in: 0..<1 << 53)
    let (trial, readings) = try measure(pairing, seed: seed)
    let runs = try pairing.store(
      readings, session: session, seed: seed, suite: call.suite(configuration), call)
    pairing.tell(of: readings, call)
    return try report(trial, runs, pairing)
  }

  private func base(for head: Commit) throws -> Commit {
    if let against = call.settings.against { return try workspace.commit(against) }
    guard let base = try ruling.base?.get() else { preconditionFailure("nothing was typed") }
    return try Pairing.base(for: head, leaving: base, in: workspace)
  }
}

extension MeasuringGate {
  /// Looks at the rounds now and then, until every benchmark is settled or time is up.
  private func measure(_ pairing: Pairing, seed: Int64) throws -> (Trial, [Reading]) {
    let progress = ProgressLine(call, sides: ["base", "head"])
    defer { progress.clear() }
    let policy = try gate.policy(for: call.suite(workspace.configuration), in: workspace)
    // Checking out and preparing are a part of what somebody waits for.
    let start = SuspendingClock.now
    func budget() -> Duration? {
      call.settings.budget.map { max(.zero, $0 - (SuspendingClock.now - start)) }
    }
    func isOver() -> Bool { budget() == .zero }
    func show(_ launch: Campaign.Progress) {
      progress.show(launch, launch.left.map { .untilLook(in: $0, budget: budget()) })
    }
    let (trial, readings) = try pairing.withSides(tell: progress.tell) { sides in
      var campaign = Campaign(
        sides: sides, warmups: pairing.plan.warmups,
        generator: SeededGenerator(seed: UInt64(bitPattern: seed)))
      var trial = Trial(policy: policy)
      while let look = trial.next {
        try campaign.advance(
          to: pairing.plan.rounds(at: look),
          only: trial.undecided.map { campaign.places(of: $0, sides) },
          progress: show, isOver: isOver)
        let readings = campaign.readings(of: sides)
        let (old, new) = (readings[0].judged, readings[1].judged)
        // What failed on either side is not judged, and says so.
        let failures = readings[1].failures + readings[0].failures.map(\.ofBase)
        if isOver() {
          trial.conclude(old: old, new: new, failures: failures)
        } else {
          trial.look(old: old, new: new, failures: failures)
        }
      }
      progress.clear()
      call.showLastWords(in: campaign)
      return (trial, campaign.readings(of: sides))
    }
    guard readings.contains(where: { !$0.series.isEmpty || !$0.failures.isEmpty }) else {
      throw Complaint(
        .unusable, "time was up before the first round", hint: "give it more with `--budget`")
    }
    return (trial, readings)
  }

  private func report(_ trial: Trial, _ runs: [StoredRun], _ pairing: Pairing) throws -> Report {
    let subject = Subject.commit(pairing.head, name: call.revision)
    let comparison = PartComparison(
      old: runs[0], of: pairing.base, new: runs[1], of: try workspace.home(of: pairing.head),
      name: call.revision, because: "measured in turns, until it was clear")
    if let problem = comparison.problems(of: trial.policy, first: 1).first { throw problem }
    var resolver = try SideResolver(call, workspace, maxDistance: call.settings.maxDistance)
    let part = RecordedPart([runs[1]])
    let anchor = try gate.anchor(
      besides: comparison, of: part, resolver.candidate(subject), for: subject, in: workspace,
      &resolver)
    let report = comparison.report(
      suite: call.suite(workspace.configuration), policy: trial.policy, isGate: true,
      anchor: anchor, decision: trial.decision(anchor: anchor?.series ?? .none),
      warnings: resolver.warnings)
    let measured = [report.suite: comparison.old]
    return Report(
      tool: call.tool, project: workspace.configuration.project, parts: [report],
      loosened: try ruling.rules.loosened(measured),
      told: try ruling.rules.remarks + ruling.rules.pending(measured))
  }
}

extension Failure {
  fileprivate var ofBase: Failure { Failure(benchmark, reason: "on the base, \(reason)") }
}

extension Reading {
  /// What decides when to stop: of a command that is timed, the time that somebody waits for and the
  /// memory; processor times come in ticks, and would keep everything open.
  fileprivate var judged: [Series] {
    let timed = Set(series.filter { $0.metric == .wallTime }.map(\.benchmark))
    return series.filter {
      !timed.contains($0.benchmark) || ![Metric.userTime, .systemTime].contains($0.metric)
    }
  }
}

extension Campaign {
  /// Where the probes are that some benchmarks come from.
  fileprivate func places(of benchmarks: Set<Benchmark>, _ sides: [[Probe]]) -> Set<Int> {
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
