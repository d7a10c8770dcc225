package import Formats
package import Measurements
package import System

/// A benchmark to launch in each round.
package struct BenchmarkJob: Sendable {
  /// Reads the results of a launch.
  package typealias Reader = @Sendable (Launch.Result) throws(InputError) -> ParsedResults

  /// The name of the benchmark if it is timed, and in messages.
  package let benchmark: Benchmark
  /// The launch, or the reason why there is none.
  let launch: Result<Launch, LaunchError>
  /// Reads the results that a launch printed or wrote; nil if only the launch itself is measured.
  let read: Reader?
  /// True if times and memory of the launch itself are recorded.
  let isTimed: Bool
  /// True if each launch has a sum of all calls of language models, which is of one benchmark.
  package let sumsCalls: Bool
  /// Removes the files of a failed launch before it is tried again.
  let forget: (@Sendable () -> Void)?
  /// The commands before and after every launch, which are not measured.
  let setup: Launch?
  let cleanup: Launch?
  /// The exit statuses that are no failure.
  let allowed: Set<Int32>
  /// The number of times that a failed launch is tried again.
  let retries: Int
  /// The time before a task is launched again; it doubles with each further time.
  let backoff: Duration

  /// The way in which a launch says whether it has solved its task; nil if it is no task.
  let outcome: OutcomeRule?
  /// The ends of a launch that say nothing about the program.
  let infrastructure: InfrastructureFailures

  /// The number of launches in a round, and of those at once; nil for a single launch.
  let concurrentLoad: ConcurrentLoad?
  /// Returns the definition of what is launched, for one of its series.
  package let define: Definer
  /// Returns what to launch instead if a launch cannot be measured, depending on its error; nil if
  /// there is nothing.
  let fallback: Fallback?
  /// True if the benchmark may be missing on either side of a pair.
  let mayLack: Bool
  /// True if the benchmark is newer than the commit. If its first launch fails, it counts as
  /// missing there.
  package var isNew = false

  package typealias Definer = @Sendable (Series) -> Definition?
  package typealias Fallback = @Sendable (LaunchError) -> (launch: Launch, parseNote: String)?

  /// Makes a job.
  ///
  /// - Parameter isTimed: True to record times and memory; nil to do so if there is no `read`.
  package init(
    _ benchmark: Benchmark, _ launch: Launch, read: Reader? = nil,
    isTimed: Bool? = nil, sumsCalls: Bool = false, forget: (@Sendable () -> Void)? = nil,
    setup: Launch? = nil,
    cleanup: Launch? = nil, allowed: Set<Int32> = [0], retries: Int = 0,
    backoff: Duration = .zero,
    outcome: OutcomeRule? = nil, infrastructure: InfrastructureFailures = .init(),
    concurrentLoad: ConcurrentLoad? = nil,
    fallback: Fallback? = nil,
    define: @escaping Definer = { _ in nil }
  ) {
    self.benchmark = benchmark
    self.launch = .success(launch)
    self.read = read
    self.isTimed = isTimed ?? (read == nil)
    self.sumsCalls = sumsCalls
    self.forget = forget
    self.setup = setup
    self.cleanup = cleanup
    self.allowed = allowed
    self.retries = retries
    self.backoff = backoff
    self.outcome = outcome
    self.infrastructure = infrastructure
    self.concurrentLoad = concurrentLoad
    self.define = define
    self.fallback = fallback
    mayLack = false
  }

  /// Makes a job for a benchmark that cannot be launched.
  ///
  /// - Parameter mayLack: True if that is no failure, on either side.
  package init(_ benchmark: Benchmark, _ error: LaunchError, mayLack: Bool = false) {
    self.benchmark = benchmark
    define = { _ in nil }
    self.mayLack = mayLack
    launch = .failure(error)
    read = nil
    isTimed = true
    sumsCalls = false
    forget = nil
    setup = nil
    cleanup = nil
    allowed = []
    retries = 0
    backoff = .zero
    outcome = nil
    infrastructure = InfrastructureFailures()
    concurrentLoad = nil
    fallback = nil
  }

  package var command: Command {
    switch launch {
    case .success(let launch): launch.command
    case .failure(let error): error.command
    }
  }

  var counters: Set<Counter> { (try? launch.get())?.counters ?? [] }

  /// The error if there is nothing to launch, as for a benchmark that is newer than the commit;
  /// else nil.
  package var absence: LaunchError? {
    guard case .failure(let error) = launch else { return nil }
    return error.isAbsence ? error : nil
  }
}

