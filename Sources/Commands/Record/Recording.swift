import CommandLine
import Configuration
import Formats
import Git
import History
import Measurements
import Reports
import Runner
import Statistics
import System
import Verdicts

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A recording, from the options to the stored numbers.
struct Recording {
  let call: CommandContext<RecordSettings>

  private var settings: RecordSettings { call.settings }

  func run() throws -> ExitStatus {
    if settings.listsFormats { return try FormatList(call: call).run() }
    if settings.showsEnvironment { return try EnvironmentAnswer(call: call).run() }
    try call.check(UsageRule.record)
    if settings.spool != nil { return try Spooling(call: call).run() }
    if let processors = settings.processors { try pin(to: processors) }
    if let revision = settings.paired {
      return try PairedRecording(call: call, revision: revision).run()
    }
    if let range = settings.backfill { return try Backfilling(call: call, range: range).run() }
    let baseline = try settings.baseline.map { try NamedBaseline($0, in: Workspace(call)) }
    try baseline?.check()
    if let output = settings.output { try OutputFile.check(call.path(output), typed: output) }
    let place = try RecordTarget(call)
    if settings.output == nil { call.storeSpooled(in: try place.need()) }
    if settings.readsHistory { return try HistoryImport(call: call, place: place).run() }
    if let head = place.pullRequestHead(), settings.common.verbosity != .quiet {
      call.err.line(
        "this is the merge of a pull request: the runs are of its head \(head.id.short)")
    }
    let plan = call.measures ? try call.plan(place.configuration, in: place.root) : nil
    if let commands = plan?.definition.commands {
      try Preflight(call: call, configuration: place.configuration, commands: commands).check()
    }
    // Every JSON reader can represent integers below 2^53.
    let seed = settings.seed.map(Int64.init) ?? Int64.random(in: 0..<1 << 53)
    let before = call.measures ? call.process.conditions() : nil
    let tasks = try plan.flatMap { plan in
      plan.definition.isOfTasks ? try TaskRecording(call, plan, place) : nil
    }
    if let plan, tasks == nil { try refuseTaskOptions(plan) }
    if let ready = tasks?.ready { return try conclude(ready, of: tasks, at: place, baseline) }
    let numbers =
      try tasks?.numbers(seed: seed)
      ?? Source(call: call, place: place, plan: plan).numbers(seed: seed)
    let digest = numbers.digest
    let suite = call.suite(place.configuration)
    let limit =
      (plan?.definition ?? place.configuration.suites[suite])?.infrastructureLimit
      ?? SuiteDefinition.usualInfrastructureLimit
    let reading = try call.directed(
      numbers.reading.limited(toInfrastructureFailures: limit), place.configuration)
    try refuseLabels(of: reading)
    let evidence = ImportEvidence(call: call, place: place)
    var runs = try place.runs(
      of: reading, seed: call.measures ? seed : nil, digest: digest, session: tasks?.session,
      conditions: before.flatMap {
        RunConditions(
          from: $0, to: call.process.conditions(), roundLoads: numbers.roundLoads)
      })
    let known = try evidence.known(of: runs)
    if let known { runs = runs.map { $0.run.imported == digest ? known : $0 } }
    try baseline?.check(runs.map(\.line))
    try runs.last.map { try tasks?.keep($0.run) }
    let goal = try known.map(evidence.words) ?? keep(runs, at: place)
    tasks?.finish()
    try evidence.warn(of: runs)
    if settings.common.verbosity != .quiet {
      call.out(summary(of: runs.flatMap(\.run.series).pooled()))
      call.out.line(goal)
    }
    report(reading.importSummaries)
    call.tellGuesses(in: reading.series)
    try call.tellImplausible(in: runs.map(\.run), place.configuration)
    report(reading.parseNotes)
    // The times of tasks that ran at the same time are not what is judged.
    if call.measures, plan?.definition.parallel ?? 1 == 1 {
      PostRunChecks(call: call).tell(of: reading)
    }
    if let label = settings.variants.first?.label, settings.common.verbosity != .quiet {
      let compare = Command("perf-diff", ["--by", "label:\(label)"] + comparisonOptions)
      call.out.line("compare them with `\(compare.description.visible(limit: 500))`")
    }
    return try finish(runs, baseline, reading.failures)
  }

