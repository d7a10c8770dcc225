package import Measurements

/// Launches one command again and again: first some warmups that nobody counts, then the rounds.
package struct Recorder: Sendable {
  private let launch: Launch
  private let rounds: Int
  private let warmups: Int

  /// What the recorder is about to do.
  package struct Progress: Hashable, Sendable {
    package let turn: Turn
    /// How many rounds, or warmups, there will be.
    package let count: Int
    /// The wall time of the launch before this one.
    package let last: Duration?
  }

  /// - Precondition: At least one round.
  package init(_ launch: Launch, rounds: Int, warmups: Int = 0) {
    precondition(rounds >= 1 && warmups >= 0)
    self.launch = launch
    self.rounds = rounds
    self.warmups = warmups
  }

  /// Runs everything in order.
  ///
  /// - Parameter progress: Called before each launch, while nothing is measured.
  /// - Returns: One result for each round, none for the warmups.
  /// - Throws: ``LaunchError`` for the first launch that does not start, exits with another status
  ///   than 0 or is killed: what a failing program took is no measurement.
  package func results(
    progress: (Progress) -> Void = { _ in }
  ) throws(LaunchError) -> [Launch.Result] {
    try collect({ $0 }, progress: progress)
  }

  private func collect<Value>(
    _ part: (Launch.Result) -> Value, progress: (Progress) -> Void
  ) throws(LaunchError) -> [Value] {
    var results: [Value] = []
    results.reserveCapacity(rounds)
    var last: Duration?
    for number in 1..<(warmups + rounds + 1) {
      let isWarmup = number <= warmups
      let turn = isWarmup ? Turn.warmup(number) : .round(number - warmups)
      progress(Progress(turn: turn, count: isWarmup ? warmups : rounds, last: last))
      let result = try launch.run(turn)
      last = result.usage.wallTime
      if !isWarmup { results.append(part(result)) }
    }
    return results
  }

  /// Runs everything and gives wall time, processor times and memory, one sample a round.
  package func series(
    of benchmark: Benchmark, progress: (Progress) -> Void = { _ in }
  ) throws(LaunchError) -> [Series] {
    // Only figures are kept: what this process holds raises the floor of the next launch's memory.
    try collect(\.usage, progress: progress).series(of: benchmark)
  }
}