/// The results of a job so far.
package struct JobResults: Sendable {
  /// The usage of each timed round.
  package private(set) var usages: [Usage] = []
  /// The results of each round that was read.
  package private(set) var readings: [ParsedResults] = []
  /// The error for which the job was given up.
  package private(set) var failure: (any Error & CustomStringConvertible)?
  /// The number of launches that failed and were tried again.
  package private(set) var retries = 0
  /// The number of launches that failed in rounds of several launches, and the error of the first.
  private var failedLaunches = 0
  private var firstFailedLaunch: LaunchError?
  /// The rounds of a task.
  private var tasks = TaskResults()
  /// The launch that replaces the job's own, with a note that says why.
  private(set) var replacement: (launch: Launch, parseNote: String)?
  /// True if a launch left processes running.
  package private(set) var leftOthers = false
  /// The output of failed launches, if it is kept.
  package private(set) var kept = KeptOutputs()
  private let counters: Set<Counter>
  /// The error if there is nothing to launch and that is no failure.
  private(set) var absence: (any Error & CustomStringConvertible)?

  init(counting counters: Set<Counter>, absence: LaunchError?) {
    self.counters = counters
    self.absence = absence
  }

  var rounds: Int { max(usages.count, readings.count, tasks.attempts.count) }

  mutating func note(_ result: Launch.Result, _ reading: ParsedResults?, isTimed: Bool) {
    leftOthers = leftOthers || result.leftOthers
    if let reading { readings.append(reading) }
    if isTimed { usages.append(result.usage) }
  }

  mutating func note(_ outcome: ConcurrentLoad.Outcome, of benchmark: Benchmark) {
    leftOthers = leftOthers || outcome.leftOthers
    failedLaunches += outcome.failures
    firstFailedLaunch = firstFailedLaunch ?? outcome.firstFailure
    readings.append(outcome.reading(of: benchmark))
  }

  mutating func note(_ round: RoundResult, of job: BenchmarkJob) {
    leftOthers = leftOthers || round.leftOthers
    note(round.kept)
    tasks.note(round, of: job)
    guard round.end.isMeasurement else { return }
    if let reading = round.reading { readings.append(reading) }
    if job.isTimed, let usage = round.usage { usages.append(usage) }
  }

  mutating func noteRetry(_ kept: KeptOutput?) {
    retries += 1
    note(kept)
  }

  mutating func note(_ output: KeptOutput?) { kept.note(output) }

  mutating func giveUp(_ error: any Error & CustomStringConvertible) { failure = error }

  mutating func replace(by other: (launch: Launch, parseNote: String)) { replacement = other }

  mutating func beAbsent(_ error: any Error & CustomStringConvertible) { absence = error }
}

extension JobResults {
  /// All results. The rounds of a series follow each other.
  ///
  /// - Parameter areSums: True if each launch has a sum of calls of language models. The benchmark
  ///   then has the labels that the sums of all launches have.
  package func reading(of benchmark: Benchmark, areSums: Bool = false) -> ParsedResults {
    let readings = areSums ? self.readings.aligned() : self.readings.zeroFilled()
    let measured =
      areSums ? readings.lazy.compactMap { $0.series.first?.benchmark }.first : nil
    var parseNotes: [ParseNote] = []
    if let absence {
      parseNotes.append(ParseNote(.warning, "'\(benchmark)' is not there: \(absence)"))
    }
    if let replacement {
      parseNotes.append(ParseNote(.warning, "'\(benchmark)': \(replacement.parseNote)"))
    }
    if retries > 0 {
      parseNotes.append(
        ParseNote(.warning, "'\(benchmark)' failed and was tried again: \(retries) times"))
    }
    if let first = firstFailedLaunch {
      let others = failedLaunches > 1 ? ", and \(failedLaunches - 1) more launches" : ""
      let words = first.messages.split(separator: "\n").last.map { " (\($0))" } ?? ""
      parseNotes.append(ParseNote(.warning, "'\(benchmark)': \(first)\(words)\(others)"))
    }
    if leftOthers {
      parseNotes.append(
        ParseNote(.warning, "'\(benchmark)' left processes running, which were ended"))
    }
    parseNotes += kept.parseNotes(on: benchmark)
    let attendance = PresenceCount(of: readings)
    parseNotes += attendance.parseNotes
    parseNotes += tasks.parseNotes(on: benchmark)
    let own = failure.map { $0.description } ?? tasks.failure
    let failures =
      (own.map { [Failure(benchmark, reason: $0)] } ?? [])
      + (tasks.failure == nil && !tasks.hasOutcomes ? attendance.failures : [])
    let timed = ParsedResults(
      series: (usages.isEmpty ? [] : usages.series(of: measured ?? benchmark, and: counters))
        + tasks.series(of: measured ?? benchmark),
      failures: failures, parseNotes: parseNotes)
    return ([timed] + readings).merged()
  }
}
