package import Formats
package import Measurements
package import System

/// A benchmark as it is launched, round after round.
package struct BenchmarkJob: Sendable {
  /// What is made of a launch.
  package typealias Reader = @Sendable (Launch.Result) throws(InputError) -> ParsedResults

  /// What it is called where it is timed, and in messages.
  package let benchmark: Benchmark
  /// Or why there is none.
  let launch: Result<Launch, LaunchError>
  /// Takes what a launch left, where that says more than how long it took.
  let read: Reader?
  /// Whether times and memory of the launch itself are recorded.
  let isTimed: Bool
  /// Takes away what a launch that failed left, before it is tried again.
  let forget: (@Sendable () -> Void)?
  /// Before and after every launch, unmeasured.
  let setup: Launch?
  let cleanup: Launch?
  /// The exit statuses that are no failure.
  let allowed: Set<Int32>
  /// How often a launch that failed is tried again.
  let retries: Int

  /// How many launches are a round, and how many of them at once; nil for a single one.
  let concurrentLoad: ConcurrentLoad?
  /// What is launched, for one of its series.
  package let define: Definer
  /// What is launched instead where that cannot be measured, by how it failed; nil where there is nothing.
  let fallback: Fallback?
  /// Whether it may be missing on either side of a pair.
  let mayLack: Bool
  /// Whether it is newer than the commit, so that a first launch which fails shows that it is not there.
  package var isNew = false

  package typealias Definer = @Sendable (Series) -> Definition?
  package typealias Fallback = @Sendable (LaunchError) -> (launch: Launch, parseNote: String)?

  /// - Parameter isTimed: nil for whatever is not read.
  package init(
    _ benchmark: Benchmark, _ launch: Launch, read: Reader? = nil,
    isTimed: Bool? = nil, forget: (@Sendable () -> Void)? = nil, setup: Launch? = nil,
    cleanup: Launch? = nil, allowed: Set<Int32> = [0], retries: Int = 0,
    concurrentLoad: ConcurrentLoad? = nil,
    fallback: Fallback? = nil,
    define: @escaping Definer = { _ in nil }
  ) {
    self.benchmark = benchmark
    self.launch = .success(launch)
    self.read = read
    self.isTimed = isTimed ?? (read == nil)
    self.forget = forget
    self.setup = setup
    self.cleanup = cleanup
    self.allowed = allowed
    self.retries = retries
    self.concurrentLoad = concurrentLoad
    self.define = define
    self.fallback = fallback
    mayLack = false
  }

  /// One that cannot be launched.
  ///
  /// - Parameter mayLack: Whether that is no failure, on whichever side.
  package init(_ benchmark: Benchmark, _ error: LaunchError, mayLack: Bool = false) {
    self.benchmark = benchmark
    define = { _ in nil }
    self.mayLack = mayLack
    launch = .failure(error)
    read = nil
    isTimed = true
    forget = nil
    setup = nil
    cleanup = nil
    allowed = []
    retries = 0
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

  /// Why there is nothing to launch, as where a benchmark is newer than the commit.
  package var absence: LaunchError? {
    guard case .failure(let error) = launch else { return nil }
    return error.isAbsence ? error : nil
  }
}

/// What a probe has given so far.
package struct JobResults: Sendable {
  /// One for each round that was timed.
  package private(set) var usages: [Usage] = []
  /// One for each round that was read.
  package private(set) var readings: [ParsedResults] = []
  /// Why it was given up.
  package private(set) var failure: (any Error & CustomStringConvertible)?
  /// How many launches failed and were tried again.
  package private(set) var retries = 0
  /// How many launches failed among others that did not, and why the first of them did.
  private var failedLaunches = 0
  private var firstFailedLaunch: LaunchError?
  /// What is launched instead, and why.
  private(set) var replacement: (launch: Launch, parseNote: String)?
  /// Whether it left processes running.
  package private(set) var leftOthers = false
  /// The output of its launches that failed, where it is kept.
  package private(set) var kept = KeptOutputs()
  private let counters: Set<Counter>
  /// Why there is nothing to launch, where that is no failure.
  private(set) var absence: (any Error & CustomStringConvertible)?

  init(counting counters: Set<Counter>, absence: LaunchError?) {
    self.counters = counters
    self.absence = absence
  }

  var rounds: Int { max(usages.count, readings.count) }

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
  /// Everything in it, the rounds of a series after one another.
  package func reading(of benchmark: Benchmark) -> ParsedResults {
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
    let attendance = Attendance(of: readings)
    parseNotes += attendance.parseNotes
    let own = failure.map { [Failure(benchmark, reason: $0.description)] } ?? []
    let failures = own + attendance.failures
    let timed = ParsedResults(
      series: usages.isEmpty ? [] : usages.series(of: benchmark, and: counters), failures: failures,
      parseNotes: parseNotes)
    return ([timed] + readings).merged()
  }
}
