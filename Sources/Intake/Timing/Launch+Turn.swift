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
  /// For whoever interleaves the rounds of several commands; ``Recorder`` does those of one.
  ///
  /// - Throws: ``LaunchError``, with the turn, when the command does not start, exits with another
  ///   status than 0 or is killed.
  package func run(_ turn: Turn) throws(LaunchError) -> Result {
    let result: Result
    do {
      result = try run()
    } catch {
      throw error.during(turn)
    }
    switch result.ending {
    case .exited(0): return result
    case .exited(let status):
      throw LaunchError(command, .exited(status), turn: turn, messages: result.messages)
    case .killed(let signal):
      throw LaunchError(command, .killed(signal), turn: turn, messages: result.messages)
    }
  }
}
