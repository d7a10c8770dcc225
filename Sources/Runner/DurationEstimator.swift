package import System

/// Estimates the time of future launches from that of earlier ones.
///
/// Times are kept for each benchmark, and not for each side, because all sides are launched
/// equally often.
package struct DurationEstimator: Sendable {
  private var benchmarks: [Int: Times] = [:]

  package init() {}

  /// Records the time of a launch.
  ///
  /// - Parameter time: The time of a successful launch, including the commands before and after it.
  package mutating func note(_ time: Duration, of benchmark: Int, _ iteration: Iteration) {
    let known = benchmarks[benchmark]
    // Warm-ups run with cold caches. They are used only until there is a round.
    let isFirstRound = iteration.counts && known?.areRounds != true
    let times = isFirstRound ? Times(areRounds: true) : known ?? Times(areRounds: false)
    benchmarks[benchmark] = times.adding(time)
  }

  /// Estimates the time of future launches. A benchmark without a launch is expected to take the
  /// mean of the others.
  ///
  /// - Parameter launches: The number of launches, by benchmark.
  /// - Returns: nil if nothing was launched yet.
  package func time(for launches: [Int: Int]) -> Duration? {
    guard !benchmarks.isEmpty else { return nil }
    let usual = benchmarks.values.map(\.mean).reduce(.zero, +) / benchmarks.count
    return launches.reduce(.zero) { time, launches in
      time + (benchmarks[launches.key]?.mean ?? usual) * launches.value
    }
  }

  private struct Times {
    /// True if the times are of rounds, false if they are of warm-ups.
    let areRounds: Bool
    var total = Duration.zero
    var count = 0

    var mean: Duration { total / count }

    func adding(_ time: Duration) -> Times {
      Times(areRounds: areRounds, total: total + time, count: count + 1)
    }
  }
}
