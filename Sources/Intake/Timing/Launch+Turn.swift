/// One launch among those of a recording, counted from 1.
package enum Turn: Hashable, Sendable, CustomStringConvertible {
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
  /// - Parameter allowed: The exit statuses that are no failure.
  /// - Throws: ``LaunchError``, with the turn, when the command does not start, exits with another
  ///   status than those or is killed.
  @discardableResult
  package func run(
    _ turn: Turn, allowing allowed: Set<Int32> = [0]
  ) throws(LaunchError) -> Result {
    let result: Result
    do {
      result = try run()
    } catch {
      throw error.during(turn)
    }
    if let error = error(result, turn, allowed) { throw error }
    return result
  }

  /// Why a result is none; nil for success.
  func error(_ result: Result, _ turn: Turn, _ allowed: Set<Int32>) -> LaunchError? {
    switch result.ending {
    case .exited(let status):
      guard !allowed.contains(status) else { return nil }
      return LaunchError(command, .exited(status), turn: turn, messages: result.messages)
    case .killed(let signal):
      return LaunchError(command, .killed(signal), turn: turn, messages: result.messages)
    }
  }
}
