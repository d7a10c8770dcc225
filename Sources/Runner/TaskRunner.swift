import Formats
import System

/// Launches many jobs, several at a time, until each has had its rounds.
///
/// A round that fails stops neither the other jobs nor the further rounds of its own. Launches run at
/// the same time, so that this is for jobs whose time is not what is judged, or for one at a time.
package struct TaskRunner {
  private let jobs: [BenchmarkJob]
  private let schedule: Schedule
  private var generator: any RandomNumberGenerator
  /// The results of each job.
  package private(set) var results: [JobResults]

  /// The order and the number of launches.
  package struct Schedule: Sendable {
    package let rounds: Int
    /// The number of launches that run at the same time.
    package let parallel: Int
    /// The jobs by their places. Those of one batch have all their rounds before the next begins.
    package let batches: [[Int]]

    package init(rounds: Int, parallel: Int, batches: [[Int]]) {
      precondition((1...LaunchPool.most).contains(parallel))
      self.rounds = rounds
      self.parallel = parallel
      self.batches = batches
    }
  }

  /// A round of a job.
  package struct Slot: Hashable, Sendable {
    /// The place of the job.
    package let job: Int
    /// The number of the round, from 1.
    package let round: Int

    package init(job: Int, round: Int) {
      self.job = job
      self.round = round
    }
  }

  /// The end of a launch.
  package struct Event {
    package let slot: Slot
    package let result: RoundResult
    /// The time from the start of the launch to its end.
    package let duration: Duration
    /// True if the round goes on with another launch.
    package let isRepeated: Bool
    /// The number of rounds that have ended, and that of all.
    package let done: Int
    package let all: Int
  }

  package init(
    _ jobs: [BenchmarkJob], _ schedule: Schedule, generator: any RandomNumberGenerator
  ) {
    self.jobs = jobs
    self.schedule = schedule
    self.generator = generator
    results = jobs.map { JobResults(counting: $0.counters, absence: nil) }
  }

  /// Takes the result of a round that ended earlier.
  package mutating func note(_ result: RoundResult, of slot: Slot) {
    results[slot.job].note(result, of: jobs[slot.job])
  }

  /// Launches until every job has had its rounds.
  ///
  /// - Parameters:
  ///   - done: The rounds that ended earlier.
  ///   - note: Called after each launch.
  /// - Throws: ``LaunchError`` if this process was asked to stop, and if no command can be launched
  ///   any more. What runs then is ended.
  package mutating func run(
    except done: Set<Slot>, note: (Event) throws -> Void
  ) throws {
    var loop = Loop(jobs, schedule, done: done.count)
    for batch in schedule.batches {
      var queue: [Slot] = []
      for round in 1...schedule.rounds {
        queue += batch.shuffled(using: &generator).map { Slot(job: $0, round: round) }
          .filter { !done.contains($0) }
      }
      try loop.run(queue) { event in
        if !event.isRepeated { self.note(event.result, of: event.slot) }
        try note(event)
      }
    }
  }
}

/// The launches that wait, run, and end.
private struct Loop: ~Copyable {
  private let jobs: [BenchmarkJob]
  private let schedule: TaskRunner.Schedule
  private var pool = LaunchPool()
  private var running: [UInt32: Work] = [:]
  private var postponed: [(time: SuspendingClock.Instant, work: Work)] = []
  private var done: Int
  private let all: Int

  /// A round under way.
  private struct Work {
    let slot: TaskRunner.Slot
    var attempt = 1
    var step = Step.setup
    var start = SuspendingClock.now
    /// The result of the launch while the cleanup runs.
    var result: RoundResult?
    /// The numbers of earlier launches of this round.
    var spent: [ParsedResults] = []
  }

  private enum Step { case setup, launch, cleanup }

  init(_ jobs: [BenchmarkJob], _ schedule: TaskRunner.Schedule, done: Int) {
    self.jobs = jobs
    self.schedule = schedule
    self.done = done
    all = schedule.rounds * schedule.batches.reduce(0) { $0 + $1.count }
  }

