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

/// `perf-record --paired`: measures two commits in turns. Each keeps its own numbers, and both runs
/// have the same session.
struct PairedRecording {
  let call: CommandContext<RecordSettings>
  let revision: String

  func run() throws -> ExitStatus {
    let workspace = try Workspace(call)
    call.storeSpooled(in: workspace)
    let head = try workspace.commit("HEAD")
    let base = try Pairing.base(revision, for: head, in: workspace, call)
    guard base != head else {
      throw Diagnostic(
        .usage, "'\(revision)' is HEAD itself", hint: "name the commit to compare HEAD with")
    }
    let settings = call.settings
    let plan = try call.plan(
      workspace.configuration, in: workspace.repository.workTree)
    try workspace.warn(of: plan, call)
    try Preflight(
      call: call, configuration: workspace.configuration, commands: plan.definition.commands
    ).check()
    let pairing = Pairing(
      base: base, head: head, workspace: workspace, plan: plan,
      suite: call.command == nil ? call.suite(workspace.configuration) : nil,
      prefix: call.command == nil ? "" : try call.prefix(in: workspace),
      keepsBuilds: settings.keepBuilds)
    var random = SystemRandomNumberGenerator()
    let session = settings.session ?? Session.identifier(using: &random)
    let seed = settings.seed.map(Int64.init) ?? Int64.random(in: 0..<1 << 53)
    let before = call.process.conditions()
    let (measured, loads) = try measure(pairing, seed: seed)
    let readings = try measured.map { try call.directed($0, workspace.configuration) }
    call.tellGuesses(in: readings[1].series)
    return try store(
      readings, pairing, session: session, seed: seed, since: before, roundLoads: loads)
  }

  private func measure(
    _ pairing: Pairing, seed: Int64
  ) throws -> (readings: [ParsedResults], roundLoads: [Double]) {
    let progress = ProgressLine(call, sides: ["base", "head"])
    defer { progress.clear() }
    return try pairing.withSides(tell: progress.tell, warn: call.warn) { sides, _ in
      var runner = BenchmarkRunner(
        sides: sides, warmups: pairing.plan.warmups,
        generator: SeededGenerator(seed: UInt64(bitPattern: seed)))
      try runner.advance(to: pairing.plan.rounds, progress: progress.show)
      progress.clear()
      call.showLastWords(in: runner)
      let limit = pairing.plan.definition.infrastructureLimit
      let readings = runner.readings(of: sides).map {
        $0.limited(toInfrastructureFailures: limit)
      }
      return (readings, runner.loads)
    }
  }

  private func store(
    _ readings: [ParsedResults], _ pairing: Pairing, session: String, seed: Int64,
    since before: Conditions, roundLoads: [Double]
  ) throws -> ExitStatus {
    _ = try pairing.store(
      readings, session: session, seed: seed, suite: call.suite(pairing.workspace.configuration),
      parts: [call.part, call.part], since: before, roundLoads: roundLoads, call)
    say(readings, pairing)
    try call.tellImplausible(
      in: readings[1].series, call.suite(pairing.workspace.configuration),
      pairing.workspace.configuration)
    pairing.tell(of: readings, call)
    try call.pushIfAsked()
    return try call.conclude(
      zip(readings, pairing.sides).flatMap { reading, side in
        reading.failures.map { Failure($0.benchmark, reason: "on \(side), \($0.reason)") }
      })
  }

  private func say(_ readings: [ParsedResults], _ pairing: Pairing) {
    guard call.settings.common.verbosity != .quiet else { return }
    for (reading, side) in zip(readings, pairing.sides) {
      call.out.line("\(side)")
      call.out(RunSummary(reading.series.map(RunSummary.Row.init)).text)
    }
    call.out.line(
      "stored on \(pairing.base.id.short) and \(pairing.head.id.short) in "
        + "\(pairing.workspace.notesRef.visible()), as one session")
  }
}
