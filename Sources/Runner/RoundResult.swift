package import Formats
import Measurements
package import System

/// The result of a round of a job of which a launch may solve its task or not.
package struct RoundResult: Sendable {
  package let end: End
  /// The reason of a failure; empty for other ends.
  package var reason = ""
  /// The number of launches, with those that were tried again.
  package var attempts = 1
  /// The usage of the last launch; nil if it is no measurement.
  package var usage: Usage?
  /// The numbers that the last launch printed or wrote; nil if there are none.
  package var reading: ParsedResults?
  package var leftOthers = false
  package var kept: KeptOutput?

  /// The way in which a round ended.
  package enum End: String, CaseIterable, Sendable {
    /// The launch is a measurement, and nobody asked whether it solved a task.
    case measured
    case solved
    case unsolved
    /// The launch says something about the machine or the network, and nothing about the program.
    case infrastructure
    /// The launch failed, or its output cannot be read.
    case failed

    /// True if the round has numbers.
    package var isMeasurement: Bool { [.measured, .solved, .unsolved].contains(self) }
  }

  package init(_ end: End, reason: String = "") {
    self.end = end
    self.reason = reason
  }
}

extension RoundResult {
  /// Adds the money, the tokens and the requests of launches that were tried again: the round has used
  /// them, too.
  ///
  /// - Parameter spent: The numbers of these launches.
  mutating func add(_ spent: [ParsedResults]) {
    guard let reading, end.isMeasurement, !spent.isEmpty else { return }
    var more: [String: Double] = [:]
    for series in spent.flatMap(\.series) where series.metric.isSpent {
      more[series.metric.name, default: 0] += series.rounds.flatMap(\.samples).reduce(0, +)
    }
    let counts = Dictionary(reading.series.map { ($0.metric.name, 1) }, uniquingKeysWith: +)
    let series = reading.series.map { series -> Series in
      // Where several models or calls are apart, nobody knows which of them was tried again.
      guard series.metric.isSpent, counts[series.metric.name] == 1,
        let more = more[series.metric.name], series.rounds.count == 1,
        series.rounds[0].samples.count == 1,
        let round = try? Round([series.rounds[0].samples[0] + more])
      else { return series }
      return Series(
        benchmark: series.benchmark, metric: series.metric, rounds: [round],
        source: series.source, isSummary: series.isSummary, original: series.original,
        definition: series.definition)
    }
    self.reading = ParsedResults(
      series: series, records: reading.records, failures: reading.failures,
      context: reading.context, parseNotes: reading.parseNotes,
      importSummaries: reading.importSummaries)
  }
}

extension Metric {
  /// True if what several launches used is the sum of what each of them did.
  fileprivate var isSpent: Bool { isAmount || unit == .one && name == "requests" }
}

extension BenchmarkJob {
  /// True if a failed launch is looked at before it counts as a failure of the job.
  var isTask: Bool { outcome != nil || !infrastructure.isEmpty }

  /// The result of a launch that has ended or did not start, as the only one of its round.
  ///
  /// - Throws: ``LaunchError`` if further launches are useless.
  func assess(
    _ ended: Result<Launch.Result, LaunchError>, of launch: Launch, _ iteration: Iteration,
    _ attempt: Int
  ) throws(LaunchError) -> RoundResult {
    let result: Launch.Result
    switch ended {
    case .success(let ended): result = ended
    case .failure(let error):
      if error.isOurs { throw error }
      return RoundResult(.failed, reason: "\(error)")
    }
    let problem = result.problem(allowing: allowed)
    let failure = problem.map { launch.failure($0, of: result, during: iteration, attempt) }
    if let failure, failure.isOurs { throw failure }
    var round = assess(result, failure)
    round.leftOthers = result.leftOthers
    round.attempts = attempt
    if !round.end.isMeasurement {
      round.kept = failure?.kept ?? launch.keep(result, during: iteration, attempt)
    }
    return round
  }

  private func assess(_ result: Launch.Result, _ failure: LaunchError?) -> RoundResult {
    if let failure, infrastructure.include(failure.reason) {
      var round = RoundResult(.infrastructure, reason: Self.words(for: failure))
      // What it used is used, whatever ended it.
      round.reading = try? read?(result)
      return round
    }
    var isSolved: Bool?
    do throws(InputError) {
      if let failure {
        // Output that is too much, or was cut off, is no attempt at a task.
        guard let outcome, failure.isAttempt else {
          return RoundResult(.failed, reason: Self.words(for: failure))
        }
        isSolved =
          failure.isCut ? false : (try? outcome.isSolved(result, within: patience)) ?? false
      } else {
        isSolved = try outcome?.isSolved(result, within: patience)
      }
      var round = RoundResult(isSolved.map { $0 ? .solved : .unsolved } ?? .measured)
      if let missed = counters.first(where: { result.usage.counts[$0] == nil }) {
        throw InputError(
          "the processor had no time to count \(missed.rawValue)", input: "\(benchmark)",
          hint: "ask for fewer metrics at once, or end what else counts, such as `perf`")
      }
      round.usage = result.usage
      // A task that was not solved may have ended before it wrote its numbers.
      round.reading = isSolved == false ? try? read?(result) : try read?(result)
      return round
    } catch {
      return RoundResult(.failed, reason: "\(error)")
    }
  }

  /// The time that the search for a pattern in the output may take.
  private var patience: Duration {
    min((try? launch.get())?.limits?.timeout ?? .seconds(60), .seconds(60))
  }

  /// The error with the last line that the program wrote about it.
  private static func words(for error: LaunchError) -> String {
    let last = error.messages.split(separator: "\n").last.map { " (\($0))" } ?? ""
    return "\(error)\(last)"
  }
}

extension LaunchError {
  /// True if the program ran, and ended by itself, by a signal or by its time limit.
  fileprivate var isAttempt: Bool {
    switch reason {
    case .exited, .killed, .cut(.timeout): true
    default: false
    }
  }

  fileprivate var isCut: Bool {
    if case .cut = reason { true } else { false }
  }
}
