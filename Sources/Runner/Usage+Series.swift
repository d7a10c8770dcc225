package import Measurements
package import System

extension [Usage] {
  /// One series per metric. Each launch is a round of one sample.
  ///
  /// - Parameter counters: The counters that are recorded besides times and memory.
  /// - Precondition: The array is not empty, because a series has rounds.
  package func series(of benchmark: Benchmark, and counters: Set<Counter> = []) -> [Series] {
    precondition(!isEmpty)
    return [
      series(of: benchmark, .wallTime) { $0.wallTime.nanoseconds },
      series(of: benchmark, .userTime) { $0.userTime.nanoseconds },
      series(of: benchmark, .systemTime) { $0.systemTime.nanoseconds },
      series(of: benchmark, .maxRSS) { $0.maxRSS },
    ]
      + Counter.allCases.filter(counters.contains).map { counter in
        // A counter that could not be read has made its launch a failure.
        series(of: benchmark, counter.metric) { $0.counts[counter] ?? 0 }
      }
  }

  private func series(
    of benchmark: Benchmark, _ metric: Metric, value: (Usage) -> Int64
  ) -> Series {
    Series(
      benchmark: benchmark, metric: metric, rounds: map { round(value($0)) },
      source: "perf-record")
  }

  private func round(_ value: Int64) -> Round {
    do {
      return try Round([Double(value)])
    } catch {
      preconditionFailure("an integer is a finite number")
    }
  }
}
