/// The number of a launch within a recording, counted from 1.
package enum Iteration: Hashable, Sendable, CustomStringConvertible {
  case warmup(Int)
  case round(Int)

  package var description: String {
    switch self {
    case .warmup(let number): "warmup \(number)"
    case .round(let number): "round \(number)"
    }
  }
}

extension Launch {
  /// Runs the command once and requires success: the duration of a failing program is no
  /// measurement.
  ///
  /// - Parameters:
  ///   - attempt: The number of the attempt, if a failing launch is tried again.
  ///   - allowed: The exit statuses that are no failure.
  /// - Throws: ``LaunchError``, with the iteration, if the command does not start, exits with
  ///   another status than those, or is killed.
  @discardableResult
  package func run(
    _ iteration: Iteration, attempt: Int? = nil, allowing allowed: Set<Int32> = [0]
  ) throws(LaunchError) -> Result {
    let result: Result
    do {
      result = try ended()
    } catch {
      throw error.during(iteration)
    }
    if let reason = result.problem(allowing: allowed) {
      throw failure(reason, of: result, during: iteration, attempt)
    }
    return result
  }

  /// The error for a launch that ended and is no measurement. Its output is kept, if failures are
  /// kept.
  package func failure(
    _ reason: LaunchError.Reason, of result: Result, during iteration: Iteration? = nil,
    _ attempt: Int? = nil
  ) -> LaunchError {
    let error = LaunchError(command, reason, iteration: iteration, messages: result.messages)
    // An interruption is the failure of no launch, and the user waits for the end.
    if case .cut(.interrupted) = reason { return error }
    return error.keeping(keep(result, during: iteration, attempt))
  }

  /// Keeps the output of a failed launch.
  ///
  /// - Returns: nil if failures are not kept.
  package func keep(
    _ result: Result, during iteration: Iteration? = nil, _ attempt: Int? = nil
  ) -> KeptOutput? {
    let words = [iteration.map { "\($0)" }, attempt.map { "attempt \($0)" }].compactMap(\.self)
    return place?.keep(result.streams, atMost: (limits ?? Limits()).bytes, of: words)
  }
}

extension Launch.Result {
  /// The reason why the launch is no success; nil if it is one.
  package func problem(allowing allowed: Set<Int32>) -> LaunchError.Reason? {
    if let cut { return .cut(cut) }
    return switch ending {
    case .exited(let status): allowed.contains(status) ? nil : .exited(status)
    case .killed(let signal): .killed(signal)
    }
  }
}