  /// Launches the rounds of a queue.
  mutating func run(
    _ queue: [TaskRunner.Slot], note: (TaskRunner.Event) throws -> Void
  ) throws {
    var queue = queue[...]
    while !queue.isEmpty || !postponed.isEmpty || pool.count > 0 {
      if let signal = Interrupts.signal {
        // The pool ends what runs; the next one would not begin.
        let command = jobs[queue.first?.job ?? running.first?.value.slot.job ?? 0].command
        throw LaunchError(command, .cut(.interrupted(signal)))
      }
      while pool.count < schedule.parallel, let work = next(&queue) { try begin(work, note) }
      if pool.count == 0 {
        if !postponed.isEmpty { Platform.sleep(.milliseconds(20)) }
      } else if let ended = try pool.next(waits: postponed.isEmpty) {
        guard let work = running.removeValue(forKey: ended.ticket) else { continue }
        try go(on: work, after: ended.result, note)
      } else if !postponed.isEmpty {
        Platform.sleep(.milliseconds(20))
      }
    }
  }

  /// The next round to launch: one that was postponed long enough, or a new one.
  private mutating func next(_ queue: inout ArraySlice<TaskRunner.Slot>) -> Work? {
    if let place = postponed.firstIndex(where: { $0.time <= .now }) {
      return postponed.remove(at: place).work
    }
    return queue.popFirst().map { Work(slot: $0) }
  }

  /// Starts the next step of a round.
  private mutating func begin(
    _ work: Work, _ note: (TaskRunner.Event) throws -> Void
  ) throws {
    var work = work
    let job = jobs[work.slot.job]
    if work.step == .setup, job.setup == nil { work.step = .launch }
    if work.step == .launch { work.start = .now }
    let launch: Result<Launch, LaunchError>
    switch (work.step, job.setup, job.cleanup) {
    case (.setup, let setup?, _): launch = .success(setup)
    case (.cleanup, _, let cleanup?): launch = .success(cleanup)
    case (.cleanup, _, nil): return try end(work, note)
    default: launch = job.launch
    }
    do throws(LaunchError) {
      running[try pool.start(launch.get())] = work
    } catch {
      try go(on: work, after: .failure(error), note)
    }
  }

  /// Handles the end of a step.
  private mutating func go(
    on work: Work, after ended: Result<Launch.Result, LaunchError>,
    _ note: (TaskRunner.Event) throws -> Void
  ) throws {
    var work = work
    let job = jobs[work.slot.job]
    switch work.step {
    case .setup:
      if let failure = try job.failure(of: ended, job.setup, work.slot) {
        work.result = failure
        return try end(work, note)
      }
      work.step = .launch
      try begin(work, note)
    case .launch:
      let launch = try? job.launch.get()
      work.result =
        try launch.map {
          try job.assess(ended, of: $0, .round(work.slot.round), work.attempt)
        } ?? job.failure(of: ended, nil, work.slot)
      work.step = .cleanup
      try begin(work, note)
    case .cleanup:
      if let failure = try job.failure(of: ended, job.cleanup, work.slot) { work.result = failure }
      try end(work, note)
    }
  }

  /// Ends a round, or has it launched again.
  private mutating func end(
    _ work: Work, _ note: (TaskRunner.Event) throws -> Void
  ) throws {
    guard var result = work.result else { preconditionFailure("the launch has ended") }
    let job = jobs[work.slot.job]
    let isRepeated = !result.end.isMeasurement && work.attempt <= job.retries
    if isRepeated {
      job.forget?()
      var again = Work(slot: work.slot, attempt: work.attempt + 1)
      again.spent = work.spent + [result.reading].compactMap(\.self)
      let wait = job.backoff * (1 << min(work.attempt - 1, 20))
      postponed.append((.now + wait, again))
    } else {
      result.add(work.spent)
      done += 1
    }
    try note(
      TaskRunner.Event(
        slot: work.slot, result: result, duration: .now - work.start, isRepeated: isRepeated,
        done: done, all: all))
  }
}

extension BenchmarkJob {
  /// The result of a round whose setup or cleanup failed; nil if it did not.
  ///
  /// - Throws: ``LaunchError`` if further launches are useless.
  fileprivate func failure(
    of ended: Result<Launch.Result, LaunchError>, _ launch: Launch?, _ slot: TaskRunner.Slot
  ) throws(LaunchError) -> RoundResult? {
    switch ended {
    case .failure(let error):
      if error.isOurs { throw error }
      return RoundResult(.failed, reason: "\(error)")
    case .success(let result):
      guard let launch, let reason = result.problem(allowing: [0]) else { return nil }
      let error = launch.failure(reason, of: result, during: .round(slot.round))
      if error.isOurs { throw error }
      var round = RoundResult(.failed, reason: "\(error)")
      round.kept = error.kept
      return round
    }
  }
}
