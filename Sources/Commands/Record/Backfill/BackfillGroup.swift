import CommandLine
import Configuration
import Formats
import Git
import History
import Measurements
import Runner
import Statistics
import System

/// Some commits that are measured in turns, as one session.
///
/// A commit that cannot be checked out or prepared, or whose launches fail, is told and left out.
/// Nothing of it is stored as failed: a failure belongs to a content, and would fail the gate of
/// whoever returns to that content, although only the definition of today does not fit it.
struct BackfillGroup {
  let call: CommandContext<RecordSettings>
  let folders: MeasuredFolders
  let suite: String
  /// Called with the current step.
  let tell: (String) -> Void
  /// Called before each launch.
  let tick: () -> Void
  /// Called before something is printed.
  let clear: () -> Void

  struct Result {
    var stored: [Commit] = []
    /// The commits that have no numbers now, or not of all benchmarks, with the reason.
    var failures: [(side: Side, reason: String)] = []
    /// The series of a commit, for messages about all of them.
    var series: [Series] = []
  }

  /// A commit that is ready to be measured.
  private struct Ready {
    let side: Side
    let jobs: [BenchmarkJob]
  }

  func measure(_ commits: [Commit]) throws -> Result {
    var result = Result()
    let sides = commits.enumerated().map { Side($1, at: $0) }
    let seed = call.settings.seed.map(Int64.init) ?? Int64.random(in: 0..<1 << 53)
    let before = call.process.conditions()
    func leaveOut(_ side: Side, _ error: any Error) throws {
      try checkIsOfCommit(error)
      result.failures.append((side, warn(of: error, on: side)))
    }
    try folders.withFolders(of: sides, tell: tell, leaveOut: leaveOut) { folders, plan in
      let ready = try prepare(folders, plan, leaveOut: leaveOut)
      guard !ready.isEmpty else { return }
      var runner = BenchmarkRunner(
        sides: ready.map(\.jobs), isComparison: false, warmups: plan.warmups,
        generator: SeededGenerator(seed: UInt64(bitPattern: seed)))
      try runner.advance(to: plan.rounds, progress: { _ in tick() })
      let numbers = try numbers(of: runner, ready, plan, &result)
      result.stored = numbers.map(\.commit)
      result.series = numbers.first?.reading.series ?? []
      guard !numbers.isEmpty else { return }
      var random = SystemRandomNumberGenerator()
      let session = MeasuredSession(
        id: Session.identifier(using: &random), seed: seed, order: runner.order, suite: suite,
        before: before, roundLoads: runner.loads)
      _ = try session.store(numbers, in: self.folders.workspace, call)
    }
    return result
  }

  /// Prepares the commits one after the other.
  private func prepare(
    _ folders: [MeasuredFolders.Folder], _ plan: Plan,
    leaveOut: (Side, any Error) throws -> Void
  ) throws -> [Ready] {
    let tops = folders.map(\.top)
    var ready: [Ready] = []
    var first: SharedPrograms?
    for folder in folders {
      tell("preparing \(folder.side)")
      do {
        try plan.prepare(in: folder.root, side: folder.side)
        ready.append(
          Ready(side: folder.side, jobs: try plan.jobs(in: folder.root, side: folder.side)))
      } catch {
        try leaveOut(folder.side, error)
        continue
      }
      let shared = SharedPrograms(of: plan, in: folder.root, outside: tops)
      try first.map {
        try shared.check(against: $0, "for all commits", preparedLast: folder.side)
      }
      first = first ?? shared
    }
    return ready
  }

  /// The numbers to store. Those of a benchmark that failed on a commit are left out.
  private func numbers(
    of runner: BenchmarkRunner, _ ready: [Ready], _ plan: Plan, _ result: inout Result
  ) throws -> [MeasuredSession.Numbers] {
    clear()
    var numbers: [MeasuredSession.Numbers] = []
    for (place, reading) in runner.readings(of: ready.map(\.jobs)).enumerated() {
      let side = ready[place].side
      let reading = try call.directed(
        reading.limited(toInfrastructureFailures: plan.definition.infrastructureLimit),
        folders.workspace.configuration)
      for note in reading.parseNotes where note.weight == .warning { call.warn("\(side): \(note)") }
      let kept = reading.withoutFailures()
      if let reason = reading.reasonOfFailure {
        result.failures.append((side, reason))
        warn(of: runner.logs[place], reason, on: side)
      }
      guard !kept.series.isEmpty else { continue }
      let part = call.part ?? (reading.failures.isEmpty ? nil : RecordedCommits.partOfFailed)
      numbers.append(.init(commit: side.commit, reading: kept, part: part))
    }
    return numbers
  }
}

extension BackfillGroup {
  /// Throws an error that would hit every commit, such as an interruption.
  private func checkIsOfCommit(_ error: any Error) throws {
    if Interrupts.signal != nil || (error as? LaunchError)?.isOurs == true { throw error }
  }

  /// Warns that a commit cannot be measured.
  ///
  /// - Returns: The reason.
  private func warn(of error: any Error, on side: Side) -> String {
    clear()
    let diagnostic = Diagnostic(error)
    let reason = diagnostic.message
    call.say(
      Diagnostic(
        .success, reason.contains(side.word) ? reason : "\(side): \(reason)",
        details: diagnostic.details.suffix(10)),
      as: .warning)
    return reason
  }

  /// Warns of launches that failed on a commit, with the last words of the first.
  private func warn(of logs: [JobResults], _ reason: String, on side: Side) {
    let error = logs.lazy.compactMap { $0.failure as? LaunchError }.first
    let words = (error?.messages ?? "").split(separator: "\n").suffix(5).map(String.init)
    call.say(Diagnostic(.success, "\(side): \(reason)", details: words), as: .warning)
  }
}

extension ParsedResults {
  /// The results without the series of benchmarks that failed, and without failures.
  fileprivate func withoutFailures() -> ParsedResults {
    let failed = Set(failures.map(\.benchmark))
    return ParsedResults(
      series: failed.contains(nil) ? [] : series.filter { !failed.contains($0.benchmark) })
  }

  /// The first failure and the number of others; the reason if nothing was measured; else nil.
  fileprivate var reasonOfFailure: String? {
    guard let first = failures.first else {
      return series.isEmpty ? "nothing could be launched there" : nil
    }
    return first.description + (failures.count > 1 ? ", and \(failures.count - 1) more failed" : "")
  }
}
