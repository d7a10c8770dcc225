import Formats
import Measurements
import System

extension BenchmarkJob {
  /// Runs one launch, or many at once, with the commands before and after it.
  ///
  /// - Returns: The wall time.
  func run(_ iteration: Iteration, _ log: inout JobResults) throws -> Duration {
    let launch = try log.replacement?.launch ?? launch.get()
    try setup?.run(iteration)
    do {
      return try measured(launch, iteration, &log)
    } catch {
      // The cleanup also runs after an error, because the setup has run.
      if Interrupts.signal == nil { _ = try? cleanup?.run(iteration) }
      throw error
    }
  }

  private func measured(
    _ launch: Launch, _ iteration: Iteration, _ log: inout JobResults
  ) throws -> Duration {
    if let concurrentLoad {
      let outcome = try launch.run(concurrentLoad, iteration, allowing: allowed)
      log.note(outcome.firstFailure?.kept)
      try cleanup?.run(iteration)
      if iteration.counts { log.note(outcome, of: benchmark) }
      return outcome.wallTime
    }
    if isTask { return try round(launch, iteration, &log) }
    let (result, reading) = try persistently(launch, iteration, &log)
    try cleanup?.run(iteration)
    if iteration.counts { log.note(result, reading, isTimed: isTimed) }
    return result.usage.wallTime
  }

  /// Runs a round of a task. Only a round that is neither a measurement nor an infrastructure failure
  /// gives the job up.
  private func round(
    _ launch: Launch, _ iteration: Iteration, _ log: inout JobResults
  ) throws -> Duration {
    var wait = backoff
    var attempt = 1
    var spent: [ParsedResults] = []
    while true {
      let start = SuspendingClock.now
      let ended = Result { () throws(LaunchError) in try launch.ended() }
      var result = try assess(ended, of: launch, iteration, attempt)
      let duration = SuspendingClock.now - start
      if !result.end.isMeasurement, attempt <= retries {
        forget?()
        if let reading = result.reading { spent.append(reading) }
        Platform.sleep(until: .now + wait)
        wait *= 2
        attempt += 1
        continue
      }
      try cleanup?.run(iteration)
      result.add(spent)
      guard result.end != .failed else { throw RoundFailure(reason: result.reason) }
      if iteration.counts { log.note(result, of: self) }
      return duration
    }
  }

  private func persistently(
    _ launch: Launch, _ iteration: Iteration, _ log: inout JobResults
  ) throws -> (Launch.Result, ParsedResults?) {
    guard retries > 0 else { return try once(launch, iteration, nil, &log) }
    for attempt in 1...retries {
      do {
        return try once(launch, iteration, attempt, &log)
      } catch let error as LaunchError where error.isOurs {
        throw error
      } catch {
        log.noteRetry((error as? LaunchError)?.kept)
        forget?()
      }
    }
    return try once(launch, iteration, retries + 1, &log)
  }

  /// Runs one launch and reads its output. Output that cannot be read is a failure like any other.
  private func once(
    _ launch: Launch, _ iteration: Iteration, _ attempt: Int?, _ log: inout JobResults
  ) throws -> (Launch.Result, ParsedResults?) {
    let result: Launch.Result
    do {
      result = try launch.run(iteration, attempt: attempt, allowing: allowed)
    } catch {
      guard log.replacement == nil, let other = fallback?(error) else { throw error }
      log.replace(by: other)
      forget?()
      result = try other.launch.run(iteration, attempt: attempt, allowing: allowed)
    }
    do throws(InputError) {
      if let missed = launch.counters.first(where: { result.usage.counts[$0] == nil }) {
        throw InputError(
          "the processor had no time to count \(missed.rawValue)", input: "\(benchmark)",
          hint: "ask for fewer metrics at once, or end what else counts, such as `perf`")
      }
      return (result, try read?(result))
    } catch {
      log.note(launch.keep(result, during: iteration, attempt))
      throw error
    }
  }
}

/// A round of a task that gave no measurement.
struct RoundFailure: Error, CustomStringConvertible {
  let reason: String
  var description: String { reason }
}
