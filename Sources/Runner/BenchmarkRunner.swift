import Formats
package import Measurements
package import System

/// Launches several benchmarks, on one side or on several sides in turns.
///
/// The order of the benchmarks differs in every round. The sides of a benchmark follow each other
/// at once, so that a drift of the machine affects all alike. The first of two sides is the second
/// in the next round (ABBA); the order of more sides is drawn anew for every round.
package struct BenchmarkRunner {
  /// The results of each side, in the order of its jobs.
  package private(set) var logs: [[JobResults]]
  /// The load average before each round, if it can be read.
  package private(set) var loads: [Double] = []
  private let load: () -> Double?
  private let sides: [[BenchmarkJob]]
  private let isComparison: Bool
  private let warmups: Int
  private var generator: any RandomNumberGenerator
  private var estimator = DurationEstimator()
  private var isWarm = false
  private var round = 0

  /// The state before a launch.
  package struct Progress: Sendable {
    package let job: BenchmarkJob
    /// The index of the side, from 0.
    package let side: Int
    package let iteration: Iteration
    /// The number of rounds, or of warm-ups.
    package let count: Int
    /// The number of launches so far, and the number of all if none fails.
    package let done: Int
    package let all: Int
    /// The wall time of the previous launch.
    package let last: Duration?
    /// The usage of this benchmark on this side so far.
    package let usages: [Usage]
    /// The time, this launch included, until all rounds that are now wanted are done; nil if
    /// nothing is known to estimate it.
    package let left: Duration?
  }

  /// Prepares the launches.
  ///
  /// - Parameters:
  ///   - sides: One or more sides, each with the same benchmarks in the same order.
  ///   - isComparison: True if the sides are compared with each other. A benchmark that fails on one
  ///     side is then given up on all, and the last side must have all benchmarks. False if each
  ///     side is on its own, and may lack any.
  ///   - generator: The generator for the order. A seeded one gives the same order each time.
  ///   - load: Reads the machine's load average; nil if it cannot be read.
  package init(
    sides: [[BenchmarkJob]], isComparison: Bool = true, warmups: Int,
    generator: any RandomNumberGenerator,
    load: @escaping () -> Double? = Host.loadAverage
  ) {
    self.load = load
    precondition(!sides.isEmpty && sides.allSatisfy { $0.count == sides[0].count })
    self.sides = sides
    self.isComparison = isComparison
    self.warmups = warmups
    self.generator = generator
    logs = sides.enumerated().map { side, jobs in
      // A benchmark that the last side has and an earlier one lacks is new.
      let mayLack = !isComparison || side + 1 < sides.count
      return jobs.map {
        JobResults(counting: $0.counters, absence: mayLack || $0.mayLack ? $0.absence : nil)
      }
    }
  }

  /// The order in which the sides are launched; nil for a single side.
  package var order: LaunchOrder? {
    switch sides.count {
    case 1: nil
    case 2: .abba
    default: .drawn
    }
  }

  /// Launches until every benchmark has had the given number of rounds.
  ///
  /// A benchmark that fails is given up, in a comparison on all sides; the others go on.
  ///
  /// - Parameters:
  ///   - wanted: The indices of the benchmarks to launch; nil for all.
  ///   - progress: Called before each launch, while nothing is measured.
  ///   - isOver: Called before each round of a benchmark. If it returns true, the rest of the round
  ///     is skipped, as for a time limit.
  /// - Throws: ``LaunchError`` if this process was asked to stop, and if no command can be launched
  ///   any more.
  package mutating func advance(
    to count: Int, only wanted: Set<Int>? = nil, progress: (Progress) -> Void = { _ in },
    isOver: () -> Bool = { false }
  ) throws(LaunchError) {
    let turns = count - round + (isWarm ? 0 : warmups)
    var tally = LaunchCounts(
      ahead: places(wanted).map { place in
        (place, turns * sides.indices.count { isLaunched(place, on: $0) })
      }, laps: turns)
    if !isWarm {
      for number in 1..<(warmups + 1) {
        try lap(.warmup(number), of: warmups, wanted, &tally, isOver, progress)
      }
      isWarm = true
    }
    while round < count {
      round += 1
      try lap(.round(round), of: count, wanted, &tally, isOver, progress)
    }
  }

  /// The number of rounds of each benchmark of a side that was launched and did not fail.
  package func rounds(on side: Int) -> [Int] {
    logs[side].filter { $0.failure == nil && $0.absence == nil }.map(\.rounds)
  }

  private struct LaunchCounts {
    let all: Int
    private(set) var done = 0
    private(set) var last: Duration?
    /// The number of launches that are left, by benchmark.
    private(set) var ahead: [Int: Int]
    /// The number of warm-ups and rounds that are left after the current one.
    private var laps: Int

    init(ahead: [(Int, Int)], laps: Int) {
      self.ahead = Dictionary(uniqueKeysWithValues: ahead)
      self.laps = laps
      all = self.ahead.values.reduce(0, +)
    }

    mutating func beginLap() { laps -= 1 }

    /// Counts a launch.
    ///
    /// - Parameters:
    ///   - last: The wall time; nil if the launch failed and the benchmark is not launched again.
    ///   - endsAll: True if a failure ends the launches of the benchmark on all sides.
    mutating func note(_ benchmark: Int, _ last: Duration?, endsAll: Bool) {
      self.last = last
      done += 1
      guard last == nil else {
        ahead[benchmark]? -= 1
        return
      }
      if endsAll { ahead[benchmark] = nil } else { ahead[benchmark]? -= 1 + laps }
    }
  }

  /// The indices of the wanted benchmarks that were not given up.
  private func places(_ wanted: Set<Int>?) -> [Int] {
    sides[0].indices.filter { place in
      (wanted?.contains(place) ?? true) && sides.indices.contains { !hasFailed(place, on: $0) }
    }
  }

  /// True if a benchmark was given up on a side.
  private func hasFailed(_ index: Int, on side: Int) -> Bool {
    isComparison
      ? logs.contains { $0[index].failure != nil } : logs[side][index].failure != nil
  }

  private func isLaunched(_ index: Int, on side: Int) -> Bool {
    !hasFailed(index, on: side) && logs[side][index].absence == nil
  }

  /// The sides in the order of their launches.
  private mutating func turns(of iteration: Iteration) -> [Int] {
    guard sides.count < 3 else { return sides.indices.shuffled(using: &generator) }
    return iteration.isOdd ? Array(sides.indices) : sides.indices.reversed()
  }

  private mutating func lap(
    _ iteration: Iteration, of count: Int, _ wanted: Set<Int>?, _ tally: inout LaunchCounts,
    _ isOver: () -> Bool,
    _ progress: (Progress) -> Void
  ) throws(LaunchError) {
    tally.beginLap()
    if iteration.counts, let load = load() { loads.append(load) }
    let order = sides[0].indices.filter { wanted?.contains($0) ?? true }
      .shuffled(using: &generator)
    for index in order {
      if isOver() { return }
      for side in turns(of: iteration) where isLaunched(index, on: side) {
        progress(
          Progress(
            job: sides[side][index], side: side, iteration: iteration, count: count,
            done: tally.done,
            all: tally.all, last: tally.last, usages: logs[side][index].usages,
            left: estimator.time(for: tally.ahead)))
        tally.note(index, try launch(side, index, iteration), endsAll: isComparison)
      }
    }
  }

  private mutating func launch(
    _ side: Int, _ index: Int, _ iteration: Iteration
  ) throws(LaunchError) -> Duration? {
    let job = sides[side][index]
    // A launch may be too short for a signal to arrive while it is waited for.
    if let signal = Interrupts.signal {
      throw LaunchError(job.command, .cut(.interrupted(signal)), iteration: iteration)
    }
    let start = SuspendingClock.now
    do {
      let last = try job.run(iteration, &logs[side][index])
      estimator.note(SuspendingClock.now - start, of: index, iteration)
      return last
    } catch let error as LaunchError {
      if error.isOurs { throw error }
      logs[side][index].note(error.kept)
      end(side, index, error)
    } catch let error as InputError {
      end(side, index, error)
    } catch let error as RoundFailure {
      end(side, index, error)
    } catch {
      preconditionFailure("a probe throws nothing else")
    }
    return nil
  }
}

extension BenchmarkRunner {
  /// Handles an error. If a new benchmark fails before its first round, it counts as missing. Any
  /// other benchmark is given up.
  private mutating func end(
    _ side: Int, _ index: Int, _ error: any Error & CustomStringConvertible
  ) {
    if sides[side][index].isNew, logs[side][index].rounds == 0 {
      logs[side][index].beAbsent(error)
    } else {
      logs[side][index].giveUp(error)
    }
  }
}

extension Iteration {
  var counts: Bool {
    switch self {
    case .warmup: false
    case .round: true
    }
  }

  fileprivate var isOdd: Bool {
    switch self {
    case .warmup(let number), .round(let number): !number.isMultiple(of: 2)
    }
  }
}
