package import System

/// How long launches take, by those that there were: what is ahead will take as long.
///
/// Benchmarks are told apart by their places, sides are not: both are launched equally often.
package struct DurationEstimator: Sendable {
  private var benchmarks: [Int: Times] = [:]

  package init() {}

  /// - Parameter time: Of a launch that succeeded, with all that belongs around it.
  package mutating func note(_ time: Duration, of benchmark: Int, _ iteration: Iteration) {
    let known = benchmarks[benchmark]
    // Warmups find everything cold; they serve until there is something better.
    let isFirstRound = iteration.counts && known?.areRounds != true
    let times = isFirstRound ? Times(areRounds: true) : known ?? Times(areRounds: false)
    benchmarks[benchmark] = times.adding(time)
  }

  /// How long launches will take that are ahead; one of a benchmark that had none yet, as long as the
  /// mean of the others.
  ///
  /// - Parameter launches: How many, by benchmark.
  /// - Returns: nil where nothing was launched yet.
  package func time(for launches: [Int: Int]) -> Duration? {
    guard !benchmarks.isEmpty else { return nil }
    let usual = benchmarks.values.map(\.mean).reduce(.zero, +) / benchmarks.count
    return launches.reduce(.zero) { time, launches in
      time + (benchmarks[launches.key]?.mean ?? usual) * launches.value
    }
  }

  private struct Times {
    /// Rather than warmups.
    let areRounds: Bool
    var total = Duration.zero
    var count = 0

    var mean: Duration { total / count }

    func adding(_ time: Duration) -> Times {
      Times(areRounds: areRounds, total: total + time, count: count + 1)
    }
  }
}
