/// One launch among those of a recording, counted from 1.
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
  /// Runs the command once and insists on success: what a failing program took is no measurement.
  ///
  /// - Parameters:
  ///   - attempt: Which one it is, where a launch that fails is tried again.
  ///   - allowed: The exit statuses that are no failure.
  /// - Throws: ``LaunchError``, with the turn, when the command does not start, exits with another
  ///   status than those or is killed.
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

  /// Why a launch that ended is no measurement; what it printed is kept, if anybody wants it.
  func failure(
    _ reason: LaunchError.Reason, of result: Result, during iteration: Iteration? = nil,
    _ attempt: Int? = nil
  ) -> LaunchError {
    let error = LaunchError(command, reason, iteration: iteration, messages: result.messages)
    // That is the failure of no launch, and somebody waits for the end.
    if case .cut(.interrupted) = reason { return error }
    return error.keeping(keep(result, during: iteration, attempt))
  }

  /// Keeps what a launch printed that failed.
  ///
  /// - Returns: nil where nobody wants that.
  package func keep(
    _ result: Result, during iteration: Iteration? = nil, _ attempt: Int? = nil
  ) -> KeptOutput? {
    let words = [iteration.map { "\($0)" }, attempt.map { "attempt \($0)" }].compactMap(\.self)
    return place?.keep(result.streams, atMost: (limits ?? Limits()).bytes, of: words)
  }
}

extension Launch.Result {
  /// Why it is no success; nil for one.
  func problem(allowing allowed: Set<Int32>) -> LaunchError.Reason? {
    if let cut { return .cut(cut) }
    return switch ending {
    case .exited(let status): allowed.contains(status) ? nil : .exited(status)
    case .killed(let signal): .killed(signal)
    }
  }
}