  /// Does what is asked for beside storing, and reports failures.
  private func finish(
    _ runs: [RunToStore], _ baseline: NamedBaseline?, _ failures: [Failure]
  ) throws -> ExitStatus {
    if let baseline {
      try baseline.add(runs.map(\.line))
      if settings.common.verbosity != .quiet { call.out.line("kept in \(baseline.path)") }
    }
    try call.pushIfAsked()
    return try call.conclude(failures)
  }

  /// Refuses options of tasks for what is none.
  private func refuseTaskOptions(_ plan: Plan) throws(UsageError) {
    guard settings.resumes || settings.log != nil else { return }
    throw UsageError(
      "\(settings.resumes ? "--resume" : "--log") is for tasks, and \(plan.definition.place) has none",
      hint:
        "tasks are in `[task]` sections, or in a suite with `outcome`, `commandsFrom` or `parallel`"
    )
  }

  /// The tasks of a recording a line each, and all series of the rest.
  private func summary(of series: [Series]) -> String {
    guard settings.common.verbosity != .verbose, let tasks = TaskSummary(series) else {
      return RunSummary(series.map(RunSummary.Row.init)).text
    }
    let others = series.filter { !tasks.has($0.benchmark) }
    return (others.isEmpty ? "" : RunSummary(others.map(RunSummary.Row.init)).text + "\n")
      + tasks.text
  }

  /// Stores a run of tasks that was complete before.
  private func conclude(
    _ ready: RunRecord, of tasks: TaskRecording?, at place: RecordTarget,
    _ baseline: NamedBaseline?
  ) throws -> ExitStatus {
    let run = RunToStore(ready, at: try place.homeIfAny())
    try baseline?.check([run.line])
    let goal = try keep([run], at: place)
    tasks?.finish()
    if settings.common.verbosity != .quiet {
      call.out(summary(of: run.run.series))
      call.out.line(goal)
    }
    return try finish([run], baseline, run.run.failures)
  }

  /// The options and operands with which perf-diff finds the runs of this recording.
  private var comparisonOptions: [String] {
    (settings.common.directory.map { ["-C", $0] } ?? [])
      + (settings.suite.map { ["--suite", $0] } ?? [])
      + (settings.common.notesRef.map { ["--notes-ref", $0] } ?? [])
      + (settings.output.map { [$0] } ?? [])
  }

  /// Restricts this process, and all that it launches, to some processors. The function for that is
  /// no part of Swift's C library, so the system's program `taskset` does it.
  private func pin(to processors: [Int]) throws {
    let list = processors.map(String.init).joined(separator: ",")
    let command = Command(
      "taskset", ["--cpu-list", "--pid", list, "\(ProcessInfo.processInfo.processIdentifier)"])
    let surroundings = Surroundings(
      directory: call.directory, environment: call.process.environment)
    let result = try Launch(command, in: surroundings).run()
    guard result.ending == .exited(0) else {
      throw Diagnostic(
        .usage, "cannot pin to processors \(list)",
        hint: "`perf-record --environment` tells how many there are",
        details: result.lastWords)
    }
  }

  func refuseLabels(of reading: ParsedResults) throws {
    guard !reading.records.isEmpty, settings.suite != nil || settings.session != nil else { return }
    throw UsageError(
      "--suite and --session are for new runs", hint: "those in the file have theirs already")
  }
}

extension Recording {
  /// Writes the runs to the file of `--output`, or stores them.
  ///
  /// - Returns: A sentence that says where they are.
  func keep(_ runs: [RunToStore], at place: RecordTarget) throws -> String {
    if let output = settings.output {
      try write(runs, to: output, from: place)
      return "written to \(output.visible())"
    }
    try store(runs, at: place)
    let homes = Set(runs.compactMap(\.commit)).map(\.id.short).sorted()
    let names = homes.count > 5 ? "\(homes.count) commits" : homes.joined(separator: ", ")
    return "stored on \(names) in \(try place.notesRef().visible())"
  }

