import CommandLine
import Configuration
import Formats
import Git
import History
import Measurements
import Runner
import Statistics
import System

/// Carries out the tasks of a suite, and keeps each round as it ends.
final class TaskRecording {
  private let call: CommandContext<RecordSettings>
  private let plan: Plan
  private let place: RecordTarget
  /// The journal; nil for numbers that belong to no commit.
  private let journal: TaskJournal?
  /// The session of the recording.
  let session: String
  private let log: TaskLog?

  /// Begins a recording, or goes on with one that ended early.
  ///
  /// - Throws: ``Diagnostic`` if there is nothing to go on with.
  init(_ call: CommandContext<RecordSettings>, _ plan: Plan, _ place: RecordTarget) throws {
    self.call = call
    self.plan = plan
    self.place = place
    guard plan.warmups == 0 else {
      throw UsageError(
        "tasks are not warmed up, in \(plan.definition.place)",
        hint: "leave out `warmup`: each launch of a task may cost money")
    }
    log = try call.settings.log.map { try TaskLog(call.path($0), typed: $0) }
    let suite = call.suite(place.configuration)
    let commit = try place.homeIfAny()
    let repository = place.repository
    let machine = place.machine
    // The rounds of another machine, which shares the folder, are left to it.
    let unfinished =
      (repository.map { TaskJournal.unfinished(of: suite, in: $0) { call.warn($0) } } ?? [])
      .filter { $0.run.environment?.key == machine?.key }
    let own = unfinished.filter { $0.run.commit == commit?.id.description }
    if call.settings.resumes {
      journal = try Self.resumed(own, among: unfinished, suite)
    } else {
      if let other = own.first, call.settings.common.verbosity != .quiet {
        call.err.line(
          "hint: \(other.rounds.count) rounds of a recording that ended early are kept: "
            + "`perf-record --resume` goes on with it")
      }
      var random = SystemRandomNumberGenerator()
      let run = Run(
        commit: commit?.id.description, tree: commit?.tree.description, recordedAt: .now,
        session: call.settings.session ?? Session.identifier(using: &random), suite: suite,
        tool: call.tool, environment: machine, series: [])
      // Only a commit tells a later process that the files are still the same.
      journal = try commit.flatMap { _ in try repository.map { try TaskJournal.begin(run, in: $0) }
      }
    }
    for other in unfinished where other !== journal { other.release() }
    var random = SystemRandomNumberGenerator()
    session = journal?.run.session ?? Session.identifier(using: &random)
  }

  private static func resumed(
    _ own: [TaskJournal], among all: [TaskJournal], _ suite: String
  ) throws -> TaskJournal {
    if let journal = own.first { return journal }
    guard let other = all.first else {
      throw Diagnostic(
        .usage, "no recording of suite '\(suite.visible(limit: 60))' ended early",
        hint: "begin one without --resume")
    }
    let commit = other.run.commit.map { String($0.prefix(10)) } ?? "no commit"
    throw Diagnostic(
      .usage,
      "the recording that ended early is of \(commit), which is not checked out",
      hint: "check it out to go on, or begin a recording of this commit without --resume")
  }

  /// The run that was complete before it could be stored; nil if rounds are missing.
  var ready: RunRecord? { journal?.ready }

  /// Keeps the run as it is about to be stored. If the files that were measured have changed, nothing
  /// can be gone on with.
  func keep(_ run: Run) throws {
    if (try? place.checkUnmoved()) == nil { return finish() }
    try journal?.keep(run)
  }

  /// Forgets the rounds, as their run is stored.
  func finish() { journal?.remove() }

  /// Carries out the rounds that are missing.
  ///
  /// - Returns: The results of all rounds.
  func numbers(seed: Int64) throws -> Source.Numbers {
    Interrupts.watch()
    let directory = call.typesCommands ? call.directory : place.root ?? call.directory
    try plan.prepare(in: directory)
    let jobs = try plan.jobs(in: directory)
    let schedule = TaskRunner.Schedule(
      rounds: plan.rounds, parallel: plan.definition.parallel ?? 1, batches: plan.batches)
    var runner = TaskRunner(
      jobs, schedule, generator: SeededGenerator(seed: UInt64(bitPattern: seed)))
    let done = takeEarlier(&runner, jobs)
    let progress = TaskProgress(call)
    do {
      try runner.run(except: done) { event in
        let round = TaskRound(jobs[event.slot.job].benchmark, event.slot.round, event.result)
        if !event.isRepeated { try journal?.add(round) }
        try log?.note(round, event)
        progress.show(round, event)
      }
    } catch {
      progress.clear()
      if let journal, !journal.rounds.isEmpty, call.settings.common.verbosity != .quiet {
        call.err.line(
          "\(journal.rounds.count) of \(jobs.count * plan.rounds) rounds are kept: "
            + "`perf-record --resume` goes on")
      }
      throw error
    }
    progress.clear()
    return Source.Numbers(reading: try results(runner, jobs))
  }

  /// Gives the runner the rounds that ended earlier.
  ///
  /// - Returns: Their places.
  private func takeEarlier(
    _ runner: inout TaskRunner, _ jobs: [BenchmarkJob]
  ) -> Set<TaskRunner.Slot> {
    let places = Dictionary(
      jobs.enumerated().map { ($1.benchmark, $0) }, uniquingKeysWith: { one, _ in one })
    var done: Set<TaskRunner.Slot> = []
    var others = 0
    for round in journal?.rounds ?? [] {
      guard round.round <= plan.rounds, let job = places[round.benchmark] else {
        others += 1
        continue
      }
      let slot = TaskRunner.Slot(job: job, round: round.round)
      if done.insert(slot).inserted { runner.note(round.result, of: slot) }
    }
    if others > 0 {
      call.warn(
        "\(others == 1 ? "1 round is" : "\(others) rounds are") left out: of tasks that are gone, or "
          + "more than the rounds that are asked for now")
    }
    if !done.isEmpty, call.settings.common.verbosity != .quiet {
      call.err.line("going on with \(done.count) of \(jobs.count * plan.rounds) rounds done")
    }
    return done
  }

  private func results(_ runner: TaskRunner, _ jobs: [BenchmarkJob]) throws -> ParsedResults {
    zip(runner.results, jobs).map {
      $0.reading(of: $1.benchmark, areSums: $1.sumsCalls).defined(by: $1.define)
    }.merged()
  }
}