  func report(_ importSummaries: [ImportSummary]) {
    guard !settings.imports.isEmpty, settings.common.verbosity != .quiet else { return }
    for importSummary in importSummaries.map(ImportSummaryText.init) {
      call.err.line(importSummary.line)
      if settings.common.verbosity == .verbose { importSummary.details.forEach(call.err.line) }
    }
  }

  func report(_ parseNotes: [ParseNote]) {
    for parseNote in parseNotes {
      switch parseNote.weight {
      case .warning: call.warn(parseNote.description)
      case .importSummary where settings.common.verbosity == .verbose:
        call.err.line(parseNote.description)
      case .importSummary: break
      }
    }
  }

  private func write(_ runs: [RunToStore], to output: String, from place: RecordTarget) throws {
    var runs = runs
    do {
      try place.checkUnmoved()
    } catch {
      call.say(Diagnostic(error), as: .warning)
      runs = runs.map { $0.unplaced() }
    }
    do {
      try OutputFile.write(try BaselineFile.text(of: runs.map(\.line)), to: call.path(output))
    } catch {
      let isUnattached = runs.contains { $0.commit == nil }
      throw Diagnostic(error).withUnstoredRuns(
        in: try place.keepUnstored(runs.map(\.line)),
        for: isUnattached ? "--commit <revision> " : "")
    }
  }

  /// Stores the runs. If that fails, the numbers are written to a file.
  private func store(_ runs: [RunToStore], at place: RecordTarget) throws {
    do {
      try place.checkUnmoved()
    } catch {
      let unattached = runs.map { $0.unplaced().line }
      throw Diagnostic(error).withUnstoredRuns(
        in: try place.keepUnstored(unattached), for: "--commit <revision> ")
    }
    do {
      let homes = try Dictionary(grouping: runs) { try $0.home() }
      let store = try place.store()
      try store.add(homes.mapValues { $0.map(\.line) }, pause: Pause.afterLostRace)
      let pruned = try store.pruned(of: runs.map(\.line)).count
      if pruned > 0 {
        call.warn(
          "\(Sync.Words.runs(pruned)) of these \(pruned == 1 ? "was" : "were") pruned before, and will be "
            + "again by the next exchange",
          hint: "compare with the file itself: `perf-gate --against <file>`")
      }
      for run in try store.removed(of: runs.map(\.line)) {
        call.warn(
          "run \(run.id.short) was removed on \(run.day) (\(run.reason)), and will be again by the next exchange",
          hint: "`perf-sync remove --undo \(run.id.short)` keeps it")
      }
    } catch {
      throw Diagnostic(error).withUnstoredRuns(in: try place.keepUnstored(runs.map(\.line)))
    }
  }
}

extension RunSummary.Row {
  /// A row with one value per round; of a single round, with its samples.
  init(_ series: Series) {
    let sample = try? Sample(series.values)
    self.init(
      series, values: series.values, median: sample?.median,
      spread: sample?.coefficientOfVariation)
  }
}

extension CommandContext where Settings == RecordSettings {
  /// Pushes the runs if `--push` was typed. The runs stay stored even if that fails.
  func pushIfAsked() throws {
    guard settings.pushes else { return }
    let exchange = try Exchange(nil, Workspace(self), self)
    let count = try exchange.push().runs
    guard settings.common.verbosity != .quiet else { return }
    out.line("\(Sync.Words.runs(count)) pushed to \(exchange.remote.destination)")
  }

  /// Reports failures by an error. They are also stored as failed, so that the gate can
  /// report them.
  func conclude(_ failures: [Failure]) throws -> ExitStatus {
    guard !failures.isEmpty else { return .success }
    throw Diagnostic(
      .unusable,
      "\(failures.count) failed, and \(failures.count == 1 ? "is" : "are") kept as failed",
      hint: "repair it and measure again, or leave it out of the benchmark",
      details: failures.map(\.description))
  }
}
